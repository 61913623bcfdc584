/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of keys, and of files with all mutants in them: they are compiled
 * and run here, as one that is sure to be killed and one that is not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "grader/base/job.h"
#include "grader/mutate/test/fixture.h"

static const char program[] =
    "#include <stdlib.h>\n"
    "static int twice(int a);\n"
    "int sum(int n) {\n"
    "	static int calls;\n"
    "	int s = 0;\n"
    "	calls++;\n"
    "	for (int i = 1; i <= n; i++)\n"
    "		s += i;\n"
    "	return s;\n"
    "}\n"
    "static int twice(int a) { return a > 0 ? 2 + twice(a - 1) : 0; }\n"
    "void nothing(int *a) { if (*a == 3) return; *a = 1; }\n"
    "int main(void) {\n"
    "	int a = 3;\n"
    "	nothing(&a);\n"
    "	return sum(4) == 10 && twice(3) == 6 && a == 3 ? 0 : 1;\n"
    "}\n";

/* Compile the text; false: it does not, and `log` says why. */
static bool
compile(const char *c, char **log)
{
	char *from = text("%s", fixture_path("fixture.c"));
	struct job job = { .dir = fixture_path(""),
		.argv = ARGV("gcc", "-std=c11", "-Wall", "-Wextra",
		    "-Wpedantic", "-Werror", "-DUNIT_TEST", "-fmax-errors=0",
		    "-o", "program", from) };
	struct job_result r;

	file_write(from, c, strlen(c));
	assert_int_equal(job_run(&job, &r), 0);
	free(from);
	*log = r.output;
	return r.status == 0;
}

/* What the program returns with a mutant; -1: it is killed. */
static int
run(unsigned int mutant)
{
	char *variable = text(MUTANT_VARIABLE "=%u", mutant);
	char *path = text("%s", fixture_path("program"));
	struct job job = { .limits.idle_ms = 20000,
		.argv = ARGV("env", variable, "prlimit", "--cpu=1", path) };
	struct job_result r;

	assert_int_equal(job_run(&job, &r), 0);
	free(r.output);
	free(variable);
	free(path);
	return r.status;
}

static struct mutant *
find(const struct fixture *f, const char *function, const char *change)
{
	size_t i;
	char *line;
	bool is;

	for (i = 0; i < f->mutants.n; i++) {
		line = mutant_line(&f->mutants.at[i]);
		is = strcmp(line, change) == 0 &&
		    strcmp(f->mutants.at[i].function->name, function) == 0;
		free(line);
		if (is)
			return &f->mutants.at[i];
	}
	fail_msg("no mutant %s", change);
	return NULL;
}

/* Rewrite and compile until only live mutants are left. */
static void
build(struct fixture *f)
{
	char *c, *log;
	int rounds = 0;
	bool ok;

	do {
		c = rewrite(&f->source, &f->mutants, FOR_SERVICE);
		ok = compile(c, &log);
		if (!ok && rewrite_bury(log, &f->mutants) == 0)
			fail_msg("%s", log);
		free(c);
		free(log);
		assert_true(++rounds < 10);
	} while (!ok);
}

static void
one_program_is_all_mutants(void **state)
{
	struct fixture f;

	(void)state;
	fixture_make(&f, program);
	build(&f);
	assert_int_equal(run(0), 0);
	assert_int_equal(run(100000), 0);
	/* Certainly killed, in each of the ways a copy can differ. */
	assert_int_equal(run(find(&f, "sum", "s+=i; => ;")->number), 1);
	assert_int_equal(run(find(&f, "sum", "<= => <")->number), 1);
	assert_int_equal(run(find(&f, "twice", "0 => (0+1)")->number), 1);
	assert_int_equal(run(find(&f, "nothing", "return; => ;")->number), 1);
	assert_int_equal(run(find(&f, "sum", "i++ => (nothing)")->number), -1);
	/* Certainly not. */
	assert_int_equal(run(find(&f, "sum", "calls++; => ;")->number), 0);
	fixture_free(&f);
}

static void
what_does_not_compile_is_left_out(void **state)
{
	static const char c[] = "int main(void) {\n"
				"	char a[2], *p = &a[1];\n"
				"	return p - a == 1 ? 0 : 1;\n"
				"}\n";
	struct fixture f;

	(void)state;
	fixture_make(&f, c);
	build(&f);
	assert_true(find(&f, "main", "- => +")->dead);
	assert_false(find(&f, "main", "== => !=")->dead);
	assert_int_equal(run(find(&f, "main", "== => !=")->number), 1);
	assert_int_equal(run(find(&f, "main", "- => +")->number), 0);
	fixture_free(&f);
}

/* Only what is said of a copy concerns its mutant. */
static void
words_about_others_bury_nobody(void **state)
{
	struct fixture f;

	(void)state;
	fixture_make(&f, "int f(int a) { return a == 1; }");
	assert_int_equal(rewrite_bury("src/a.c:1:2: error: no\n"
				      "mutant-1:1:2: warning: perhaps\n"
				      "mutant-4000:1:2: error: who?\n",
			     &f.mutants),
	    0);
	assert_int_equal(rewrite_bury("mutant-1:1:2: error: no\n"
				      "mutant-1:1:3: error: again\n",
			     &f.mutants),
	    1);
	assert_true(f.mutants.at[0].dead);
	fixture_free(&f);
}

/* All keys of a text are also keys of another. */
static void
same_keys(const char *a, const char *b)
{
	struct fixture f, g;
	size_t i;

	fixture_make(&f, a);
	fixture_make(&g, b);
	assert_true(f.mutants.n > 0);
	for (i = 0; i < f.mutants.n; i++)
		if (mutants_find(&g.mutants, f.mutants.at[i].key) == NULL)
			fail_msg("%s is gone", f.mutants.at[i].key);
	fixture_free(&f);
	fixture_free(&g);
}

static void
keys_outlive_edits_elsewhere(void **state)
{
	static const char before[] =
	    "int f(int a) { if (a == 1) a = 2; return a == 1; }";

	(void)state;
	same_keys(before,
	    "/* New. */\nint g(int a) { if (a == 1) a = 2; return 5; }\n"
	    "int f(int a) { if (a == 1) a = 2; return a == 1; }");
	same_keys(before,
	    "int f(int a) { a--; if (a == 1) a = 2; return a == 1; }");
	same_keys(before,
	    "int\nf(int a)\n{\n	if (a == /* one */ 1)\n		a = 2;\n"
	    "	return a == 1;\n}\n");
}

/* And what is edited has a new one. */
static void
keys_tell_places_apart(void **state)
{
	struct fixture f, g;
	char *key;

	(void)state;
	fixture_make(&f, "int f(int a) { return a == 1; }");
	fixture_make(&g, "int f(int a) { return a == 2; }");
	key = find(&f, "f", "== => !=")->key;
	assert_null(mutants_find(&g.mutants, key));
	assert_ptr_equal(mutants_find(&f.mutants, key),
	    find(&f, "f", "== => !="));
	fixture_free(&f);
	fixture_free(&g);
}

static void
a_patch_shows_the_change(void **state)
{
	struct fixture f;
	char *diff;

	(void)state;
	fixture_make(&f, "int\nf(int a)\n{\n	a++;\n	return a;\n}\n");
	diff = mutant_diff(find(&f, "f", "++ => --"));
	assert_non_null(strstr(diff, "+++ b/src/fixture.c\n"));
	assert_non_null(strstr(diff, "\n {\n-\ta++;\n+\ta--;\n \treturn a;\n"));
	free(diff);
	fixture_free(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_program_is_all_mutants),
		cmocka_unit_test(what_does_not_compile_is_left_out),
		cmocka_unit_test(words_about_others_bury_nobody),
		cmocka_unit_test(keys_outlive_edits_elsewhere),
		cmocka_unit_test(keys_tell_places_apart),
		cmocka_unit_test(a_patch_shows_the_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
