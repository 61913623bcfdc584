/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a lab's manifest says, as TeX, for its handout and its guide.
 *
 *     facts LAB STAGE      lacuna-handout.cls says what comes out; STAGE is
 *                          the lab's stage, for its hash and its files
 *     facts -t LAB         lines `EXERCISE TEST', for transcripts
 *     facts -v LAB         the rows of a table of solutions/LAB
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grader/lab/lab.h"
#include "grader/lab/variant.h"

/* Is this word something that is typed or printed, not said? */
static bool
is_code(const char *s, size_t n)
{
	bool upper = true;
	size_t i;

	for (i = 0; i < n; i++) {
		if (s[i] == '_' || s[i] == '/')
			return true;
		if (!isupper((unsigned char)s[i]) && s[i] != '-' &&
		    (i < 2 || !isdigit((unsigned char)s[i]))) /* -E2BIG */
			upper = false;
	}
	return (n > 2 && s[0] == '-' && upper) ||
	    (n > 2 && s[n - 2] == '(' && s[n - 1] == ')');
}

/* Print one character so that TeX prints it. */
static void
tex_char(char c)
{
	switch (c) {
	case '\\':
		printf("\\textbackslash{}");
		break;
	case '~':
		printf("\\textasciitilde{}");
		break;
	case '^':
		printf("\\textasciicircum{}");
		break;
	case '-':
		printf("{-}");
		break;
	default:
		if (strchr("#$%&_{}", c) != NULL)
			putchar('\\');
		putchar(c);
	}
}

/* Print text; what looks like code is set as such. */
static void
tex(const char *s)
{
	bool code;
	size_t n, i;

	while (*s != '\0') {
		n = strspn(s, " \n");
		if (n > 0) { /* none at the end */
			s += n;
			printf(*s != '\0' ? " " : "");
			continue;
		}
		if (strchr(",;:.", *s) != NULL) {
			putchar(*s++);
			continue;
		}
		if (*s == '(') {
			putchar(*s++);
			continue;
		}
		n = strcspn(s, " \n,;:");
		while (n > 1 &&
		    (s[n - 1] == '.' || (s[n - 1] == ')' && s[n - 2] != '(')))
			n--;
		code = is_code(s, n);
		printf(code ? "\\texttt{" : "");
		for (i = 0; i < n; i++)
			tex_char(s[i]);
		printf(code ? "}" : "");
		s += n;
	}
}

static void
define(const char *name, const char *value)
{
	printf("\\def\\%s{", name);
	tex(value);
	printf("}\n");
}

/* Names with commas between. */
static void
names(const char *before, char *const *list, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		printf("%s%s%s", i > 0 ? ", " : "", before, list[i]);
}

static size_t
count_lines(const char *path)
{
	size_t i, n, lines = 0;
	char *data;

	if (file_read(path, &data, &n) < 0)
		die(EXIT_USAGE, "no file %s in the stage", path);
	for (i = 0; i < n; i++)
		lines += data[i] == '\n';
	free(data);
	return lines;
}

/* The hash in the file LAB of a stage, its first twelve digits. */
static void
stage_hash(const char *stage)
{
	char *path = text("%s/LAB", stage), *data, *at;

	if (file_read(path, &data, NULL) < 0)
		die(EXIT_USAGE, "%s is not a stage", stage);
	at = strstr(data, "stage: ");
	if (at == NULL)
		die(EXIT_USAGE, "%s does not say which stage it is", path);
	printf("\\def\\LabStage{%.12s}\n", at + 7);
	free(data);
	free(path);
}

static void
head(const struct lab *lab, const char *stage)
{
	unsigned int i, points = 0;
	double hours = 0;
	size_t k;

	define("LabId", lab->id);
	define("LabTitle", lab->title);
	define("LabWorks", lab->works);
	stage_hash(stage);
	for (i = 0; i < lab->exercises_count; i++) {
		points += lab->exercises[i].points;
		hours += strtod(lab->exercises[i].hours, NULL);
	}
	printf("\\def\\LabPoints{%u}\n\\def\\LabHours{%g}\n", points, hours);
	printf("\\def\\LabExercises{%u}\n", lab->exercises_count);
	printf("\\def\\LabTestCount{%u}\n", lab->tests_count);
	printf("\\def\\LabStubScore{%u}\n", lab->stub_score);
	printf("\\def\\LabSchedules{%u}\n", lab->schedules);
	printf("\\def\\LabDepends{");
	names("", lab->depends, lab->depends_count);
	printf("%s}\n", lab->depends_count > 0 ? "" : "no other lab");
	printf("\\def\\LabFiles{");
	for (k = 0; k < lab->editable.n; k++) {
		char *path = text("%s/%s", stage, lab->editable.at[k]);

		printf("%s\\code{%s} (%zu lines now)", k > 0 ? ", " : "",
		    lab->editable.at[k], count_lines(path));
		free(path);
	}
	printf("}\n");
}

static bool
has(char *const *list, unsigned int n, const char *s)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (strcmp(list[i], s) == 0)
			return true;
	return false;
}

/* The requirements that an exercise's tests prove, with links. */
static void
proved(const struct lab *lab, const char *exercise)
{
	const char *between = "";
	unsigned int i, k;

	for (i = 0; i < lab->requirements_count; i++)
		for (k = 0; k < lab->tests_count; k++) {
			const struct test *t = &lab->tests[k];

			if (strcmp(t->exercise, exercise) != 0 ||
			    !has(t->proves, t->proves_count,
				lab->requirements[i].id))
				continue;
			printf("%s\\req{%s}", between, lab->requirements[i].id);
			between = ", ";
			break;
		}
}

static void
exercises(const struct lab *lab)
{
	const struct exercise *e;
	const char *between;
	unsigned int i, k;

	for (i = 0; i < lab->exercises_count; i++) {
		e = &lab->exercises[i];
		printf("\\labexercise{%u}{", i + 1);
		tex(e->title);
		printf("}{%s}{%s}{%u}{", e->difficulty, e->hours, e->points);
		for (k = 0, between = ""; k < lab->tests_count; k++) {
			if (strcmp(lab->tests[k].exercise, e->id) != 0)
				continue;
			printf("%s\\code{%s}", between, lab->tests[k].id);
			between = ", ";
		}
		printf("}{");
		proved(lab, e->id);
		printf("}\n\\labafter{%u}{%u}\n", i + 1,
		    lab_score_after(lab, i));
	}
}

static void
tests(const struct lab *lab)
{
	const struct test *t;
	const char *last = "";
	unsigned int i, k;

	printf("\\def\\LabTests{");
	for (i = 0; i < lab->tests_count; i++) {
		t = &lab->tests[i];
		for (k = 0;
		     strcmp(t->exercise, last) != 0 && k < lab->exercises_count;
		     k++)
			if (strcmp(lab->exercises[k].id, t->exercise) == 0)
				printf(
				    "%s\\multicolumn{4}{@{}l}{\\sffamily"
				    "\\bfseries\\color{ink}%u\\enskip %s} & "
				    "\\sffamily\\bfseries\\color{ink}%u\\\\*\n",
				    i > 0 ? "\\addlinespace[3pt]" : "", k + 1,
				    lab->exercises[k].title,
				    lab->exercises[k].points);
		last = t->exercise;
		printf("\\code{%s} & ", t->id);
		tex(t->title);
		printf(" & ");
		for (k = 0; k < t->proves_count; k++)
			printf("%s\\req{%s}", k > 0 ? ", " : "", t->proves[k]);
		printf(" & ");
		for (k = 0; k < t->requires_count; k++)
			printf("%s\\code{%s}", k > 0 ? ", " : "",
			    t->requires[k]);
		printf(t->sanity ? " & \\textit{gate}" : " & %u", t->points);
		printf("\\\\\n");
	}
	printf("}\n");
}

/* Everything about a lab. */
static void
facts(const struct lab *lab, const char *stage)
{
	unsigned int i;

	head(lab, stage);
	for (i = 0; i < lab->requirements_count; i++) {
		printf("\\labrequirement{%s}{", lab->requirements[i].id);
		tex(lab->requirements[i].text);
		printf("}\n");
	}
	exercises(lab);
	tests(lab);
}

/* Print what a line of a variant's head says, if it is there. */
static void
said(const char *what)
{
	printf("}{");
	if (what != NULL)
		tex(what);
}

static void
variant(const char *dir, const char *name)
{
	char *path = text("%s/%s", dir, name), *why;
	const char *base = strchr(name, '/') + 1;
	struct variant v;

	if (!variant_read(path, &v, &why))
		die(EXIT_INFRA, "%s", why);
	printf("\\variant{%.*s}{%.*s", (int)strcspn(name, "/"), name,
	    (int)strcspn(base, "."), base);
	said(v.change);
	said(v.score);
	said(v.fails);
	printf("}\n");
	variant_free(&v);
	free(path);
}

static void
variants(const char *lab)
{
	char *dir = text("solutions/%s", lab);
	struct strings names = { 0 };
	size_t i;

	variants_list(dir, &names);
	for (i = 0; i < names.n; i++)
		variant(dir, names.at[i]);
	strings_free(&names);
	free(dir);
}

int
main(int argc, char **argv)
{
	const struct test *t;
	struct lab *lab;
	char *why;
	unsigned int i, k;

	if (argc == 2 && strcmp(argv[1], "--help") == 0) {
		puts("usage: facts LAB STAGE | -t LAB | -v LAB");
		return EXIT_SCORED;
	}
	if (argc != 3)
		die(EXIT_USAGE, "usage: facts LAB STAGE | -t LAB | -v LAB");
	if (strcmp(argv[1], "-v") == 0) {
		variants(argv[2]);
		return EXIT_SCORED;
	}
	lab = lab_load(".", argv[argv[1][0] == '-' ? 2 : 1], &why);
	if (lab == NULL)
		die(EXIT_USAGE, "%s", why);
	if (strcmp(argv[1], "-t") != 0)
		facts(lab, argv[2]);
	for (i = 0; argv[1][0] == '-' && i < lab->tests_count; i++) {
		t = &lab->tests[i];
		for (k = 0; k < lab->exercises_count; k++)
			if (strcmp(lab->exercises[k].id, t->exercise) == 0)
				printf("%u %s\n", k + 1, t->id);
	}
	lab_free(lab);
	return EXIT_SCORED;
}
