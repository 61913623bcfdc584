/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Boot parameters. The kernel hands out all of them, as lines "key=value";
 * when a key is there twice, the later one wins.
 */
#include <lacuna/string.h>
#include <lacuna/sysinfo.h>

/* Value in the last line that begins with "key="; NULL: there is none. */
static const char *
value_find(const char *line, const char *key)
{
	size_t n = strlen(key);
	const char *found = NULL;

	while (line != NULL && *line != '\0') {
		if (strncmp(line, key, n) == 0 && line[n] == '=')
			found = line + n + 1;
		line = strchr(line, '\n');
		if (line != NULL)
			line++;
	}
	return found;
}

int
env_get_param(const char *key, char *buf, size_t size)
{
	static char params[BOOT_PARAMS_MAX]; /* too big for a small stack */
	const char *value;
	size_t n = 0;
	int r;

	r = sys_getinfo(GET_PARAMS, NONE, params, sizeof params);
	if (r != OK)
		return r;
	params[sizeof params - 1] = '\0';
	value = value_find(params, key);
	if (value == NULL)
		return -ESRCH;
	while (value[n] != '\n' && value[n] != '\0')
		n++;
	if (n >= size)
		return -E2BIG;
	memcpy(buf, value, n);
	buf[n] = '\0';
	return OK;
}

long
env_get_number(const char *key, long dflt)
{
	char value[16], *end;
	unsigned long n;

	if (env_get_param(key, value, sizeof value) != OK)
		return dflt;
	n = strtoul(value, &end, 0);
	return end == value || *end != '\0' ? dflt : (long)n;
}
