/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The program behind `grade mutants`: are there small mistakes in a lab's
 * solution that no test notices?
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "grader/mutate/queue.h"
#include "grader/mutate/verdicts.h"

/* What is wanted. */
struct wish {
	const char *objects, *lab, *only, *show, *seed;
	unsigned long sample, workers;
	bool list, again, fresh, unfenced;
	enum kinds kinds;
};

static void
usage(FILE *f)
{
	fprintf(f,
	    "usage: grade mutants [OPTION...] LAB\n"
	    "\n"
	    "Make faulty variants of the lab's files, by rule, and see which\n"
	    "of them no test notices.\n"
	    "\n"
	    "  -O DIR        build directory\n"
	    "  -j N          so many at once (all processors)\n"
	    "  --only WHAT   a file, a function or a mutant's key\n"
	    "  --sample N    only N of them, chosen by --seed\n"
	    "  --seed TEXT   for that (the commit)\n"
	    "  --survivors   only those that survived the last time\n"
	    "  --units       only the unit tests: a minute, and a first list\n"
	    "  --boots       without the unit tests of this machine\n"
	    "  --fresh       as if nothing was known\n"
	    "  --list        only list them\n"
	    "  --show KEY    only show that one, as a patch\n"
	    "  -u            build without a fence\n"
	    "\n"
	    "Results are kept in build/mutants/LAB; an interrupted run goes\n"
	    "on from there. COURSE.md says how to read a survivor.\n");
}

static unsigned long
number(const char *s)
{
	char *end;
	unsigned long n = strtoul(s, &end, 10);

	if (*s == '\0' || *end != '\0' || n == 0 || n > 1000000)
		die(EXIT_USAGE, "%s is not a number from 1 on", s);
	return n;
}

static const struct option options[] = {
	{ "only", required_argument, NULL, 'f' },
	{ "sample", required_argument, NULL, 'n' },
	{ "seed", required_argument, NULL, 's' },
	{ "survivors", no_argument, NULL, 'a' },
	{ "units", no_argument, NULL, 't' },
	{ "boots", no_argument, NULL, 'b' },
	{ "fresh", no_argument, NULL, 'r' },
	{ "list", no_argument, NULL, 'l' },
	{ "show", required_argument, NULL, 'k' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

static void
take_option(struct wish *w, int c)
{
	if (c == 'O')
		w->objects = optarg;
	else if (c == 'j')
		w->workers = number(optarg);
	else if (c == 'f')
		w->only = optarg;
	else if (c == 'n')
		w->sample = number(optarg);
	else if (c == 's')
		w->seed = optarg;
	else if (c == 'k')
		w->show = optarg;
	w->again |= c == 'a';
	w->list |= c == 'l';
	if (c == 'b' || c == 't')
		w->kinds = c == 'b' ? BOOTS_ONLY : UNITS_ONLY;
	w->fresh |= c == 'r';
	w->unfenced |= c == 'u';
	if (c != 'h' && c != '?')
		return;
	usage(c == 'h' ? stdout : stderr);
	exit(c == 'h' ? EXIT_SCORED : EXIT_USAGE);
}

static void
parse(int argc, char **argv, struct wish *w)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	int c;

	*w = (struct wish){ .workers = cores > 0 ? (unsigned long)cores : 2,
		.seed = "" };
	while ((c = getopt_long(argc, argv, "O:j:u", options, NULL)) != -1)
		take_option(w, c);
	if (argc - optind != 1) {
		usage(stderr);
		exit(EXIT_USAGE);
	}
	w->lab = argv[optind];
}

static bool
is_named(const struct mutant *m, const char *what)
{
	const char *path = m->source->path, *base = strrchr(path, '/');

	return strcmp(m->key, what) == 0 ||
	    strcmp(m->function->name, what) == 0 || strcmp(path, what) == 0 ||
	    (base != NULL && strcmp(base + 1, what) == 0);
}

/* A mutant and where chance puts it. */
struct drawn {
	char hex[65];
	size_t i;
};

static int
by_chance(const void *a, const void *b)
{
	return strcmp(((const struct drawn *)a)->hex,
	    ((const struct drawn *)b)->hex);
}

/* Keep only n of those that are chosen. */
static void
draw(const struct workshop *w, const struct wish *wish, bool *chosen)
{
	struct drawn *all = need((w->mutants.n + 1) * sizeof *all);
	size_t i, n = 0;
	char *what;

	for (i = 0; i < w->mutants.n; i++) {
		if (!chosen[i])
			continue;
		what = text("%s %s", wish->seed, w->mutants.at[i].key);
		sha256_hex(what, strlen(what), all[n].hex);
		all[n++].i = i;
		free(what);
	}
	qsort(all, n, sizeof *all, by_chance);
	for (i = wish->sample; i < n; i++)
		chosen[all[i].i] = false;
	free(all);
}

/* Which mutants are wanted. */
static bool *
choose(const struct workshop *w, const struct wish *wish,
    const struct results *r)
{
	bool *chosen = need(w->mutants.n + 1);
	size_t i, n = 0;

	for (i = 0; i < w->mutants.n; i++) {
		const struct mutant *m = &w->mutants.at[i];

		chosen[i] = (wish->only == NULL || is_named(m, wish->only)) &&
		    (!wish->again || r->at[i].survived) &&
		    (wish->sample == 0 || !m->dead);
		n += chosen[i];
	}
	if (n == 0)
		die(EXIT_USAGE, "none of the lab's %zu mutants is meant",
		    w->mutants.n);
	if (wish->sample != 0)
		draw(w, wish, chosen);
	return chosen;
}

static void
list(const struct workshop *w, const bool *chosen)
{
	const struct mutant *m = w->mutants.at;
	char *line;
	size_t i;

	for (i = 0; i < w->mutants.n; i++, m++) {
		if (!chosen[i])
			continue;
		line = mutant_line(m);
		printf("%s:%u: %s: %s\n    %s%s\n", m->source->path, m->line,
		    m->rule, line, m->key,
		    m->dead ? "  (does not compile)" : "");
		free(line);
	}
}

static int
show(const struct workshop *w, const char *key)
{
	const struct mutant *m = mutants_find(&w->mutants, key);
	char *diff;

	if (m == NULL)
		die(EXIT_USAGE, "%s is no mutant; --list shows all", key);
	diff = mutant_diff(m);
	printf("%s", diff);
	free(diff);
	return EXIT_SCORED;
}

static double
cpu_seconds(void)
{
	static const int whose[] = { RUSAGE_SELF, RUSAGE_CHILDREN };
	struct rusage u;
	double sum = 0;
	size_t i;

	for (i = 0; i < 2; i++) {
		(void)getrusage(whose[i], &u); /* cannot fail for these */
		sum += (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
		    (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
	}
	return sum;
}

static void
load_lists(const struct workshop *w, struct verdicts *v)
{
	char *dir = text("%s/solutions/%s", w->site->root, w->lab->id);
	char *equivalent = text("%s/equivalent.yaml", dir), *why;
	char *survivors = text("%s/survivors.yaml", dir);

	if (listing_load(equivalent, "reason", &v->equivalent, &why) < 0 ||
	    listing_load(survivors, "remark", &v->survivors, &why) < 0)
		die(EXIT_USAGE, "%s", why);
	free(survivors);
	free(equivalent);
	free(dir);
}

/* Nothing is built if there is nothing to try. */
static void
try_all(struct workshop *w, struct results *r, const struct wish *wish,
    struct verdicts *v)
{
	struct court court;
	double began;
	size_t i, n = 0;

	for (i = 0; i < r->n; i++) {
		w->mutants.at[i].out =
		    !v->chosen[i] || r->at[i].fate != FATE_UNKNOWN;
		n += !w->mutants.at[i].out && !w->mutants.at[i].dead;
	}
	if (n == 0)
		return;
	fprintf(stderr, "building %zu of %zu mutants\n", n, r->n);
	workshop_build(w, wish->unfenced);
	court_open(&court, w, r, wish->kinds);
	began = cpu_seconds();
	v->tried = queue_run(&court, r, v->chosen, (unsigned int)wish->workers);
	v->cpu = cpu_seconds() - began;
	court_close(&court);
}

/* Everything about a lab. */
static int
analyse(struct workshop *w, const struct wish *wish)
{
	static const char *const files[] = { [ALL_TESTS] = "known.json",
		[UNITS_ONLY] = "units.json",
		[BOOTS_ONLY] = "boots.json" };
	struct verdicts v = { .w = w };
	struct results r;
	bool *chosen, well;

	if (wish->show != NULL)
		return show(w, wish->show);
	load_lists(w, &v);
	results_load(w, files[wish->kinds], &r);
	v.chosen = chosen = choose(w, wish, &r);
	if (wish->fresh)
		results_forget(&r);
	v.r = &r;
	v.full = wish->only == NULL && wish->sample == 0 && !wish->again &&
	    wish->kinds == ALL_TESTS;
	if (wish->list) {
		list(w, chosen);
		well = true;
	} else {
		try_all(w, &r, wish, &v);
		well = verdicts_show(&v);
	}
	listing_free(&v.equivalent);
	listing_free(&v.survivors);
	results_free(&r);
	free(chosen);
	return well ? EXIT_SCORED : EXIT_FAILED;
}

int
main(int argc, char **argv)
{
	struct workshop w;
	struct wish wish;
	struct site site;
	struct lab *lab;
	char *why;
	int status;

	parse(argc, argv, &wish);
	site_open(&site, wish.objects, true);
	if (strchr(wish.lab, '/') != NULL)
		die(EXIT_USAGE, "%s is not the name of a lab", wish.lab);
	lab = lab_load(site.root, wish.lab, &why);
	if (lab == NULL)
		die(EXIT_USAGE, "%s", why);
	workshop_open(&w, &site, lab);
	status = analyse(&w, &wish);
	workshop_free(&w);
	lab_free(lab);
	site_free(&site);
	return status;
}
