/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A key is a line of text. One that is short was forgotten or is guessed, and
 * a byte 0 would end it early.
 */
#include "grader/command/key.h"

#include <ctype.h>
#include <string.h>

const char *
key_fault(const char *key, size_t n)
{
	if (memchr(key, '\0', n) != NULL)
		return "holds a byte 0, and is no text";
	while (n > 0 && isspace((unsigned char)key[n - 1]))
		n--;
	while (n > 0 && isspace((unsigned char)*key)) {
		key++;
		n--;
	}
	if (n == 0)
		return "is empty";
	return n < KEY_LEAST ? "is shorter than 16 bytes" : NULL;
}
