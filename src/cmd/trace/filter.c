/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See filter.h. */
#include "cmd/trace/filter.h"

#include <stdlib.h>
#include <string.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

#include "cmd/trace/text.h"

/** One for each call, and one more for those nobody knows. */
struct count {
	const struct call *call;
	unsigned calls, errors;
	bool wanted;
};

static struct count *counts;
static size_t unknown; /* the index of the last one */
static bool filtered;  /* there is a list */

static void
begin(void)
{
	if (counts != NULL)
		return;
	while (calls[unknown].name != NULL)
		unknown++;
	counts = cmd_memory(NULL, (unknown + 1) * sizeof counts[0]);
	memset(counts, 0, (unknown + 1) * sizeof counts[0]);
	for (size_t i = 0; i < unknown; i++)
		counts[i].call = &calls[i];
}

/* Does a word of the list name a call: whole, without its protocol, or by its
 * protocol alone? */
static bool
names_call(const char *word, size_t n, const char *name)
{
	size_t protocol = strcspn(name, "_");

	if (strlen(name) == n && strncmp(name, word, n) == 0)
		return true;
	if (protocol == n && strncmp(name, word, n) == 0)
		return true;
	name += protocol + (name[protocol] != '\0');
	return strlen(name) == n && strncmp(name, word, n) == 0;
}

static void
want(const char *word, size_t n)
{
	static char bad[64];
	bool found = false;

	for (size_t i = 0; i < unknown; i++) {
		if (!names_call(word, n, calls[i].name))
			continue;
		counts[i].wanted = true;
		found = true;
	}
	if (found)
		return;
	strncpy(bad, word, n < sizeof bad ? n : sizeof bad - 1);
	cmd_warnx(bad, "there is no such call; trace -l lists them");
	exit(2);
}

void
filter_set(const char *list)
{
	bool others = *list == '!';

	begin();
	list += others;
	filtered = true;
	while (*list != '\0') {
		size_t n = strcspn(list, ",");

		want(list, n);
		list += n + (list[n] == ',');
	}
	for (size_t i = 0; i < unknown && others; i++)
		counts[i].wanted = !counts[i].wanted;
	counts[unknown].wanted = others;
}

static struct count *
count_of(const struct call *call)
{
	begin();
	return &counts[call != NULL ? (size_t)(call - calls) : unknown];
}

bool
filter_has(const struct call *call)
{
	return !filtered || count_of(call)->wanted;
}

void
count_add(const struct call *call, int32_t status)
{
	struct count *c = count_of(call);

	c->calls++;
	c->errors += status < 0;
}

static int
compare(const void *a, const void *b)
{
	const struct count *x = a, *y = b;

	if (x->calls != y->calls)
		return x->calls < y->calls ? 1 : -1;
	return x < y ? -1 : 1;
}

static void
column(struct text *t, unsigned n)
{
	struct text digits = { 0 };

	text_digits(&digits, n, 10);
	for (size_t i = digits.n; i < 8; i++)
		text_char(t, ' ');
	for (size_t i = 0; i < digits.n; i++)
		text_char(t, digits.s[i]);
	text_free(&digits);
}

static void
row(struct text *t, unsigned made, unsigned errors, const char *name)
{
	column(t, made);
	column(t, errors);
	text_add(t, "  ");
	text_add(t, name);
	text_char(t, '\n');
}

void
count_show(int fd)
{
	struct text t = { 0 };
	unsigned made = 0, errors = 0;

	begin();
	qsort(counts, unknown + 1, sizeof counts[0], compare);
	text_add(&t, "   calls  errors  call\n");
	for (size_t i = 0; i <= unknown && counts[i].calls > 0; i++) {
		const struct call *call = counts[i].call;

		row(&t, counts[i].calls, counts[i].errors,
		    call != NULL ? call->name : "other");
		made += counts[i].calls;
		errors += counts[i].errors;
	}
	row(&t, made, errors, "total");
	if (cmd_write(fd, t.s, t.n) != 0)
		cmd_warn("output");
	text_free(&t);
}
