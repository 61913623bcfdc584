/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Slowing a server down, by the boot parameter slow=NAME:N, to show that
 * nobody relies on its speed. A server that is not slowed has its own function
 * called, and pays nothing.
 */
#include <lacuna/envlist.h>
#include <lacuna/server.h>

#define PER_ROUND 2 /* instructions */

static server_other_t *prompt; /* what is slowed down */
static uint32_t rounds;

static void
slowly(const struct message *m, int status)
{
	uint32_t n;

	for (n = rounds; n > 0; n--)
		__asm__ volatile("" : "+r"(n)); /* or it would be left out */
	prompt(m, status);
}

server_other_t *
server_slowed(const char *name, server_other_t *other)
{
	uint32_t n = env_number_of("slow", name, SLOW_MAX, 0);

	if (n == 0)
		return other;
	prompt = other;
	rounds = n / PER_ROUND + 1;
	return slowly;
}
