/* SPDX-License-Identifier: BSD-2-Clause */
/** @file What services of these tests read from their arguments. */
#pragma once

#include <stdint.h>

/** A decimal number. @param[in] word its digits @return it */
static inline int32_t
word_number(const char *word)
{
	int32_t n = 0;

	while (*word >= '0' && *word <= '9')
		n = n * 10 + (*word++ - '0');
	return n;
}
