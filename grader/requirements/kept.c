/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Results in a file of lines.
 */
#include "grader/requirements/kept.h"

#include <stdlib.h>
#include <string.h>

/* The row of an id, made if there is none. */
static struct kept_result *
row(struct kept *k, const char *id)
{
	struct kept_result *more;
	size_t i;

	for (i = 0; i < k->n; i++)
		if (strcmp(k->at[i].id, id) == 0)
			return &k->at[i];
	more = realloc(k->at, (k->n + 1) * sizeof *more);
	if (more == NULL)
		die(EXIT_INFRA, "out of memory");
	k->at = more;
	k->at[k->n] = (struct kept_result){ .id = text("%s", id) };
	return &k->at[k->n++];
}

/* Take one line; one that is no result is passed over. */
static void
take_line(struct kept *k, const char *line)
{
	if (strncmp(line, "ok ", 3) == 0 && line[3] != '\0')
		row(k, line + 3)->ok = true;
	else if (strncmp(line, "FAIL ", 5) == 0 && line[5] != '\0')
		row(k, line + 5)->ok = false;
}

void
kept_open(struct kept *k, const char *objects, const char *name)
{
	char *data, *line, *rest;

	memset(k, 0, sizeof *k);
	k->path = text("%s/results/%s", objects, name);
	if (file_read(k->path, &data, NULL) < 0)
		return;
	for (line = strtok_r(data, "\n", &rest); line != NULL;
	     line = strtok_r(NULL, "\n", &rest))
		take_line(k, line);
	free(data);
}

void
kept_note(struct kept *k, const char *id, bool ok)
{
	char *word = text("%s", id), *at;
	struct kept_result *r;

	for (at = word; *at != '\0'; at++)
		if (*at == ' ' || *at == '\n')
			*at = '-';
	r = row(k, word);
	r->ok = ok && (r->ok || !r->fresh);
	r->fresh = true;
	free(word);
}

const struct kept_result *
kept_find(const struct kept *k, const char *id)
{
	size_t i;

	for (i = 0; i < k->n; i++)
		if (strcmp(k->at[i].id, id) == 0)
			return &k->at[i];
	return NULL;
}

void
kept_save(const struct kept *k)
{
	char *all = text("%s", ""), *more;
	size_t i;

	for (i = 0; i < k->n; i++) {
		more = text("%s%s %s\n", all, k->at[i].ok ? "ok" : "FAIL",
		    k->at[i].id);
		free(all);
		all = more;
	}
	file_write(k->path, all, strlen(all));
	free(all);
}

void
kept_close(struct kept *k)
{
	size_t i;

	for (i = 0; i < k->n; i++)
		free(k->at[i].id);
	free(k->at);
	free(k->path);
	memset(k, 0, sizeof *k);
}
