/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Counting, and comparing with the lists.
 */
#include "grader/mutate/verdicts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "grader/mutate/rules.h"

#define ENOUGH 95 /* of a hundred mutants that are not equivalent */

/** What became of a mutant, seen with the lists. */
enum standing {
	UNDECIDED,
	KILLED,
	EQUIVALENT, /* not killed, and listed */
	KNOWN,      /* survives, and listed */
	NEWS,       /* survives, and nobody knew */
	NR_STANDINGS
};

static const char *const words[] = { "undecided", "killed", "equivalent",
	"survivor", "survivor" };

struct count {
	unsigned int n[NR_STANDINGS], all;
};

static enum standing
standing_of(const struct verdicts *v, size_t i)
{
	const char *key = v->w->mutants.at[i].key;

	switch (v->r->at[i].fate) {
	case FATE_KILLED:
		return KILLED;
	case FATE_SURVIVED:
		if (listing_find(&v->equivalent, key) != NULL)
			return EQUIVALENT;
		return listing_find(&v->survivors, key) != NULL ? KNOWN : NEWS;
	case FATE_UNKNOWN:
		break;
	}
	return UNDECIDED;
}

static bool
counts(const struct verdicts *v, size_t i)
{
	return v->chosen[i] && !v->w->mutants.at[i].dead;
}

/* Those of a file and a rule; NULL: of any. */
static struct count
count(const struct verdicts *v, const struct source *source, const char *rule)
{
	const struct mutant *m = v->w->mutants.at;
	struct count c = { .all = 0 };
	size_t i;

	for (i = 0; i < v->w->mutants.n; i++, m++)
		if (counts(v, i) && (source == NULL || m->source == source) &&
		    (rule == NULL || strcmp(m->rule, rule) == 0)) {
			c.n[standing_of(v, i)]++;
			c.all++;
		}
	return c;
}

static void
show_count(const char *what, const struct count *c)
{
	unsigned int s = c->n[KNOWN] + c->n[NEWS];
	unsigned int rest = c->all - c->n[EQUIVALENT];

	if (c->all == 0)
		return;
	printf("  %-36s killed %u of %u (%u equivalent, %u survived)", what,
	    c->n[KILLED], c->all, c->n[EQUIVALENT], s);
	printf(rest > 0 ? "  %.1f %%\n" : "\n", 100.0 * c->n[KILLED] / rest);
}

static void
show_survivors(const struct verdicts *v)
{
	const struct mutant *m = v->w->mutants.at;
	enum standing standing;
	char *line;
	size_t i;

	for (i = 0; i < v->w->mutants.n; i++, m++) {
		standing = standing_of(v, i);
		if (!counts(v, i) || (standing != KNOWN && standing != NEWS))
			continue;
		line = mutant_line(m);
		printf("%s:%u: %s: %s\n    %s%s\n", m->source->path, m->line,
		    m->rule, line, m->key,
		    standing == KNOWN ? "  (listed)" : "");
		free(line);
	}
}

/* Entries of a list that are not true: about no mutant, or about one that is
 * killed. */
static unsigned int
show_untrue(const struct verdicts *v, const struct listing *list)
{
	const struct mutants *all = &v->w->mutants;
	const char *why;
	unsigned int i, n = 0;
	struct mutant *m;
	size_t k;

	for (i = 0; i < list->n; i++) {
		m = mutants_find(all, list->at[i].key);
		k = m != NULL ? (size_t)(m - all->at) : 0;
		why = NULL;
		if (m == NULL)
			why = v->full ? "there is no such mutant" : NULL;
		else if (counts(v, k) && v->r->at[k].fate == FATE_KILLED)
			why = v->r->at[k].by;
		if (why == NULL)
			continue;
		printf("listed with a %s, but not so: %s: %s%s\n", list->word,
		    list->at[i].key, m != NULL ? "killed by " : "", why);
		n++;
	}
	return n;
}

static json_t *
describe(const struct verdicts *v, size_t i)
{
	const struct mutant *m = &v->w->mutants.at[i];
	char *line = mutant_line(m);
	json_t *j = json_pack("{s:s, s:s, s:i, s:s, s:s, s:s}", "key", m->key,
	    "file", m->source->path, "line", (int)m->line, "rule", m->rule,
	    "change", line, "fate", words[standing_of(v, i)]);

	if (v->r->at[i].by != NULL)
		json_object_set_new(j, "by", json_string(v->r->at[i].by));
	free(line);
	return j;
}

static void
write_json(const struct verdicts *v, const struct count *c)
{
	char *path = text("%s/result.json", v->w->dir), *data;
	json_t *list = json_array(), *all;
	size_t i;

	for (i = 0; i < v->w->mutants.n; i++)
		if (counts(v, i))
			json_array_append_new(list, describe(v, i));
	all = json_pack("{s:s, s:b, s:i, s:i, s:i, s:i, s:f, s:i, s:o}", "lab",
	    v->w->lab->id, "full", v->full, "mutants", (int)c->all, "killed",
	    (int)c->n[KILLED], "equivalent", (int)c->n[EQUIVALENT], "survived",
	    (int)(c->n[KNOWN] + c->n[NEWS]), "cpu-seconds", v->cpu, "tried",
	    (int)v->tried, "list", list);
	data = json_dumps(all, JSON_INDENT(1));
	file_write(path, data, strlen(data));
	free(data);
	free(path);
	json_decref(all);
}

/* A list of those that survive, to begin solutions/LAB/survivors.yaml with. */
static void
write_list(const struct verdicts *v)
{
	char *path = text("%s/survivors.yaml", v->w->dir), *data = NULL, *line;
	const struct mutant *m = v->w->mutants.at;
	enum standing standing;
	size_t size, i;
	FILE *f = open_memstream(&data, &size);

	if (f == NULL)
		die(EXIT_INFRA, "out of memory");
	for (i = 0; i < v->w->mutants.n; i++, m++) {
		standing = standing_of(v, i);
		if (!counts(v, i) || (standing != KNOWN && standing != NEWS))
			continue;
		line = mutant_line(m);
		for (char *c = line; *c != '\0'; c++)
			if (*c == '"' || *c == '\\')
				*c = '\'';
		fprintf(f, "- key: %s\n  remark: \"%s: %s\"\n", m->key,
		    strrchr(m->source->path, '/') + 1, line);
		free(line);
	}
	if (fclose(f) != 0)
		die(EXIT_INFRA, "out of memory");
	file_write(path, data, size);
	free(data);
	free(path);
}

static void
show_tables(const struct verdicts *v)
{
	const struct rule *r;
	struct count c;
	size_t i;

	printf("\nBy rule:\n");
	for (i = 0; (r = rule_nth(i)) != NULL; i++) {
		c = count(v, NULL, r->id);
		show_count(r->id, &c);
	}
	printf("\nBy file:\n");
	for (i = 0; i < v->w->n; i++) {
		c = count(v, &v->w->sources[i], NULL);
		show_count(v->w->sources[i].path, &c);
	}
}

static unsigned int
count_dead(const struct verdicts *v)
{
	unsigned int n = 0;
	size_t i;

	for (i = 0; i < v->w->mutants.n; i++)
		n += v->chosen[i] && v->w->mutants.at[i].dead;
	return n;
}

bool
verdicts_show(struct verdicts *v)
{
	struct count c = count(v, NULL, NULL);
	unsigned int bad, rest = c.all - c.n[EQUIVALENT];
	bool few, unnamed = !v->full && !v->survivors.there;

	show_survivors(v);
	show_tables(v);
	show_count(v->w->lab->id, &c);
	printf("\n%u more do not compile.", count_dead(v));
	if (v->tried > 0)
		printf(" %zu were tried now, %.2f s of processor time each.",
		    v->tried, v->cpu / (double)v->tried);
	printf("\n");
	bad = show_untrue(v, &v->equivalent) + show_untrue(v, &v->survivors);
	few = v->full && c.n[KILLED] * 100 < rest * ENOUGH;
	if (few)
		printf("less than %d %% were killed\n", ENOUGH);
	write_json(v, &c);
	write_list(v);
	if (unnamed && c.n[NEWS] > 0)
		printf("Nobody has named this lab's survivors yet, so those of "
		       "a sample are not held\nagainst it. A full run leaves "
		       "%s/survivors.yaml.\n",
		    v->w->dir);
	printf("killed %u of %u (%u equivalent, %u survived)\n", c.n[KILLED],
	    c.all, c.n[EQUIVALENT], c.n[KNOWN] + c.n[NEWS]);
	bad += c.n[UNDECIDED] + few + (unnamed ? 0 : c.n[NEWS]);
	printf("%u passed, %u failed\n",
	    c.n[KILLED] + c.n[EQUIVALENT] + c.n[KNOWN], bad);
	return bad == 0;
}
