/* SPDX-License-Identifier: BSD-2-Clause */
/** @file A sum that an agent and its program can compare. */
#include "test/ds/agent.h"

uint32_t
agent_sum(const uint8_t *p, uint32_t len)
{
	uint32_t sum = 2166136261u, word; /* FNV-1a, word by word */

	for (; len >= sizeof word; len -= sizeof word, p += sizeof word) {
		__builtin_memcpy(&word, p, sizeof word);
		sum = (sum ^ word) * 16777619u;
		sum ^= sum >> 15;
	}
	while (len-- > 0)
		sum = (sum ^ *p++) * 16777619u;
	return sum;
}
