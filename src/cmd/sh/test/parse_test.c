/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The shell's lexer and parser: what trees come out, and that nonsense
 * is refused without harm. Trees are compared in a form with all structure
 * in parentheses. Proves: E1 (a shell to boot to). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cmd/sh/test/fake.h"

static struct region region;
static const struct mark empty;

static void show(struct text *t, const struct node *n);

static void
show_parts(struct text *t, const struct part *p)
{
	for (; p != NULL; p = p->next) {
		if (p->quoted)
			text_add(t, '\'');
		if (p->kind == PART_TEXT) {
			text_puts(t, p->text);
		} else if (p->kind == PART_PARAM) {
			text_add(t, '$');
			text_puts(t, p->text);
			if (p->op != 0)
				text_add(t, (char)(p->op < 256 ? p->op : '@'));
			show_parts(t, p->word);
		} else if (p->kind == PART_ARITH) {
			text_puts(t, "$((");
			show_parts(t, p->word);
			text_puts(t, "))");
		} else {
			text_puts(t, "$");
			show(t, p->node);
		}
		if (p->quoted)
			text_add(t, '\'');
	}
}

static void
show_simple(struct text *t, const struct node *n)
{
	const struct assign *a;
	const struct word *w;
	const struct redirect *r;

	for (a = n->assigns; a != NULL; a = a->next) {
		text_puts(t, a->name);
		text_add(t, ':');
		show_parts(t, a->parts);
		text_add(t, ' ');
	}
	for (w = n->words; w != NULL; w = w->next) {
		show_parts(t, w->parts);
		if (w->next != NULL)
			text_add(t, ' ');
	}
	for (r = n->redirects; r != NULL; r = r->next) {
		text_puts(t, " <");
		text_number(t, r->fd);
		text_add(t, (char)('a' + (int)r->kind));
		show_parts(t, r->parts);
	}
}

static void
show_arms(struct text *t, const struct arm *a)
{
	const struct word *w;

	for (; a != NULL; a = a->next) {
		for (w = a->patterns; w != NULL; w = w->next) {
			text_add(t, '|');
			show_parts(t, w->parts);
		}
		show(t, a->body);
	}
}

static void
show(struct text *t, const struct node *n)
{
	static const char *const names[] = { "", "pipe ", "andor ", "list ",
		"if ", "while ", "until ", "for ", "case ", "group ",
		"subshell ", "function " };
	const struct node *c;

	text_add(t, '(');
	if (n != NULL) {
		text_puts(t, names[n->kind]);
		if (n->negated)
			text_add(t, '!');
		if (n->text != NULL)
			text_puts(t, n->text);
		show_simple(t, n);
		show_arms(t, n->arms);
		for (c = n->first; c != NULL; c = c->next) {
			if (c->join != '\0')
				text_add(t, c->join);
			show(t, c);
			if (c->background)
				text_add(t, '&');
		}
		if (n->test != NULL)
			show(t, n->test);
		if (n->body != NULL)
			show(t, n->body);
		if (n->other != NULL)
			show(t, n->other);
	}
	text_add(t, ')');
}

static void
check(const char *text, const char *tree)
{
	struct node *n;
	struct text t;

	if (!fake_parse(text, &region, &n))
		fail_msg("%s: %s", text, fake_complaint);
	text_init(&t, &region);
	show(&t, n);
	assert_string_equal(text_end(&t), tree);
	region_release(&region, empty);
}

static void
refuse(const char *text)
{
	struct node *n;

	if (fake_parse(text, &region, &n))
		fail_msg("%s: accepted", text);
	assert_string_not_equal(fake_complaint, "");
	region_release(&region, empty);
}

static void
test_simple_commands(void **state)
{
	(void)state;
	check("\n", "()");
	check("# nothing\n", "()");
	check("a b\tc", "(a b c)");
	check("a#b # c", "(a#b)");
	check("a \\\n b", "(a b)");
	check("x=1 y= c z=2", "(x:1 y: c z=2)");
	check("x=1", "(x:1 )");
	check("1x=1", "(1x=1)");
}

static void
test_quotes_make_parts(void **state)
{
	(void)state;
	check("a'b c'd", "(a'b c'd)");
	check("\"a$x\"", "('a''$x')");
	check("a\\ b", "(a' 'b)");
	check("'' \"\"", "('' '')");
	check("\"\\a\\$\"", "('\\a$')");
	check("\"$@\"", "('$@')");
	check("'if' x", "('if' x)");
}

static void
test_expansions_nest(void **state)
{
	(void)state;
	check("$x$1$?", "($x$1$?)");
	check("${x:-a}", "($x-a)");
	check("${#x}", "($x@)");
	check("${x##*/}", "($x@*/)");
	check("${x:-${y:=b}}", "($x-$y=b)");
	check("\"${x:-'a'}\"", "('$x-''a''')");
	check("$(a $(b))", "($(a $(b)))");
	check("`a \\`b\\``", "($(a $(b)))");
	check("$((1 + (2)))", "($(('1 + (2)')))");
	check("$(case a in a) b;; esac)", "($(case a|a(b)))");
	check("$", "($)");
	check("$()", "($())");
}

static void
test_lists_and_pipelines(void **state)
{
	(void)state;
	check("a | b |\nc", "(pipe (a)(b)(c))");
	check("! a", "(pipe !(a))");
	check("a && b || c", "(andor (a)&(b)|(c))");
	check("a; b & c", "(list (a)(b)&(c))");
	check("a &", "(list (a)&)");
	check("(a; b)", "(subshell (list (a)(b)))");
	check("{ a; }", "(group (a))");
}

static void
test_compound_commands(void **state)
{
	(void)state;
	check("if a; then b; elif c; then d; else e; fi",
	    "(if (a)(b)(if (c)(d)(e)))");
	check("while a\ndo\nb\ndone", "(while (a)(b))");
	check("until a; do b; done", "(until (a)(b))");
	check("for i in 1 2; do b; done", "(for i1 2(b))");
	check("for i do b; done", "(for i(b))");
	check("case x in\na|b) c;;\n(d) ;; esac", "(case x|a|b(c)|d())");
	check("f() { a; }", "(function f(group (a)))");
	check("echo if then fi", "(echo if then fi)");
	check("{ a; } >f", "(group  <1bf(a))");
}

static void
test_redirections(void **state)
{
	(void)state;
	check("a <b >c", "(a <0ab <1bc)");
	check("a 2>&1 >>b", "(a <2e1 <1cb)");
	check("a 2 >b", "(a 2 <1bb)");
	check("a <<E\nx $y\nE\n", "(a <0f'x ''$y''\n')");
	check("a <<'E'\nx $y\nE\n", "(a <0f'x $y\n')");
	check("a <<-END\n\t\tx\n\tEND\n", "(a <0f'x\n')");
	check("a <<A <<B\n1\nA\n2\nB\n", "(a <0f'1\n' <0f'2\n')");
}

static void
test_nonsense_is_refused(void **state)
{
	static const char *const texts[] = { ")", "(", "()", ";", ";;", "&",
		"a | ", "| a", "a &&", "fi", "if a; fi", "if then fi", "{ a",
		"for", "for 1 in; do a; done", "case", "case a in", "a >",
		"a > > b", "'", "\"", "`", "$(", "$((", "${", "${}", "${a!}",
		"${#a-b}", "$((1)", "f() a", "a-b() { c; }", "a <<$x", "done",
		"while do done", "( a", "a )", "{ }", "$(a", "$(a;;)" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof texts / sizeof texts[0]; i++)
		refuse(texts[i]);
}

/* The beginning of a construct, over and over. */
static void
refuse_deep(const char *begin)
{
	struct text t;
	int i;

	text_init(&t, &region);
	for (i = 0; i < 3000; i++)
		text_puts(&t, begin);
	refuse(text_end(&t));
}

static void
test_depth_has_a_limit(void **state)
{
	(void)state;
	refuse_deep("(");
	refuse_deep("{ ");
	refuse_deep("if ");
	refuse_deep("while ");
	refuse_deep("$(");
	refuse_deep("${a:-");
	refuse_deep("\"$(");
	refuse_deep("$((");
	refuse_deep("case a in a) ");
	refuse_deep("f() { ");
	refuse_deep("! ");
	refuse_deep("if a; then b; el");
}

/* Pieces in any order, and their bytes changed: no crash, no endless loop. */
static void
test_random_text_does_no_harm(void **state)
{
	static const char *const pieces[] = { "a", " ", "\n", ";", "|", "&",
		"(", ")", "<", ">", "<<E\n", "$", "{", "}", "'", "\"", "`",
		"\\", "if ", "then ", "fi", "for i in ", "do ", "done", "case ",
		"esac", "in ", "x=", "$((", "))", "${x", ":-", "#", "!", "E\n",
		"\t", "\001", "\377", "while ", "2>&1", ";;", "f()" };
	uint32_t seed = 1;
	char text[400];
	struct node *n;
	int round, i;

	(void)state;
	for (round = 0; round < 20000; round++) {
		text[0] = '\0';
		for (i = 0; i < 30; i++) {
			seed = seed * 1664525 + 1013904223;
			strcat(text,
			    pieces[(seed >> 8) %
				(sizeof pieces / sizeof pieces[0])]);
		}
		(void)fake_parse(text, &region, &n);
		region_release(&region, empty);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_simple_commands),
		cmocka_unit_test(test_quotes_make_parts),
		cmocka_unit_test(test_expansions_nest),
		cmocka_unit_test(test_lists_and_pipelines),
		cmocka_unit_test(test_compound_commands),
		cmocka_unit_test(test_redirections),
		cmocka_unit_test(test_nonsense_is_refused),
		cmocka_unit_test(test_depth_has_a_limit),
		cmocka_unit_test(test_random_text_does_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
