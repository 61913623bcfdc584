/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The result channel from end to end: the guest's reporting code feeds the
 * host's reader. Proves E3.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "grader/judge/expr.h"
#include "grader/judge/record.h"
#include "test/report/checkpoint.h"

#define NONCE "000102030405060708090a0b0c0d0e0f"

static struct strings lines;
static const char *sender = "runner"; /* as the kernel would stamp it */

int
report_line(const char *line, size_t len)
{
	strings_addf(&lines, "\1%s 7 %.*s", sender, (int)len, line);
	return 0;
}

static void
one_run(void)
{
	strings_free(&lines);
	sender = "runner";
	(void)report_begin("runner", NONCE);
	report_plan(1);
	report_bye();
	sender = "alpha";
	(void)report_begin("alpha", NONCE);
	(void)report_obs("value", "%d %s %04x %lu", -7, "100% sure\n", 0xab,
	    4000000000ul);
	(void)report_note("about to end");
	assert_int_equal(report_end(), 0);
}

/* Lines in the order given, -1 ends. */
static void
feed(struct record *rec, const int *order)
{
	uint8_t nonce[NONCE_SIZE];

	assert_int_equal(nonce_parse(NONCE, nonce), 0);
	record_init(rec, nonce);
	for (; *order >= 0; order++)
		record_line(rec, lines.at[*order]);
}

static void
test_sha256_has_the_standard_values(void **state)
{
	char hex[65];

	(void)state;
	sha256_hex("abc", 3, hex);
	assert_string_equal(hex,
	    "ba7816bf8f01cfea414140de5dae2223b00361a396"
	    "177a9cb410ff61f20015ad");
	sha256_hex("", 0, hex);
	assert_string_equal(hex,
	    "e3b0c44298fc1c149afbf4c8996fb92427ae41e464"
	    "9b934ca495991b7852b855");
}

static void
test_hmac_has_the_standard_value(void **state)
{
	static const char what[] = "what do ya want for nothing?";
	uint8_t tag[SHA256_SIZE];
	struct hmac m;

	(void)state;
	hmac_init(&m, "Jefe", 4);
	hmac_add(&m, what, sizeof what - 1);
	hmac_end(&m, tag);
	assert_int_equal(tag[0], 0x5b);
	assert_int_equal(tag[31], 0x43);
}

static void
test_a_sound_run_is_read_back(void **state)
{
	static const int order[] = { 0, 1, 3, 4, 5, 6, 2, -1 };
	struct record rec;
	const struct stream *s;

	(void)state;
	one_run();
	feed(&rec, order);
	s = record_stream(&rec, "alpha");
	assert_null(record_fault(&rec));
	assert_null(stream_fault(s));
	assert_string_equal(stream_obs(s, "value")->value,
	    "-7 100% sure\n 00ab 4000000000");
	assert_null(stream_obs(s, "other"));
	record_free(&rec);
}

static void
test_a_missing_record_is_noticed(void **state)
{
	static const int order[] = { 0, 1, 3, 5, 6, 2, -1 };
	struct record rec;

	(void)state;
	one_run();
	feed(&rec, order);
	assert_non_null(stream_fault(record_stream(&rec, "alpha")));
	record_free(&rec);
}

static void
test_a_repeated_record_is_noticed(void **state)
{
	static const int order[] = { 0, 1, 3, 4, 4, 5, 6, 2, -1 };
	struct record rec;

	(void)state;
	one_run();
	feed(&rec, order);
	assert_non_null(stream_fault(record_stream(&rec, "alpha")));
	record_free(&rec);
}

static void
test_a_forged_value_is_noticed(void **state)
{
	static const int order[] = { 0, 1, 3, 4, 5, 6, 2, -1 };
	struct record rec;
	char *p;

	(void)state;
	one_run();
	p = strstr(lines.at[4], "-7");
	assert_non_null(p);
	p[1] = '8';
	feed(&rec, order);
	assert_non_null(
	    strstr(stream_fault(record_stream(&rec, "alpha")), "wrong tag"));
	record_free(&rec);
}

static void
test_another_sender_is_noticed(void **state)
{
	static const int order[] = { 0, 1, 3, 4, 5, 6, 2, -1 };
	struct record rec;
	char *p;

	(void)state;
	one_run();
	p = strstr(lines.at[5], "alpha");
	assert_non_null(p);
	p[0] = 'd';
	feed(&rec, order);
	assert_non_null(strstr(stream_fault(record_stream(&rec, "alpha")),
	    "was sent by dlpha"));
	record_free(&rec);
}

static void
test_a_record_without_stamp_is_forged(void **state)
{
	static const int order[] = { 0, 1, 3, 4, 5, 6, 2, -1 };
	struct record rec;

	(void)state;
	one_run();
	feed(&rec, order);
	record_line(&rec, strchr(lines.at[4], '@'));
	assert_non_null(strstr(record_fault(&rec), "forged"));
	record_free(&rec);
}

static void
test_a_run_without_bye_is_incomplete(void **state)
{
	static const int order[] = { 0, 1, 3, 4, 5, 6, -1 };
	struct record rec;

	(void)state;
	one_run();
	feed(&rec, order);
	assert_non_null(record_fault(&rec));
	record_free(&rec);
}

static void
test_garbage_is_survived(void **state)
{
	static const char *const garbage[] = {
		"@L1 ", "@L1 x", "@L1 0 a b c",
		"\1a 1 @L1 0 a begin 0  0123456789abcdef", "", "\1",
		"panic: no", "\1a @L1", "\1a 1",
		"\1t 9 @L1 99999999999999999999 t obs zz %%%% 0123456789abcdef"
	};
	uint8_t nonce[NONCE_SIZE] = { 0 };
	struct record rec;
	size_t i;

	(void)state;
	record_init(&rec, nonce);
	for (i = 0; i < sizeof garbage / sizeof garbage[0]; i++)
		record_line(&rec, garbage[i]);
	assert_non_null(record_fault(&rec));
	assert_true(strings_have(&rec.words, "panic: no"));
	record_free(&rec);
}

static void
test_a_stop_is_announced(void **state)
{
	static const int all[] = { 0, 1, 2, 3, 4, -1 };
	static const int on[] = { 0, 1, 2, 3, 4, 5, -1 };
	struct record rec;

	(void)state;
	strings_free(&lines);
	sender = "alpha";
	(void)report_begin("alpha", NONCE);
	(void)report_place("buf", -5, 0xbffff000, 4096);
	(void)report_place("other", 99, 16, 1);
	(void)report_place("buf", 0x8000, 0x1000, 3000000000u);
	(void)report_checkpoint("before");
	(void)report_obs("more", "1");
	feed(&rec, all);
	assert_string_equal(rec.stop, "before");
	assert_int_equal(rec.stopper, 0);
	assert_int_equal(rec.streams[0].nplaces, 2);
	assert_string_equal(rec.streams[0].places[0].name, "buf");
	assert_int_equal(rec.streams[0].places[0].endpoint, 0x8000);
	assert_true(rec.streams[0].places[0].addr == 0x1000);
	assert_true(rec.streams[0].places[0].bytes == 3000000000u);
	record_stopped(&rec);
	assert_null(rec.stop);
	record_free(&rec);
	feed(&rec, on); /* it has gone on without stopping */
	assert_null(rec.stop);
	record_free(&rec);
	strings_free(&lines);
}

/* A run of one test whose records are `lines`, from the second on. */
static void
feed_all(struct record *rec)
{
	uint8_t nonce[NONCE_SIZE];
	size_t i;

	assert_int_equal(nonce_parse(NONCE, nonce), 0);
	record_init(rec, nonce);
	for (i = 0; i < lines.n; i++)
		record_line(rec, lines.at[i]);
	strings_free(&lines);
}

static void
test_observations_have_types(void **state)
{
	struct record rec;
	const struct stream *s;

	(void)state;
	sender = "alpha";
	(void)report_begin("alpha", NONCE);
	(void)report_obs("plain", "a:s=b");
	(void)report_status("status", -12);
	(void)report_number("number", -1);
	(void)report_addr("addr", 0xfffffff4);
	(void)report_bytes("bytes", "\1\2", 2);
	(void)report_obs("x:q", "1");
	(void)report_obs(":s", "1");
	feed_all(&rec);
	s = record_stream(&rec, "alpha");
	assert_int_equal(stream_obs(s, "plain")->type, 0);
	assert_string_equal(stream_obs(s, "plain")->value, "a:s=b");
	assert_int_equal(stream_obs(s, "status")->type, REPORT_STATUS);
	assert_string_equal(stream_obs(s, "status")->value, "-12");
	assert_int_equal(stream_obs(s, "number")->type, REPORT_NUMBER);
	assert_int_equal(stream_obs(s, "addr")->type, REPORT_ADDR);
	assert_string_equal(stream_obs(s, "addr")->value, "4294967284");
	assert_string_equal(stream_obs(s, "bytes")->value, "0102");
	assert_int_equal(stream_obs(s, "x:q")->type, 0);
	assert_non_null(stream_obs(s, ":s"));
	record_free(&rec);
}

/* Every kind of check, once so that it holds and once so that it does not. */
static unsigned int
check_everything(void)
{
	CHECK(lines.n > 0);
	CHECK(lines.n == 0);
	CHECK_SAY(lines.n > 0, "unsaid");
	CHECK_SAY(lines.n == 0, "%d%% of %s", 7, "all");
	CHECK_EQ(2, 2u);
	CHECK_OR_SAY(CHECK_EQ(-2, 2u), "first");
	CHECK_NE(1, 2);
	CHECK_NE(2, 2);
	CHECK_LT(1, 2);
	CHECK_LT(2, 2);
	CHECK_LE(2, 2);
	CHECK_LE(3, 2);
	CHECK_GE(2, 2);
	CHECK_GE(1, 2);
	CHECK_GT(2, 1);
	CHECK_GT(2, 2);
	CHECK_STATUS(-12, -12);
	CHECK_STATUS(-12, 0);
	CHECK_ADDR(-1, 0xffffffffu);
	CHECK_ADDR(-1, 0x1000);
	CHECK_STR("a", "a");
	CHECK_STR("a ", NULL);
	CHECK_BYTES("abc", "abd", 2);
	CHECK_BYTES("abc", "abd", 3);
	report_rule("the-rule");
	CHECK(false);
	report_rule(NULL);
	(void)EXPECT_STATUS("expected", -1, -1);
	(void)EXPECT_STATUS("expected", -2, -1);
	(void)EXPECT_NUMBER("number", -2, -1);
	(void)EXPECT_ADDR("addr", -2, -1);
	return check_failures();
}

/* Both texts are equal, or not there. */
static void
same(const char *a, const char *b)
{
	if (b == NULL)
		assert_null(a);
	else
		assert_string_equal(a, b);
}

static void
test_failed_checks_carry_values(void **state)
{
	static const struct {
		const char *claim, *sign, *wanted, *seen, *say, *rule;
		char type;
	} want[] = {
		{ "lines.n == 0", NULL, NULL, NULL, NULL, NULL, 0 },
		{ "lines.n == 0", NULL, NULL, NULL, "7% of all", NULL, 0 },
		{ "-2 == 2u", "==", "2", "-2", "first", NULL, 'n' },
		{ "2 != 2", "!=", "2", "2", NULL, NULL, 'n' },
		{ "2 < 2", "<", "2", "2", NULL, NULL, 'n' },
		{ "3 <= 2", "<=", "2", "3", NULL, NULL, 'n' },
		{ "1 >= 2", ">=", "2", "1", NULL, NULL, 'n' },
		{ "2 > 2", ">", "2", "2", NULL, NULL, 'n' },
		{ "-12 == 0", "==", "0", "-12", NULL, NULL, 's' },
		{ "-1 == 0x1000", "==", "4096", "4294967295", NULL, NULL, 'a' },
		{ "\"a \" == NULL", "==", "(null)", "a ", NULL, NULL, 't' },
		{ "\"abc\" == \"abd\"", "==", "64", "63", "from byte 2 of 3 on",
		    NULL, 'b' },
		{ "false", NULL, NULL, NULL, NULL, "the-rule", 0 },
		{ "-2 == -1", "==", "-1", "-2", NULL, "expected", 's' },
		{ "-2 == -1", "==", "-1", "-2", NULL, "number", 'n' },
		{ "-2 == -1", "==", "4294967295", "4294967294", NULL, "addr",
		    'a' },
	};

	const size_t n = sizeof want / sizeof want[0];
	const struct failure *f;
	struct record rec;
	size_t i;

	(void)state;
	sender = "alpha";
	(void)report_begin("alpha", NONCE);
	assert_int_equal(check_everything(), n);
	assert_int_equal(report_end(), 1);
	feed_all(&rec);
	assert_null(stream_fault(&rec.streams[0]));
	assert_int_equal(rec.streams[0].nfailed, n);
	assert_int_equal(rec.streams[0].nfailures, n);
	for (i = 0; i < n; i++) {
		f = &rec.streams[0].failures[i];
		assert_string_equal(f->claim, want[i].claim);
		assert_non_null(strstr(f->place, "channel_test.c:"));
		same(f->sign, want[i].sign);
		same(f->wanted, want[i].wanted);
		same(f->seen, want[i].seen);
		same(f->say, want[i].say);
		same(f->rule, want[i].rule);
		assert_int_equal(f->type, want[i].type);
	}
	record_free(&rec);
}

static void
test_failed_checks_are_bounded(void **state)
{
	struct record rec;
	int i;

	(void)state;
	sender = "alpha";
	(void)report_begin("alpha", NONCE);
	for (i = 1; i <= CHECK_KEPT + 2; i++)
		CHECK_OR_SAY(CHECK_EQ(i, 0), "%d", i);
	assert_int_equal(report_end(), 1);
	feed_all(&rec);
	assert_null(stream_fault(&rec.streams[0]));
	assert_int_equal(rec.streams[0].nfailed, CHECK_KEPT + 2);
	assert_string_equal(stream_obs(&rec.streams[0], "failed-checks")->value,
	    "34");
	assert_int_equal(rec.streams[0].nfailures, CHECK_KEPT);
	assert_string_equal(rec.streams[0].failures[CHECK_KEPT - 1].say, "32");
	record_free(&rec);
}

static void
test_parts_without_a_failure_are_survived(void **state)
{
	struct record rec;

	(void)state;
	sender = "alpha";
	(void)report_begin("alpha", NONCE);
	(void)report_record("say", "nothing");
	(void)report_record("seen", "%s", "");
	(void)report_record("fail", "%s", "");
	(void)report_record("want", "s");
	(void)report_record("want", "s ==");
	(void)report_record("say", "a");
	(void)report_record("say", "b");
	assert_int_equal(report_end(), 0);
	feed_all(&rec);
	assert_null(stream_fault(&rec.streams[0]));
	assert_int_equal(rec.streams[0].nfailures, 1);
	assert_string_equal(rec.streams[0].failures[0].say, "b");
	assert_string_equal(rec.streams[0].failures[0].wanted, "");
	record_free(&rec);
}

/* What an expression gives, as text. */
static const char *
value(const char *source)
{
	static char buf[300];
	uint8_t nonce[NONCE_SIZE];
	struct expr_env env = { .nonce = nonce, .seed = 3, .seen = "41" };
	struct value v;

	assert_int_equal(nonce_parse(NONCE, nonce), 0);
	if (expr_eval(source, &env, &v, NULL) < 0)
		return "error";
	if (v.is_string)
		snprintf(buf, sizeof buf, "%s", v.string);
	else
		snprintf(buf, sizeof buf, "%lld", (long long)v.number);
	return buf;
}

static void
test_expressions_have_their_values(void **state)
{
	(void)state;
	assert_string_equal(value("1 + 2 * 3"), "7");
	assert_string_equal(value("-ENOENT"), "-2");
	assert_string_equal(value("'a' + 1 + \"b\""), "a1b");
	assert_string_equal(value("seed == 3 ? 'yes' : 'no'"), "yes");
	assert_string_equal(value("seen > 40 && seen < 42"), "1");
	assert_string_equal(value("hex(255)"), "ff");
	assert_string_equal(value("int(0xffffffff)"), "-1");
	assert_string_equal(value("pick('p', 0, 10) < 10"), "1");
	assert_string_equal(value("u32('a') == u32('a', 0)"), "1");
	assert_string_equal(value("u32('a') == u32('b')"), "0");
}

static void
test_bad_expressions_are_errors(void **state)
{
	static const char *const bad[] = { "", "1 +", "(1", "'a", "1 / 0",
		"nothing", "u32(1)", "u32()", "word('a', 1, 99)", "1 2",
		"((((((((((((((((((((((((((((((((((((((((((((((((((((((((1" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_string_equal(value(bad[i]), "error");
}

static void
test_guest_and_host_derive_the_same_values(void **state)
{
	uint8_t nonce[NONCE_SIZE], bytes[100];
	struct expr_env env = { .nonce = nonce, .seed = 1 };
	struct expectation e;
	char word[10];

	(void)state;
	assert_int_equal(nonce_parse(NONCE, nonce), 0);
	nonce_word(nonce, "k", 2, word, 9);
	env.seen = word;
	assert_int_equal(expr_expect("word('k', 2, 9)", &env, &e), 0);
	assert_true(e.holds);
	nonce_fill(nonce, "fill", bytes, sizeof bytes);
	strings_free(&lines);
	(void)report_begin("t", NONCE);
	(void)report_digest("d", bytes, sizeof bytes);
	env.seen = strchr(lines.at[1], '=') + 1;
	((char *)(uintptr_t)env.seen)[16] = '\0';
	assert_int_equal(expr_expect("digest('fill', 100)", &env, &e), 0);
	assert_true(e.holds);
	strings_free(&lines);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sha256_has_the_standard_values),
		cmocka_unit_test(test_hmac_has_the_standard_value),
		cmocka_unit_test(test_a_sound_run_is_read_back),
		cmocka_unit_test(test_a_missing_record_is_noticed),
		cmocka_unit_test(test_a_repeated_record_is_noticed),
		cmocka_unit_test(test_a_forged_value_is_noticed),
		cmocka_unit_test(test_another_sender_is_noticed),
		cmocka_unit_test(test_a_record_without_stamp_is_forged),
		cmocka_unit_test(test_a_run_without_bye_is_incomplete),
		cmocka_unit_test(test_garbage_is_survived),
		cmocka_unit_test(test_a_stop_is_announced),
		cmocka_unit_test(test_observations_have_types),
		cmocka_unit_test(test_failed_checks_carry_values),
		cmocka_unit_test(test_failed_checks_are_bounded),
		cmocka_unit_test(test_parts_without_a_failure_are_survived),
		cmocka_unit_test(test_expressions_have_their_values),
		cmocka_unit_test(test_bad_expressions_are_errors),
		cmocka_unit_test(test_guest_and_host_derive_the_same_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
