/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Results as JSON: key to { hash, by }; one that survived has no `by'.
 */
#include "grader/mutate/results.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "test/report/sha256.h"

#define VERSION "1" /* of how mutants are tried */

/* Add all files of a directory. */
static void
hash_tree(struct sha256 *s, const char *root, const char *dir)
{
	char *top = text("%s/%s", root, dir), *path, *data, hex[65];
	struct strings files = { 0 };
	size_t i, n;

	(void)list_files(top, &files); /* none there is a difference, too */
	for (i = 0; i < files.n; i++) {
		path = text("%s/%s", top, files.at[i]);
		if (file_read(path, &data, &n) == 0) {
			sha256_hex(data, n, hex);
			sha256_add(s, files.at[i], strlen(files.at[i]) + 1);
			sha256_add(s, hex, 64);
			free(data);
		}
		free(path);
	}
	strings_free(&files);
	free(top);
}

/* All that decides about life and death. */
static void
hash_all(const struct workshop *w, char hex[65])
{
	static const char *const rooms[] = { "src", "images", "grader/judge",
		"grader/oracle", "grader/emulator" };
	uint8_t digest[SHA256_SIZE];
	struct sha256 s;
	size_t i;

	sha256_init(&s);
	sha256_add(&s, VERSION, sizeof VERSION);
	for (i = 0; i < sizeof rooms / sizeof rooms[0]; i++)
		hash_tree(&s, w->site->root, rooms[i]);
	hash_tree(&s, w->lab->dir, ".");
	sha256_end(&s, digest);
	hex_text(digest, sizeof digest, hex);
}

static void
load_one(struct results *r, size_t i, const json_t *known)
{
	const char *hash = json_string_value(json_object_get(known, "hash"));
	const char *by = json_string_value(json_object_get(known, "by"));
	struct outcome_of *o = &r->at[i];

	o->survived = known != NULL && by == NULL;
	if (by != NULL)
		o->hint = text("%s", by);
	if (hash == NULL || strcmp(hash, r->hash) != 0)
		return;
	o->fate = by != NULL ? FATE_KILLED : FATE_SURVIVED;
	o->by = by != NULL ? text("%s", by) : NULL;
}

void
results_load(const struct workshop *w, const char *name, struct results *r)
{
	json_t *all;
	size_t i;

	r->n = w->mutants.n;
	r->at = need((r->n + 1) * sizeof *r->at);
	r->path = text("%s/%s", w->dir, name);
	hash_all(w, r->hash);
	all = json_load_file(r->path, 0, NULL);
	for (i = 0; all != NULL && i < r->n; i++)
		load_one(r, i, json_object_get(all, w->mutants.at[i].key));
	json_decref(all);
}

/* What a file says of mutants that were not looked at now stays there. */
void
results_save(const struct workshop *w, const struct results *r)
{
	json_t *all = json_load_file(r->path, 0, NULL), *one;
	char *data;
	size_t i;

	if (all == NULL)
		all = json_object();
	for (i = 0; i < r->n; i++) {
		if (r->at[i].fate == FATE_UNKNOWN)
			continue;
		one = json_pack("{s:s}", "hash", r->hash);
		if (r->at[i].by != NULL)
			json_object_set_new(one, "by",
			    json_string(r->at[i].by));
		json_object_set_new(all, w->mutants.at[i].key, one);
	}
	data = json_dumps(all, JSON_INDENT(1) | JSON_SORT_KEYS);
	file_write(r->path, data, strlen(data));
	free(data);
	json_decref(all);
}

void
results_set(struct results *r, size_t i, enum fate fate, char *by)
{
	free(r->at[i].by);
	r->at[i].fate = fate;
	r->at[i].by = by;
}

void
results_forget(struct results *r)
{
	size_t i;

	for (i = 0; i < r->n; i++) {
		free(r->at[i].by);
		free(r->at[i].hint);
		r->at[i] = (struct outcome_of){ .fate = FATE_UNKNOWN };
	}
}

unsigned int
results_kills(const struct results *r, const char *by)
{
	unsigned int n = 0;
	const char *who;
	size_t i;

	for (i = 0; i < r->n; i++) {
		who = r->at[i].by != NULL ? r->at[i].by : r->at[i].hint;
		n += who != NULL && strcmp(who, by) == 0;
	}
	return n;
}

void
results_free(struct results *r)
{
	size_t i;

	for (i = 0; i < r->n; i++) {
		free(r->at[i].by);
		free(r->at[i].hint);
	}
	free(r->at);
	free(r->path);
	memset(r, 0, sizeof *r);
}
