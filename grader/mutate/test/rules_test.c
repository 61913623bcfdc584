/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of the rules: for each, all that it makes of a small text, and
 * texts of which it must make nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "grader/mutate/test/fixture.h"

/* What a rule makes of a text. */
static const struct {
	const char *rule, *c, *changes;
} cases[] = {
	{ "cond-negate",
	    "int f(int a, int b) { if (a) b = 1; return !b ? 1 : b; }",
	    "a => !(a)\n!b => b\n" },
	{ "cond-negate", "int f(int a) { if (a < 1) return 2; return 3; }",
	    "" },
	{ "cond-true", "void f(int a) { while (a) a--; for (; a < 3; a++) ; }",
	    "a => 1\na<3 => 1\n" },
	{ "cond-false",
	    "int f(int a) { do a--; while (a > 0); return a ? 2 : 3; }",
	    "a>0 => 0\na => 0\n" },
	{ "cond-true",
	    "int f(int a) { switch (a) { case 1: return 2; } return 3; }", "" },
	{ "operand", "int f(int a, int b) { return a && (b || a); }",
	    "a&&(b||a) => a\na&&(b||a) => (b||a)\nb||a => b\nb||a => a\n" },
	{ "and-or", "int f(int a, int b) { return a && b; }", "&& => ||\n" },
	{ "rel-move",
	    "int f(int a) { return a < 1 || a <= 2 || a > 3 || a >= 4; }",
	    "< => <=\n<= => <\n> => >=\n>= => >\n" },
	{ "rel-move", "int f(int a) { return a == 1; }", "" },
	{ "rel-invert", "int f(int a) { return a < 1 || a == 2 || a != 3; }",
	    "< => >=\n== => !=\n!= => ==\n" },
	{ "const-plus",
	    "#define LIMIT 16\nenum { MANY = 5 };\n"
	    "int f(int a) { return a == LIMIT ? MANY : 7; }",
	    "LIMIT => (LIMIT+1)\nMANY => (MANY+1)\n7 => (7+1)\n" },
	{ "const-plus", "int f(void) { char a[4]; return sizeof a[1] + a[2]; }",
	    "2 => (2+1)\n" },
	{ "const-minus", "int f(int a) { return a + 3; }", "3 => (3-1)\n" },
	{ "const-zero", "int f(int a) { return a + 0 + 1 + 2; }", "2 => 0\n" },
	{ "const-zero",
	    "#define TWICE(x) ((x) * 2)\nint f(int a) { return TWICE(a + 3); }",
	    "3 => 0\n" },
	{ "const-plus", "int f(int a) { return (a & 4) | ~8; }", "" },
	{ "const-minus", "int f(int a) { a |= 4; return a & (8 - 1); }",
	    "8 => (8-1)\n1 => (1-1)\n" },
	{ "const-zero", "int f(int a) { return a & 1; }", "1 => 0\n" },
	{ "mask", "int f(int a) { a |= 4; return a & (2 | 1); }",
	    "4 => (4<<1)\n2 => (2<<1)\n1 => (1<<1)\n" },
	{ "truth",
	    "#define true 1\n#define false 0\n"
	    "_Bool f(int a) { return a == 2 ? true : false; }",
	    "true => false\nfalse => true\n" },
	{ "const-minus", "#define true 1\nint f(void) { return true; }", "" },
	{ "arithmetic", "int f(int a) { return a + 1 - a * 2 / 3 % 4; }",
	    "- => +\n+ => -\n% => /\n/ => *\n/ => %\n* => /\n" },
	{ "bits", "int f(int a) { return a & 1 | a ^ 2 << 3 >> 4; }",
	    "| => &\n| => ^\n& => |\n& => ^\n^ => &\n^ => |\n"
	    ">> => <<\n<< => >>\n" },
	{ "assign", "void f(int a) { a += 1; a = 2; a <<= 3; }",
	    "+= => -=\n+= => =\n<<= => >>=\n<<= => =\n" },
	{ "step", "void f(int a) { a++; --a; }", "++ => --\n-- => ++\n" },
	{ "unary", "int f(int a) { if (!a) return -a; return ~a + !a; }",
	    "-a => a\n~a => a\n!a => a\n" },
	{ "errno-ok",
	    "#define EPERM 1\nint f(int a) { return a ? -EPERM : -1; }",
	    "-EPERM => 0\n" },
	{ "errno-other",
	    "#define EPERM 1\n#define EIO 5\n#define EBUSY 16\n"
	    "/** F. @retval -EPERM no @retval -EBUSY later */\nint f(int a);\n"
	    "int f(int a) { return a ? -EPERM : -EBUSY; }\n"
	    "int g(int a) { return a ? -EPERM : -EIO; }",
	    "-EPERM => -EBUSY\n-EBUSY => -EPERM\n-EPERM => -EBUSY\n"
	    "-EIO => -EPERM\n" },
	{ "errno-other", "#define EIO 5\nint f(int a) { return -EIO; }", "" },
	{ "swap-args",
	    "int g(int, char *, int);\n"
	    "int f(int a, char *b) { return g(a, b, 2) + g(a, b, a); }",
	    "a,b,2 => 2,b,a\n" },
	{ "swap-args",
	    "int strcmp(const char *, const char *);\n"
	    "int f(char *a, char *b) { return strcmp(a, b) == 0; }",
	    "" },
	{ "drop-assign", "void f(int a) { a = 1; if (a) a += 2; }",
	    "a=1; => ;\na+=2; => ;\n" },
	{ "drop-call",
	    "void g(void);\nvoid f(int a) { if (a) g(); else { g(); } }",
	    "g(); => ;\ng(); => ;\n" },
	{ "drop-stmt",
	    "int g(void);\nvoid f(int a) { a++; (void)g(); for (; a; a--) ; }",
	    "a++; => ;\n(void)g(); => ;\na-- => (nothing)\n" },
	{ "drop-stmt",
	    "void f(int a) { (void)a; }\n"
	    "#define assert(x) ((x) ? (void)0 : f(1))\n"
	    "void g(int a) { assert(a); }",
	    "" },
	{ "swap-stmts",
	    "struct s { int a, b; };\n"
	    "void *memset(void *, int, unsigned long);\n"
	    "void f(struct s *s) { s->b = 2; memset(&s->a, 0, 4); s->a++; }",
	    "memset(&s->a,0,4);s->a++; => s->a++;memset(&s->a,0,4);\n" },
	{ "drop-jump",
	    "void f(int a) { while (a) { if (a == 1) continue; break; } "
	    "if (a) return; a = 0; }",
	    "continue; => ;\nbreak; => ;\nreturn; => ;\n" },
	{ "drop-jump", "int f(int a) { if (a) return 1; return 2; }", "" },
	{ "drop-field",
	    "struct s { int a, b; };\nvoid g(struct s *);\n"
	    "void f(void) { struct s x = { .a = 1, .b = 2 }; g(&x); }",
	    ".a=1, => (nothing)\n.b=2 => (nothing)\n" },
	{ "return",
	    "_Bool t(int a) { return a == 1; }\nint f(int a) { return t(a); }\n"
	    "int g(void) { return 3; }",
	    "a==1 => !(a==1)\nt(a) => ((void)(t(a)),0)\n" },
	{ "swap-stmts",
	    "struct s { int a, b; };\n"
	    "void f(struct s *s, int c) { s->a = c; s->b = 2; s->a = s->b; }",
	    "s->b=2;s->a=s->b; => s->a=s->b;s->b=2;\n" },
	{ "bits",
	    "enum { A = 1, B = 2, C = 3 };\n"
	    "int f(void) { return (A | B) + (A | C); }",
	    "| => &\n| => &\n| => ^\n" },
	{ "return", "#define NULL ((void *)0)\nvoid *f(void) { return NULL; }",
	    "" },
	{ "swap-stmts",
	    "void g(int);\nvoid f(int a) { a = 1; g(a); if (a) return; g(2); }",
	    "a=1;g(a); => g(a);a=1;\n" },
	{ "swap-stmts",
	    "void f(int a) { int b; a = 1; "
	    "while (a) { if (a == 2) break; a--; }"
	    " b = a; }",
	    "a=1;while(a){if(a==2)break;a--;} => "
	    "while(a){if(a==2)break;a--;}a=1;\n"
	    "while(a){if(a==2)break;a--;}b=a; => "
	    "b=a;while(a){if(a==2)break;a--;}\n" },
	{ "first-round", "void f(int a) { while (a) a--; }",
	    "while(a)a--; => "
	    "{int first_=1;while(a)if(first_){first_=0;continue;}"
	    "else a--;}\n" },
	{ "last-round",
	    "void f(int a) { for (int i = 0; i < a; i++) ; "
	    "for (; a > 0; a--) ; for (; a; a--) ; }",
	    "i => (i+1)\n" },
	{ "last-round", "void f(int a, int b) { for (; a > b; a--) ; }",
	    "a => (a-1)\n" },
};

static void
each_rule_makes_what_it_should(void **state)
{
	struct fixture f;
	char *made;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		fixture_make(&f, cases[i].c);
		made = fixture_changes(&f, cases[i].rule);
		if (strcmp(made, cases[i].changes) != 0)
			fail_msg("%s, of %s:\n%sinstead of\n%s", cases[i].rule,
			    cases[i].c, made, cases[i].changes);
		free(made);
		fixture_free(&f);
	}
}

/* A rule without a case would be one that nobody has looked at. */
static void
each_rule_has_a_case(void **state)
{
	const struct rule *r;
	size_t i, k;

	(void)state;
	for (i = 0; (r = rule_nth(i)) != NULL; i++) {
		for (k = 0; k < sizeof cases / sizeof cases[0]; k++)
			if (strcmp(cases[k].rule, r->id) == 0 &&
			    cases[k].changes[0] != '\0')
				break;
		if (k == sizeof cases / sizeof cases[0])
			fail_msg("no case for %s", r->id);
	}
	assert_true(i > 20);
}

/* Nothing that a macro brings along is touched, but its arguments are. */
static void
macros_stay_whole(void **state)
{
	static const char c[] =
	    "#define EACH(i, n) for (int i = 0; i < n; i++)\n"
	    "#define CHECK(x) do { if (!(x)) return; } while (0)\n"
	    "void f(int a) { EACH(i, 3) a += i; CHECK(a == 1); }";
	struct fixture f;
	char *made;

	(void)state;
	fixture_make(&f, c);
	made = fixture_changes(&f, "cond-true");
	assert_string_equal(made, "");
	free(made);
	made = fixture_changes(&f, "rel-invert");
	assert_string_equal(made, "== => !=\n");
	free(made);
	made = fixture_changes(&f, "const-plus");
	assert_string_equal(made, "3 => (3+1)\n1 => (1+1)\n");
	free(made);
	fixture_free(&f);
}

static void
no_two_mutants_are_the_same(void **state)
{
	const struct mutant *a, *b;
	struct fixture f;
	size_t i, k;

	(void)state;
	fixture_make(&f,
	    "int g(int, int);\n"
	    "int f(int a) { if (a == 1 && a == 1) a = g(1, 2); return a; }");
	for (i = 0; i < f.mutants.n; i++)
		for (k = 0; k < i; k++) {
			a = &f.mutants.at[i];
			b = &f.mutants.at[k];
			assert_string_not_equal(a->key, b->key);
			assert_false(a->at.from == b->at.from &&
			    a->at.to == b->at.to &&
			    strcmp(a->with, b->with) == 0);
		}
	fixture_free(&f);
}

static void
errors_in_a_file_are_told(void **state)
{
	struct strings flags = { 0 };
	struct source s;
	char *why;

	(void)state;
	file_write(fixture_path("bad.c"), "int f( {", 8);
	assert_int_not_equal(
	    source_parse(fixture_path("bad.c"), "bad.c", &flags, &s, &why), 0);
	assert_non_null(strstr(why, "bad.c"));
	free(why);
	source_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_rule_makes_what_it_should),
		cmocka_unit_test(each_rule_has_a_case),
		cmocka_unit_test(macros_stay_whole),
		cmocka_unit_test(no_two_mutants_are_the_same),
		cmocka_unit_test(errors_in_a_file_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
