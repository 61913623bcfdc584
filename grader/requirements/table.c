/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Reading the requirements' table. Each kind of evidence is a function that
 * calls prove() for what it finds, so a new kind is a function and a line in
 * table_load().
 */
#include "grader/requirements/table.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "grader/lab/lab.h"
#include "grader/lab/tests.h"
#include "grader/requirements/kept.h"

/** What is at hand while a table is read. */
struct reading {
	struct requirement_table *table;
	const char *root, *objects;
};

static struct requirement_row *
row_of(struct requirement_table *t, const char *id)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (strcmp(t->at[i].id, id) == 0)
			return &t->at[i];
	return NULL;
}

/* Something claims to prove or to explain a requirement: which? */
static struct requirement_row *
claimed(struct requirement_table *t, const char *id, const char *by)
{
	struct requirement_row *row = row_of(t, id);

	if (row == NULL)
		strings_addf(&t->faults, "%s: there is no requirement %s", by,
		    id);
	return row;
}

/* Take a piece of evidence, unless it is there already (a test with several
 * variants). */
static void
prove(struct requirement_table *t, const char *id, const char *name,
    enum proof proof)
{
	struct requirement_row *row = claimed(t, id, name);
	struct evidence *more;
	size_t i;

	if (row == NULL)
		return;
	for (i = 0; i < row->evidence_count; i++)
		if (strcmp(row->evidence[i].name, name) == 0)
			return;
	more = realloc(row->evidence,
	    (row->evidence_count + 1) * sizeof *row->evidence);
	if (more == NULL)
		die(EXIT_INFRA, "out of memory");
	row->evidence = more;
	more[row->evidence_count++] =
	    (struct evidence){ text("%s", name), proof };
}

static enum proof
proof_of(const struct kept *kept, const char *id)
{
	const struct kept_result *r = kept_find(kept, id);

	return r == NULL ? PROOF_NONE : r->ok ? PROOF_PASSED : PROOF_FAILED;
}

/* The system's own tests. */
static void
take_tests(const struct reading *in)
{
	struct system_tests tests;
	const struct test *test;
	struct kept kept;
	unsigned int i, k;
	char *name;

	tests_load(in->root, &tests);
	kept_open(&kept, in->objects, "suite");
	for (i = 0; i < tests.n; i++) {
		test = &tests.at[i].test;
		name = text("suite %s", test->id);
		for (k = 0; k < test->proves_count; k++)
			prove(in->table, test->proves[k], name,
			    proof_of(&kept, test->id));
		free(name);
	}
	kept_close(&kept);
	tests_free(&tests);
}

/* A lab is proved when its solution, its stub and all of its variants got the
 * verdicts they deserve. */
static enum proof
lab_proof(const char *objects, const char *id)
{
	char *name = text("verify-%s", id);
	enum proof proof = PROOF_PASSED;
	struct kept kept;
	size_t i;

	kept_open(&kept, objects, name);
	for (i = 0; i < kept.n; i++)
		if (!kept.at[i].ok)
			proof = PROOF_FAILED;
	if (proof == PROOF_PASSED &&
	    (kept_find(&kept, "solution") == NULL ||
		kept_find(&kept, "stub") == NULL))
		proof = PROOF_NONE;
	kept_close(&kept);
	free(name);
	return proof;
}

static void
take_lab(const struct reading *in, const char *id)
{
	char *why = NULL, *name = text("verify %s", id);
	struct lab *lab = lab_load(in->root, id, &why);
	unsigned int i;

	if (lab == NULL)
		strings_addf(&in->table->faults, "%s", why);
	for (i = 0; lab != NULL && i < lab->proves_count; i++)
		prove(in->table, lab->proves[i], name,
		    lab_proof(in->objects, id));
	lab_free(lab);
	free(name);
	free(why);
}

static void
take_labs(const struct reading *in)
{
	char *dir = text("%s/labs", in->root), *slash;
	struct strings files = { 0 };
	size_t i;

	(void)list_files(dir, &files); /* none: nothing is proved by labs */
	for (i = 0; i < files.n; i++) {
		slash = strchr(files.at[i], '/');
		if (slash == NULL || strcmp(slash, "/manifest.yaml") != 0)
			continue;
		*slash = '\0';
		take_lab(in, files.at[i]);
	}
	strings_free(&files);
	free(dir);
}

/* Steps of `make test': what they prove is said in lines of their own. */
static void
take_steps(const struct reading *in)
{
	char *path = text("%s/mk/test.steps", in->root), *data, *name;
	char *line, *lines, *id, *step, *words;
	struct kept kept;

	if (file_read(path, &data, NULL) < 0)
		data = text("%s", "");
	kept_open(&kept, in->objects, "steps");
	for (line = strtok_r(data, "\n", &lines); line != NULL;
	     line = strtok_r(NULL, "\n", &lines)) {
		if (strncmp(line, "proves ", 7) != 0 ||
		    (id = strtok_r(line + 7, " \t", &words)) == NULL)
			continue;
		while ((step = strtok_r(NULL, " \t", &words)) != NULL) {
			name = text("step %s", step);
			prove(in->table, id, name, proof_of(&kept, step));
			free(name);
		}
	}
	kept_close(&kept);
	free(data);
	free(path);
}

/* The ids behind `explains:' in a document. A word that is no id ends them. */
static void
take_document(const struct reading *in, const char *path)
{
	static const char word[] = "explains:";
	char *whole = text("%s/%s", in->root, path), *data, *at, id[8];
	struct requirement_row *row;
	size_t n;

	if (file_read(whole, &data, NULL) < 0)
		data = text("%s", "");
	free(whole);
	for (at = strstr(data, word); at != NULL; at = strstr(at, word)) {
		at += sizeof word - 1;
		for (;;) {
			at += strspn(at, " ,");
			n = isupper((unsigned char)at[0])
			    ? 1 + strspn(at + 1, "0123456789")
			    : 0;
			if (n < 2 || n >= sizeof id)
				break;
			memcpy(id, at, n);
			id[n] = '\0';
			at += n;
			row = claimed(in->table, id, path);
			if (row != NULL && !strings_have(&row->documents, path))
				strings_add(&row->documents, path);
		}
	}
	free(data);
}

/* Whether a file below src/man, handouts or solutions is a document. */
static bool
is_document(const char *dir, const char *name)
{
	const char *end = strrchr(name, '.');

	return strcmp(dir, "src/man") == 0 ||
	    (end != NULL && strcmp(end, ".tex") == 0);
}

static void
take_documents(const struct reading *in)
{
	static const char *const dirs[] = { "src/man", "handouts",
		"solutions" };
	struct strings files;
	char *dir, *path;
	size_t i, k;

	take_document(in, "README.md");
	take_document(in, "COURSE.md");
	for (i = 0; i < sizeof dirs / sizeof dirs[0]; i++) {
		files = (struct strings){ 0 };
		dir = text("%s/%s", in->root, dirs[i]);
		(void)list_files(dir, &files); /* none: nothing is explained */
		for (k = 0; k < files.n; k++) {
			path = text("%s/%s", dirs[i], files.at[k]);
			if (is_document(dirs[i], files.at[k]))
				take_document(in, path);
			free(path);
		}
		strings_free(&files);
		free(dir);
	}
}

/* One line: ID now|later TEXT; others are remarks. */
static void
take_line(struct requirement_table *t, char *line)
{
	char *words, *id = strtok_r(line, " \t", &words), *when;
	struct requirement_row *more;

	if (id == NULL || id[0] == '#')
		return;
	when = strtok_r(NULL, " \t", &words);
	if (when == NULL ||
	    (strcmp(when, "now") != 0 && strcmp(when, "later") != 0) ||
	    row_of(t, id) != NULL) {
		strings_addf(&t->faults,
		    "mk/requirements.txt: %s is there twice, or neither now "
		    "nor later",
		    id);
		return;
	}
	more = realloc(t->at, (t->n + 1) * sizeof *more);
	if (more == NULL)
		die(EXIT_INFRA, "out of memory");
	t->at = more;
	t->at[t->n++] = (struct requirement_row){ .id = text("%s", id),
		.text = text("%s", words + strspn(words, " \t")),
		.due = strcmp(when, "now") == 0 };
}

int
table_load(struct requirement_table *t, const char *root, const char *objects)
{
	const struct reading in = { t, root, objects };
	char *path = text("%s/mk/requirements.txt", root), *data, *line, *rest;
	int e = file_read(path, &data, NULL);

	memset(t, 0, sizeof *t);
	free(path);
	if (e < 0)
		return -ENOENT;
	for (line = strtok_r(data, "\n", &rest); line != NULL;
	     line = strtok_r(NULL, "\n", &rest))
		take_line(t, line);
	free(data);
	take_tests(&in);
	take_labs(&in);
	take_steps(&in);
	take_documents(&in);
	return 0;
}

const char *
row_lacks(const struct requirement_row *row)
{
	enum proof worst = PROOF_PASSED;
	size_t i;

	for (i = 0; i < row->evidence_count; i++)
		if (row->evidence[i].proof == PROOF_FAILED ||
		    worst == PROOF_PASSED)
			worst = row->evidence[i].proof;
	if (row->evidence_count == 0)
		return "nothing proves it";
	if (worst == PROOF_FAILED)
		return "a proof failed";
	if (worst == PROOF_NONE)
		return "not all proofs were run";
	return row->documents.n == 0 ? "nothing explains it" : NULL;
}

void
table_free(struct requirement_table *t)
{
	size_t i, k;

	for (i = 0; i < t->n; i++) {
		for (k = 0; k < t->at[i].evidence_count; k++)
			free(t->at[i].evidence[k].name);
		free(t->at[i].evidence);
		strings_free(&t->at[i].documents);
		free(t->at[i].id);
		free(t->at[i].text);
	}
	free(t->at);
	strings_free(&t->faults);
	memset(t, 0, sizeof *t);
}
