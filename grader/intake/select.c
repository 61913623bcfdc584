/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Paths are compared from their ends, part by part.
 */
#include "grader/intake/select.h"

#include <stdlib.h>
#include <string.h>

#include "grader/base/quote.h"

/* How many parts two paths have in common at their ends. */
static size_t
common(const char *a, const char *b)
{
	size_t i = strlen(a), k = strlen(b), n = 0;

	while (i > 0 && k > 0 && a[i - 1] == b[k - 1]) {
		i--;
		k--;
		if (a[i] == '/')
			n++;
	}
	/* The part at which they stopped is common if it is whole in both. */
	if ((i == 0 || a[i - 1] == '/') && (k == 0 || b[k - 1] == '/') &&
	    a[i] != '/')
		n++;
	return n;
}

/* The editable file that a path belongs to: its index, or -1 if it is another
 * of the system's. *twin is a second one that it fits as well, or -1. */
static int
owner(const struct finds *f, const struct strings *others, const char *path,
    int *twin)
{
	const struct strings *e = &f->lab->editable;
	size_t best = 0, n, i;
	int at = -1;

	*twin = -1;
	for (i = 0; i < e->n; i++) {
		n = common(path, e->at[i]);
		if (n > best)
			*twin = -1;
		else if (n == best && n > 0)
			*twin = (int)i;
		if (n > best) {
			best = n;
			at = (int)i;
		}
	}
	for (i = 0; i < others->n; i++)
		if (common(path, others->at[i]) > best)
			return -1;
	return at;
}

static void
refuse_twins(struct finds *f, const struct find *it, int a, int b)
{
	char *q = quote(it->path);

	finds_refuse(f,
	    "%s can stand for %s or %s: hand it in below its directory", q,
	    f->lab->editable.at[a], f->lab->editable.at[b]);
	free(q);
}

static void
refuse_pair(struct finds *f, const char *name, const struct find *a,
    const struct find *b)
{
	char *x = quote(a->path), *y = quote(b->path);

	finds_refuse(f, "%s is there twice, and differs: %s and %s", name, x,
	    y);
	free(x);
	free(y);
}

static bool
same(const struct find *a, const struct find *b)
{
	return a->fault == NULL && b->fault == NULL && a->n == b->n &&
	    memcmp(a->data, b->data, a->n) == 0;
}

/* Let a find stand for an editable file, unless a better one does. */
static void
take(struct finds *f, const struct find *it, size_t e,
    const struct find **chosen)
{
	const char *name = f->lab->editable.at[e];
	size_t mine = common(it->path, name), its;

	if (chosen[e] != NULL) {
		its = common(chosen[e]->path, name);
		if (mine < its || (mine == its && same(it, chosen[e])))
			return;
		if (mine == its) {
			refuse_pair(f, name, chosen[e], it);
			return;
		}
	}
	chosen[e] = it;
}

/* Texts in other encodings cannot be compiled: say so here, where it can be
 * said. */
static const char *
text_fault(const struct find *it)
{
	const unsigned char *p = (const unsigned char *)it->data;

	if (it->n >= 2 &&
	    ((p[0] == 0xFF && p[1] == 0xFE) || (p[0] == 0xFE && p[1] == 0xFF)))
		return "UTF-16 text: save it as UTF-8";
	if (memchr(p, '\0', it->n) != NULL)
		return "no text: it holds NUL bytes";
	return NULL;
}

/* Oddities that the compiler does not mind. */
static void
remark(struct finds *f, const struct find *it)
{
	char *q = quote(it->path);

	if (it->n >= 3 && memcmp(it->data, "\xEF\xBB\xBF", 3) == 0)
		strings_addf(&f->remarks, "%s begins with a byte order mark",
		    q);
	if (memmem(it->data, it->n, "\r\n", 2) != NULL)
		strings_addf(&f->remarks, "%s has lines that end in CR LF", q);
	free(q);
}

/* A file that stands for one of the lab's must be usable. */
static void
examine(struct finds *f, const struct find *it)
{
	const char *fault = it->fault;
	char *q;

	if (fault == NULL)
		fault = text_fault(it);
	if (fault == NULL) {
		remark(f, it);
		return;
	}
	q = quote(it->path);
	if (strcmp(fault, "too big") == 0)
		finds_refuse(f, "%s has more than %zu bytes", q,
		    f->limits->file);
	else
		finds_refuse(f, "%s cannot be taken: %s", q, fault);
	free(q);
}

static int
by_path(const void *a, const void *b)
{
	return strcmp(((const struct find *)a)->path,
	    ((const struct find *)b)->path);
}

size_t
select_files(struct finds *f, const struct strings *others,
    const struct find **chosen)
{
	size_t i, count = 0;
	int e, twin;

	if (f->n > 0)
		qsort(f->at, f->n, sizeof *f->at, by_path);
	for (i = 0; i < f->n; i++) {
		e = owner(f, others, f->at[i].path, &twin);
		if (e >= 0 && twin >= 0)
			refuse_twins(f, &f->at[i], e, twin);
		else if (e >= 0)
			take(f, &f->at[i], (size_t)e, chosen);
	}
	for (i = 0; i < f->lab->editable.n; i++)
		if (chosen[i] != NULL && f->refusal == NULL) {
			examine(f, chosen[i]);
			count++;
		}
	return count;
}
