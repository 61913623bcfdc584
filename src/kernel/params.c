/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Boot parameters, kept as the lines that GET_PARAMS copies.
 */
#include "kernel/params.h"

#include <lacuna/string.h>

#define ROM_MAGIC "LACUNA-PARAMS\n"

static char text[BOOT_PARAMS_MAX];   /* "key=value\n" lines */
static char values[BOOT_PARAMS_MAX]; /* the same, with NULs for \n */
static size_t length;

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Length of "key=" when the line at s is about key; 0: it is not. */
static size_t
key_match(const char *s, const char *key, size_t n)
{
	return strncmp(s, key, n) == 0 && s[n] == '=' ? n + 1 : 0;
}

/* Drop the line of a key that is given anew. */
static void
line_drop(const char *key, size_t n)
{
	char *line = text, *next;

	for (; *line != '\0'; line = next) {
		next = strchr(line, '\n') + 1;
		if (key_match(line, key, n) == 0)
			continue;
		memmove(line, next, strlen(next) + 1);
		length -= (size_t)(next - line);
		return;
	}
}

/* Take over one word, if it is key=value and fits. */
static void
word_add(const char *word, size_t n)
{
	size_t key = 0;

	while (key < n && word[key] != '=')
		key++;
	if (key == 0 || key == n)
		return;
	line_drop(word, key);
	if (length + n + 2 > sizeof(text))
		return;
	memcpy(text + length, word, n);
	length += n;
	text[length++] = '\n';
	text[length] = '\0';
}

static void
words_add(const char *s, size_t max)
{
	size_t i = 0, start;

	while (i < max && s[i] != '\0') {
		if (is_blank(s[i])) {
			i++;
			continue;
		}
		start = i;
		while (i < max && s[i] != '\0' && !is_blank(s[i]))
			i++;
		word_add(s + start, i - start);
	}
}

void
params_init(const char *cmdline, const char *rom)
{
	size_t magic = sizeof(ROM_MAGIC) - 1;

	length = 0;
	text[0] = '\0';
	if (cmdline != NULL)
		words_add(cmdline, BOOT_PARAMS_MAX);
	if (memcmp(rom, ROM_MAGIC, magic) == 0)
		words_add(rom + magic, PARAMS_ROM_SIZE - magic);
	for (size_t i = 0; i < length; i++)
		values[i] = (char)(text[i] == '\n' ? '\0' : text[i]);
}

const char *
param_get(const char *key)
{
	size_t n = strlen(key), skip;

	for (size_t i = 0; i < length; i += strlen(values + i) + 1) {
		skip = key_match(values + i, key, n);
		if (skip != 0)
			return values + i + skip;
	}
	return NULL;
}

uint32_t
param_number(const char *key, uint32_t otherwise)
{
	const char *s = param_get(key);
	uint32_t n = 0;

	if (s == NULL || *s == '\0')
		return otherwise;
	for (; *s != '\0'; s++) {
		if (*s < '0' || *s > '9' || n > (UINT32_MAX - 9) / 10)
			return otherwise;
		n = n * 10 + (uint32_t)(*s - '0');
	}
	return n;
}

const char *
params_text(void)
{
	return text;
}
