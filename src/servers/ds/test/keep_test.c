/* SPDX-License-Identifier: BSD-2-Clause */
/** @file What outlives a crash, wherever it comes. Each life of DS is a
 * process of its own; what RS keeps is shared by them. Proves: A3, C3. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include <proto/rs.h>

#include "servers/ds/keep.h"
#include "servers/ds/test/fake.h"
#include "servers/ds/test/life.h"
#include "test/unit/status.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/** What lives share. */
static struct shared {
	uint8_t kept[KEPT_BYTES];
	int answered; /* requests, in the first life */
	int line;     /* where something was wrong */
} * shared;

/** A request. */
struct step {
	endpoint_t who;
	char op; /* p: publish, d: delete, s: subscribe */
	const char *key;
	uint32_t flags;
	uint32_t value; /* of a range: its bytes, and its length */
	uint32_t len;
};

static const struct step steps[] = {
	{ ALICE, 'p', "number", U32, 1, 0 },
	{ ALICE, 'p', "text", STR, 0x41, 0 },
	{ BOB, 's', ".*", 0, 0, 0 },
	{ ALICE, 'p', "range", MEM, 2, 5000 },
	{ BOB, 'p', "number", STR, 0x42, 0 },
	{ BOB, 'p', "secret", U32 | DSF_PRIV_RETRIEVE, 3, 0 },
	{ ALICE, 'p', "number", U32 | OW, 4, 0 },
	{ ALICE, 'p', "range", MEM | OW, 5, 9000 },
	{ BOB, 'd', "secret", U32, 0, 0 },
	{ BOB, 'p', "another", U32, 6, 0 },
	{ ALICE, 'd', "range", MEM, 0, 0 },
	{ ALICE, 'p', "range", MEM, 7, DS_MAX_MEMLEN },
	{ BOB, 'p', "text", STR | OW, 0x43, 0 },
	{ BOB, 'd', "another", U32, 0, 0 },
	{ ALICE, 's', "rs", LABEL, 0, 0 },
};

/* In a life: note where something is wrong, for the test. */
#define EXPECT(is)                                                             \
	do                                                                     \
		if (!(is) && shared->line == 0)                                \
			shared->line = __LINE__;                               \
	while (0)

/* fake.c has the other half of it. */
void
key_replay(const char *key)
{
	if (key != NULL)
		strlcpy(fake_key, key, sizeof fake_key);
}

/* Run a life of DS that ends after so many copies to what is kept (-1: when it
 * likes). Returns its exit status. */
static int
life(void (*living)(void), int copies)
{
	int status;

	fake_keep = shared->kept;
	fake_keep_left = copies;
	status = life_run(living);
	assert_int_not_equal(status, -1);
	if (shared->line != 0)
		fail_msg("wrong at line %d", shared->line);
	return status;
}

static struct sef_init_info
info(void)
{
	return (struct sef_init_info){ .keep_gid = FAKE_KEEP,
		.keep_size = KEPT_BYTES };
}

/* Make a request, and keep what it has changed. */
static int
step_do(const struct step *s)
{
	struct ds_subscribe_req req = { .flags = s->flags };
	int r;

	if (s->op == 's') {
		r = subscribe(s->who, s->key, s->flags);
		if (r == OK)
			keep_subscription(s->who, &req);
		return r;
	}
	if (s->op == 'd')
		r = del(s->who, s->key, s->flags);
	else if (s->flags & MEM)
		r = fill(s->who, s->key, s->flags, (int)s->value, s->len);
	else
		r = put(s->who, s->key, s->flags, s->value);
	if (r == OK)
		keep_entries();
	return r;
}

/* The first life. */
static void
life_first(void)
{
	struct sef_init_info i = info();
	size_t n;

	(void)store_begin(NULL);
	(void)keep_begin(&i, true);
	keep_entries();
	for (n = 0; n < COUNT(steps); n++) {
		EXPECT(step_do(&steps[n]) == OK);
		shared->answered = (int)n + 1;
	}
}

/* RS's public table, of services that have so many processes. */
static void
table_make(size_t known, size_t running)
{
	static const char *const labels[] = { "rs", "alice", "bob" };
	static const endpoint_t eps[] = { RS_PROC_NR, ALICE, BOB };
	struct rprocpub *p = (void *)fake_memory;
	size_t i;

	memset(fake_memory, 0, sizeof fake_memory);
	for (i = 0; i < known; i++) {
		p[i].in_use = 1;
		p[i].endpoint = i < running ? eps[i] : NONE;
		strlcpy(p[i].label, labels[i], sizeof p[i].label);
	}
}

/* A later life begins. */
static void
recover_with(size_t known, size_t running)
{
	struct sef_init_info i = info();

	fake_pages_left = 10000;
	table_make(known, running);
	EXPECT(recover(SEF_INIT_RESTART, &i) == OK);
}

/* The last of the first n steps that made this entry what it is, or NULL. */
static const struct step *
state_of(const struct step *of, int n)
{
	const struct step *last = NULL;
	int i;

	for (i = 0; i < n; i++)
		if (steps[i].op != 's' && strcmp(steps[i].key, of->key) == 0 &&
		    ((steps[i].flags ^ of->flags) & DSF_MASK_TYPE) == 0)
			last = &steps[i];
	return last != NULL && last->op == 'p' ? last : NULL;
}

/* Is the entry as a step has left it? NULL: it is not there. */
static bool
is_as(const struct step *of, const struct step *s)
{
	const struct entry *e = entry_find(of->key, of->flags & DSF_MASK_TYPE);
	uint32_t i;

	if (s == NULL || e == NULL)
		return s == NULL && e == NULL;
	if (strcmp(e->owner, s->who == ALICE ? "alice" : "bob") != 0 ||
	    e->flags != (s->flags & ~(uint32_t)OW))
		return false;
	if (!(s->flags & MEM))
		return e->value.u32 == s->value;
	for (i = 0; i < s->len; i++)
		if (e->memory.at[i] != s->value)
			return false;
	return e->memory.len == s->len;
}

/* Every entry is as it was answered, or as the request after that has it. */
static void
life_later(void)
{
	const int n = shared->answered;
	const struct step *s;

	recover_with(3, 3);
	for (s = steps; s < &steps[COUNT(steps)]; s++)
		if (s->op != 's')
			EXPECT(is_as(s, state_of(s, n)) ||
			    is_as(s, state_of(s, n + 1)));
}

/* The same, and BOB, who has subscribed, is told of all that is there. */
static void
life_told(void)
{
	const struct step *s;
	uint32_t type;
	int seen = 0, there = 0;

	life_later();
	keep_settled();
	if (shared->answered < 3)
		return; /* not subscribed */
	for (s = steps; s < &steps[COUNT(steps)]; s++)
		there += s->op == 'p' && !(s->flags & OW) &&
		    entry_find(s->key, s->flags & DSF_MASK_TYPE) != NULL;
	EXPECT(fake_notified[BOB] > 0);
	while (check(BOB, &type) == OK)
		seen += !(type & (DSF_DELETED | LABEL));
	EXPECT(there == 0 || seen > 0);
	for (s = steps; s < &steps[COUNT(steps)]; s++)
		if (s->op == 'p' && !(s->flags & OW) &&
		    entry_find(s->key, s->flags & DSF_MASK_TYPE) != NULL)
			seen--;
	EXPECT(seen <= 0);
}

static int
begin(void **state)
{
	(void)state;
	memset(shared, 0, sizeof *shared);
	return 0;
}

static void
test_a_crash_at_any_point_loses_nothing_that_was_answered(void **state)
{
	int n, m, status;

	(void)state;
	for (n = 0; n < 1000; n++) {
		(void)begin(NULL);
		status = life(life_first, n);
		if (status != FAKE_CRASHED)
			break;
		for (m = 0; life(life_later, m) == FAKE_CRASHED; m++)
			if (m % 2 == 0) /* else it would give up */
				assert_int_equal(life(life_told, -1), 0);
		assert_int_equal(life(life_told, -1), 0);
		assert_int_equal(life(life_told, -1), 0);
	}
	assert_in_range(n, 20, 999);
}

/* The first life ends well, then this one is checked. */
static void
assert_lives(void (*second)(void))
{
	assert_int_equal(life(life_first, -1), 0);
	assert_int_equal(life(second, -1), 0);
}

/* What was deleted is told, once, and what came back is no deletion. */
static void
life_of_deletions(void)
{
	uint32_t type;
	int secret = 0, another = 0, range = 0;

	recover_with(3, 3);
	EXPECT(fake_notified[ALICE] > 0); /* her label came after rs's */
	while (check(BOB, &type) == OK) {
		secret += strcmp(fake_key, "secret") == 0 &&
		    type == (U32 | DSF_DELETED);
		another += strcmp(fake_key, "another") == 0 &&
		    type == (U32 | DSF_DELETED);
		if (strcmp(fake_key, "range") == 0)
			range += type == MEM ? 1 : 10;
	}
	EXPECT(secret == 1 && another == 1 && range == 1);
	EXPECT(check(ALICE, &type) == OK && type == LABEL);
	EXPECT(check(ALICE, &type) == -ENOENT);
}

static void
test_deletions_are_told_again(void **state)
{
	(void)state;
	assert_lives(life_of_deletions);
}

static void
life_without_alice(void)
{
	uint32_t type;
	int gone = 0;

	table_make(3, 3);
	((struct rprocpub *)(void *)fake_memory)[1].in_use = 0;
	fake_pages_left = 10000;
	EXPECT(recover(SEF_INIT_RESTART,
		   &(struct sef_init_info){ .keep_gid = FAKE_KEEP,
		       .keep_size = KEPT_BYTES }) == OK);
	EXPECT(entry_find("number", U32) == NULL);
	EXPECT(entry_find("range", MEM) == NULL);
	EXPECT(entry_find("number", STR) != NULL);
	while (check(BOB, &type) == OK)
		gone += strcmp(fake_key, "alice") == 0 &&
		    type == (LABEL | DSF_DELETED);
	EXPECT(gone == 1);
}

static void
test_what_belongs_to_the_dead_goes(void **state)
{
	(void)state;
	assert_lives(life_without_alice);
}

static void
life_without_subscriber(void)
{
	recover_with(2, 2); /* bob is gone */
	EXPECT(entry_find("number", STR) == NULL);
	EXPECT(entry_find("number", U32) != NULL);
	EXPECT(put(RS_PROC_NR, "bob", LABEL, BOB) == OK);
	EXPECT(check(BOB, NULL) == -ESRCH);
}

static void
test_so_do_its_subscriptions(void **state)
{
	(void)state;
	assert_lives(life_without_subscriber);
}

static void
life_with_bob_absent(void)
{
	recover_with(3, 2); /* he is about to be started again */
	EXPECT(entry_find("number", STR) != NULL);
	EXPECT(put(RS_PROC_NR, "bob", LABEL, CAROL) == OK);
	EXPECT(check(CAROL, NULL) == OK);
	EXPECT(del(CAROL, "number", STR) == OK);
}

static void
test_who_is_between_two_lives_keeps_its_own(void **state)
{
	(void)state;
	assert_lives(life_with_bob_absent);
}

/* A byte is not what it was. Whatever that is: DS lives, and of the entries
 * the others are there. */
static void
life_damaged(void)
{
	const struct step *s;
	int missing = 0;

	recover_with(3, 3);
	missing += entry_find("number", U32) == NULL;
	missing += entry_find("number", STR) == NULL;
	missing += entry_find("text", STR) == NULL;
	missing += entry_find("range", MEM) == NULL;
	EXPECT(missing <= 1 || missing == 4);
	for (s = steps; s < &steps[COUNT(steps)]; s++)
		if (s->op != 's' &&
		    entry_find(s->key, s->flags & DSF_MASK_TYPE) != NULL)
			EXPECT(is_as(s, state_of(s, shared->answered)));
	EXPECT(put(ALICE, "new", U32, 9) == OK);
	keep_entries();
}

static void
test_damage_costs_what_is_damaged(void **state)
{
	static uint8_t whole[sizeof(struct kept)];
	size_t at;

	(void)state;
	assert_int_equal(life(life_first, -1), 0);
	memcpy(whole, shared->kept, sizeof whole);
	for (at = 0; at < sizeof whole; at += at < 2000 ? 3 : 397) {
		memcpy(shared->kept, whole, sizeof whole);
		shared->kept[at] ^= 0x55;
		assert_int_equal(life(life_damaged, -1), 0);
	}
}

static void
life_dies_of_it(void)
{
	recover_with(3, 3);
	_exit(entry_find("number", U32) != NULL ? 7 : 8);
}

static void
test_what_ds_dies_of_is_forgotten(void **state)
{
	int i;

	(void)state;
	assert_int_equal(life(life_first, -1), 0);
	for (i = 0; i < 3; i++)
		assert_int_equal(life(life_dies_of_it, -1), 7);
	assert_int_equal(life(life_dies_of_it, -1), 8);
	(void)begin(NULL);
	assert_int_equal(life(life_first, -1), 0);
	for (i = 0; i < 10; i++) { /* some do not die of it */
		assert_int_equal(life(life_told, -1), 0);
		assert_int_equal(life(life_dies_of_it, -1), 7);
		assert_int_equal(life(life_dies_of_it, -1), 7);
	}
}

/* As long as a value is replaced again and again, its pages come back. */
static void
life_of_ranges(void)
{
	const uint32_t len = DS_MAX_MEMLEN;
	struct sef_init_info i = info();
	int n;

	(void)store_begin(NULL);
	(void)keep_begin(&i, true);
	for (n = 0; n < 7; n++) {
		EXPECT(fill(ALICE, name_of("r", n), MEM, n, len) == OK);
		keep_entries();
	}
	for (n = 0; n < 100; n++) {
		EXPECT(
		    fill(ALICE, name_of("r", n % 7), MEM | OW, n, len) == OK);
		keep_entries();
	}
}

static void
life_after_ranges(void)
{
	uint32_t len;
	int n;

	recover_with(3, 3);
	for (n = 93; n < 100; n++) {
		EXPECT(look(name_of("r", n % 7), MEM, 0, &len) == n);
		EXPECT(len == DS_MAX_MEMLEN);
	}
}

static void
test_pages_of_old_values_are_used_again(void **state)
{
	(void)state;
	assert_int_equal(life(life_of_ranges, -1), 0);
	assert_int_equal(life(life_after_ranges, -1), 0);
}

/* Nothing to keep it in: the store does its work without. */
static void
life_without_memory(void)
{
	struct sef_init_info i = info();
	size_t n;

	(void)store_begin(NULL);
	i.keep_size--;
	EXPECT(!keep_begin(&i, true));
	for (n = 0; n < COUNT(steps); n++)
		EXPECT(step_do(&steps[n]) == OK);
	keep_settled();
}

static void
life_without_copies(void)
{
	struct sef_init_info i = info();

	(void)store_begin(NULL);
	(void)keep_begin(&i, true);
	EXPECT(put(ALICE, "before", U32, 1) == OK);
	keep_entries();
	EXPECT(put(ALICE, "after", U32, 1) == OK);
	fake_copy_status = -EPERM;
	keep_entries();
	fake_copy_status = OK;
	EXPECT(put(ALICE, "later", U32, 1) == OK);
	keep_entries(); /* half of the changes would be worse than none */
}

static void
life_after_copies(void)
{
	recover_with(3, 3);
	EXPECT(entry_find("before", U32) != NULL);
	EXPECT(entry_find("after", U32) == NULL);
	EXPECT(entry_find("later", U32) == NULL);
}

static void
test_without_memory_it_works_as_well(void **state)
{
	(void)state;
	assert_int_equal(life(life_without_memory, -1), 0);
	assert_int_equal(life(life_without_copies, -1), 0);
	assert_int_equal(life(life_after_copies, -1), 0);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup(name, begin)
	const struct CMUnitTest tests[] = {
		T(test_a_crash_at_any_point_loses_nothing_that_was_answered),
		T(test_deletions_are_told_again),
		T(test_what_belongs_to_the_dead_goes),
		T(test_so_do_its_subscriptions),
		T(test_who_is_between_two_lives_keeps_its_own),
		T(test_damage_costs_what_is_damaged),
		T(test_what_ds_dies_of_is_forgotten),
		T(test_pages_of_old_values_are_used_again),
		T(test_without_memory_it_works_as_well),
	};

	shared = life_shared(sizeof *shared);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
