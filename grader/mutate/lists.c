/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Reading lists with libcyaml; the two kinds differ in one word.
 */
#include "grader/mutate/lists.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <cyaml/cyaml.h>

#define STRING(key, field)                                                     \
	CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER, struct listed, field,  \
	    1, CYAML_UNLIMITED)

static const cyaml_schema_field_t reason_fields[] = {
	STRING("key", key),
	STRING("reason", why),
	CYAML_FIELD_END,
};
static const cyaml_schema_field_t remark_fields[] = {
	STRING("key", key),
	STRING("remark", why),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t reason_schema = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct listed, reason_fields) };
static const cyaml_schema_value_t remark_schema = { CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct listed, remark_fields) };
static const cyaml_schema_value_t reasons = { CYAML_VALUE_SEQUENCE(
    CYAML_FLAG_POINTER, struct listed, &reason_schema, 0, CYAML_UNLIMITED) };
static const cyaml_schema_value_t remarks = { CYAML_VALUE_SEQUENCE(
    CYAML_FLAG_POINTER, struct listed, &remark_schema, 0, CYAML_UNLIMITED) };

static const cyaml_config_t config = {
	.log_fn = cyaml_log,
	.mem_fn = cyaml_mem,
	.log_level = CYAML_LOG_WARNING,
};

static const cyaml_schema_value_t *
schema_of(const char *word)
{
	return strcmp(word, "reason") == 0 ? &reasons : &remarks;
}

/* What is wrong with a list's entries, or NULL. */
static char *
fault_in(const struct listing *list, const char *path)
{
	unsigned int i;

	for (i = 0; i < list->n; i++) {
		if (strspn(list->at[i].why, " .") == strlen(list->at[i].why))
			return text("%s: %s has no %s", path, list->at[i].key,
			    list->word);
		if (listing_find(list, list->at[i].key) != &list->at[i])
			return text("%s: %s is there twice", path,
			    list->at[i].key);
	}
	return NULL;
}

int
listing_load(const char *path, const char *word, struct listing *list,
    char **why)
{
	cyaml_err_t e;

	*list = (struct listing){ .word = word, .there = file_exists(path) };
	*why = NULL;
	if (!list->there)
		return 0;
	e = cyaml_load_file(path, &config, schema_of(word),
	    (cyaml_data_t **)&list->at, &list->n);
	*why = e != CYAML_OK
	    ? text("%s: %s; a list of { key: ..., %s: ... } is wanted", path,
		  cyaml_strerror(e), word)
	    : fault_in(list, path);
	if (*why == NULL)
		return 0;
	listing_free(list);
	return -EINVAL;
}

struct listed *
listing_find(const struct listing *list, const char *key)
{
	unsigned int i;

	for (i = 0; i < list->n; i++)
		if (strcmp(list->at[i].key, key) == 0)
			return &list->at[i];
	return NULL;
}

void
listing_free(struct listing *list)
{
	if (list->at != NULL)
		(void)cyaml_free(&config, schema_of(list->word), list->at,
		    list->n); /* fails only for wrong arguments */
	memset(list, 0, sizeof *list);
}
