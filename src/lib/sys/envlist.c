/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Lists in boot parameters, see <lacuna/envlist.h>. */
#include <lacuna/envlist.h>

#include <lacuna/string.h>
#include <lacuna/sysinfo.h>

#define DIGITS_MAX 9 /* so many always fit */

/* A decimal number that is all of the text. */
static bool
number_read(const char *text, uint32_t *number)
{
	size_t n = strlen(text), i;

	*number = 0;
	for (i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		*number = *number * 10 + (uint32_t)(text[i] - '0');
	}
	return n > 0 && n <= DIGITS_MAX;
}

/* Take an item apart. */
static void
item_read(struct env_item *item)
{
	const char *colon = strchr(item->text, ':');
	size_t n = colon != NULL ? (size_t)(colon - item->text) : 0;

	item->name[0] = '\0';
	item->number = 0;
	if (n == 0 || n >= sizeof item->name)
		return;
	memcpy(item->name, item->text, n);
	item->name[n] = '\0';
	item->sound = item->sound && number_read(colon + 1, &item->number);
}

const char *
env_item_next(const char *list, struct env_item *item)
{
	size_t n = 0;

	if (*list == '\0')
		return NULL;
	while (list[n] != ',' && list[n] != '\0')
		n++;
	item->sound = n < sizeof item->text;
	strlcpy(item->text, list, item->sound ? n + 1 : sizeof item->text);
	item_read(item);
	item->sound = item->sound && item->name[0] != '\0';
	return list[n] == ',' ? list + n + 1 : list + n;
}

uint32_t
env_number_of(const char *key, const char *name, uint32_t max, uint32_t dflt)
{
	char value[ENV_LIST_MAX];
	const char *rest = value;
	struct env_item item;
	uint32_t found = dflt;

	if (env_get_param(key, value, sizeof value) != OK)
		return dflt;
	while ((rest = env_item_next(rest, &item)) != NULL)
		if (item.sound && item.number <= max &&
		    strcmp(item.name, name) == 0)
			found = item.number;
	return found;
}
