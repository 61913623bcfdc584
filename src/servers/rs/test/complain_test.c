/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Complaints: what they weigh, what they may do, what liars cannot.
 * Proves: C3. */
#include "servers/rs/test/fake.h"

#include <lacuna/ipc.h>
#include <string.h>

#include <proto/sef.h>

#include "servers/rs/complain.h"
#include "servers/rs/rs.h"

#define SPACE_T  PERIOD
#define RECENT_T (60 * PERIOD)
#define PEACE_T  (5 * PERIOD)
#define CREDIT_T (60 * PERIOD)
#define CREDIT   3

static struct rproc *disk, *term, *vfs, *fs, *other[4];

/* A block driver, another driver; VFS, a file server, and strangers. */
static int
begin(void **state)
{
	char label[] = "other0";
	size_t i;

	(void)fake_begin(state);
	disk = service("disk", 0);
	disk->pub->dev_nr = 3;
	disk->pub->dev_flags = RS_DEV_BLOCK;
	term = service("term", 0);
	term->pub->dev_nr = 4;
	term->pub->dev_flags = RS_DEV_CHAR;
	vfs = service("vfs", 0);
	vfs->pub->sys_flags = SF_CORE_SRV;
	fs = service("fs", 0);
	for (i = 0; i < sizeof other / sizeof other[0]; i++) {
		label[5] = (char)('0' + i);
		other[i] = service(label, 0);
		other[i]->uid = 12;
	}
	return 0;
}

/* A process complains; the status it would get. */
static int
complain_ep(endpoint_t from, endpoint_t about, int evidence)
{
	struct rs_complain_msg req = { about, evidence };
	struct message m = { .m_source = from, .m_type = RS_COMPLAIN };
	int before = replies(from);

	memcpy(m.m_body, &req, sizeof req);
	complain_take(&m, SENDREC);
	pm_run();
	assert_int_equal(replies(from), before + 1);
	return reply_status(from);
}

static int
complain(const struct rproc *from, const struct rproc *about, int evidence)
{
	return complain_ep(from->pub->endpoint, about->pub->endpoint, evidence);
}

/* Complain until the accused is another instance; how often that took, each a
 * moment after the one before. 0: it is the same after a hundred. */
static int
words_needed(const struct rproc *from, struct rproc *about, int evidence)
{
	const endpoint_t before = about->pub->endpoint;
	int n;

	for (n = 1; n <= 100; n++) {
		(void)complain(from, about, evidence);
		if (about->pub->endpoint != before) {
			report(about->pub->endpoint, OK);
			return n;
		}
		pass(SPACE_T);
	}
	return 0;
}

static void
test_rank_and_evidence_decide(void **state)
{
	static const struct {
		struct rproc **from, **about;
		int proof, suspicion;
	} rows[] = {
		{ &vfs, &disk, 1, 2 },
		{ &vfs, &term, 1, 2 },
		{ &vfs, &fs, 1, 2 },
		{ &vfs, &other[0], 1, 2 },
		{ &fs, &disk, 1, 2 },
		{ &fs, &term, 0, 0 },
		{ &term, &disk, 0, 0 },
		{ &other[0], &fs, 0, 0 },
	};

	size_t i;
	int e, n;

	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		for (e = 1; e < SEF_EVIDENCE_END; e++) {
			(void)begin(state);
			n = e <= SEF_BAD_IDENTITY || e == SEF_NO_ANSWER
			    ? rows[i].proof
			    : rows[i].suspicion;
			assert_int_equal(
			    words_needed(*rows[i].from, *rows[i].about, e), n);
		}
	}
}

static void
test_only_a_superusers_file_server_is_a_user_of_the_disk(void **state)
{
	(void)state;
	fs->uid = 12;
	assert_int_equal(words_needed(fs, disk, SEF_BAD_STATUS), 0);
	fs->uid = 0;
	fs->pub->dev_nr = 7;
	assert_int_equal(words_needed(fs, disk, SEF_BAD_STATUS), 0);
	fs->pub->dev_nr = 0;
	assert_int_equal(words_needed(fs, disk, SEF_BAD_STATUS), 1);
}

static void
test_the_accused_is_back_at_once_and_told(void **state)
{
	const endpoint_t before = disk->pub->endpoint;
	int i;

	(void)state;
	for (i = 0; i < 6; i++) { /* no back-off however often */
		assert_int_equal(words_needed(vfs, disk, SEF_BAD_STATUS), 1);
		pass(CREDIT_T);
	}
	assert_int_equal(killed(before), 1);
	assert_false(disk->flags & (RF_REFRESHING | RF_EXITING));
	assert_int_equal(disk->complaints.verdicts, 6);
}

static void
test_strangers_need_company(void **state)
{
	const endpoint_t ep = term->pub->endpoint;
	int i;

	(void)state;
	assert_status(complain(other[0], term, SEF_BAD_STATUS), OK);
	assert_int_equal(killed(ep), 0);
	assert_status(complain(other[1], term, SEF_BAD_STATUS), OK);
	assert_int_equal(killed(ep), 1);

	(void)begin(NULL);
	for (i = 0; i < 4; i++) {
		assert_int_equal(killed(term->pub->endpoint), 0);
		assert_status(complain(other[i], term, SEF_ONLY_ERRORS), OK);
	}
	assert_int_equal(killed(ep), 1);
}

static void
test_nobody_is_judged_under_a_debugger(void **state)
{
	(void)state;
	fake_debugged = disk->pub->endpoint;
	assert_status(complain(vfs, disk, SEF_NO_ANSWER), -EBUSY);
	assert_int_equal(killed(disk->pub->endpoint), 0);
	fake_debugged = NONE;
	assert_status(complain(vfs, disk, SEF_NO_ANSWER), OK);
}

static void
test_one_word_a_second_counts(void **state)
{
	const endpoint_t ep = disk->pub->endpoint;

	(void)state;
	assert_status(complain(vfs, disk, SEF_ONLY_ERRORS), OK);
	pass(SPACE_T - 1);
	assert_status(complain(vfs, disk, SEF_ONLY_ERRORS), -EAGAIN);
	assert_int_equal(killed(ep), 0);
	/* About another it may speak, and another of this one. */
	assert_status(complain(vfs, term, SEF_ONLY_ERRORS), OK);
	pass(1);
	assert_status(complain(vfs, disk, SEF_ONLY_ERRORS), OK);
	assert_int_equal(killed(ep), 1);
}

static void
test_old_words_are_forgotten(void **state)
{
	const endpoint_t ep = disk->pub->endpoint;

	(void)state;
	assert_status(complain(vfs, disk, SEF_ONLY_ERRORS), OK);
	pass(RECENT_T);
	assert_status(complain(vfs, disk, SEF_ONLY_ERRORS), OK);
	assert_int_equal(killed(ep), 0);
	pass(RECENT_T - 1);
	assert_status(complain(vfs, disk, SEF_ONLY_ERRORS), OK);
	assert_int_equal(killed(ep), 1);
}

static void
test_words_of_the_dead_do_not_count(void **state)
{
	const endpoint_t ep = term->pub->endpoint;

	(void)state;
	assert_status(complain(other[0], term, SEF_BAD_STATUS), OK);
	down(CLIENT(0), "other0");
	leave(other[0]->pub->endpoint, 0);
	assert_null(rproc_by_label("other0"));
	assert_status(complain(other[1], term, SEF_BAD_STATUS), OK);
	assert_int_equal(killed(ep), 0);
}

/* Nor are they those of the next service that has the row. */
static void
test_a_row_has_no_words_of_the_one_before(void **state)
{
	struct rproc *const row = other[0];
	struct rproc *next;

	(void)state;
	assert_status(complain(row, term, SEF_BAD_STATUS), OK);
	down(CLIENT(0), "other0");
	leave(row->pub->endpoint, 0);
	next = service("next", 0);
	assert_ptr_equal(next, row);
	assert_status(complain(next, term, SEF_BAD_STATUS), OK);
	assert_int_equal(killed(term->pub->endpoint), 0);
	assert_status(complain(other[1], term, SEF_BAD_STATUS), OK);
	assert_int_equal(next->complaints.spent, 1);
}

static void
test_peace_after_a_verdict(void **state)
{
	endpoint_t ep;

	(void)state;
	assert_int_equal(words_needed(vfs, disk, SEF_BAD_STATUS), 1);
	ep = disk->pub->endpoint;
	pass(PEACE_T - 1);
	assert_status(complain(fs, disk, SEF_BAD_STATUS), -EAGAIN);
	pass(1);
	assert_status(complain(fs, disk, SEF_BAD_STATUS), OK);
	assert_int_equal(killed(ep), 1);
}

static void
test_a_liar_loses_its_voice(void **state)
{
	static const int needed[CREDIT] = { 1, 2, 4 };
	int i;

	(void)state;
	for (i = 0; i < CREDIT; i++) {
		assert_int_equal(words_needed(vfs, disk, SEF_BAD_STATUS),
		    needed[i]);
		pass(PEACE_T);
	}
	assert_status(complain(vfs, disk, SEF_BAD_STATUS), -EAGAIN);
	/* Not about another service either, nor as a new instance. */
	assert_status(complain(vfs, term, SEF_BAD_STATUS), -EAGAIN);
	pass(CREDIT_T - PEACE_T - 1);
	assert_status(complain(vfs, term, SEF_BAD_STATUS), -EAGAIN);
	pass(1);
	assert_status(complain(vfs, term, SEF_BAD_STATUS), OK);
}

static void
test_a_new_instance_of_a_liar_is_no_other(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < CREDIT; i++) {
		(void)words_needed(fs, disk, SEF_BAD_STATUS);
		pass(PEACE_T);
	}
	crash(fs->pub->endpoint);
	assert_int_not_equal(fs->pub->endpoint, NONE);
	report(fs->pub->endpoint, OK);
	assert_status(complain(fs, disk, SEF_BAD_STATUS), -EAGAIN);
}

/* A liar that speaks whenever it may: how long is the service gone? */
static void
test_no_liar_keeps_a_service_down(void **state)
{
	int i, ends = 0;
	endpoint_t ep = disk->pub->endpoint;

	(void)state;
	for (i = 0; i < 1000; i++) {
		(void)complain(vfs, disk, SEF_BAD_STATUS);
		assert_int_not_equal(disk->pub->endpoint, NONE);
		if (disk->pub->endpoint != ep) {
			ep = disk->pub->endpoint;
			report(ep, OK);
			ends++;
		}
		pass(PERIOD);
	}
	assert_in_range(ends, CREDIT, CREDIT + 1000 / 60);
}

static void
test_no_gang_keeps_a_service_down(void **state)
{
	endpoint_t ep = disk->pub->endpoint;
	int i, j, ends = 0;

	(void)state;
	for (i = 0; i < 300; i++) {
		for (j = 0; j < 4; j++)
			(void)complain_ep(other[j]->pub->endpoint, ep,
			    SEF_BAD_LENGTH);
		assert_int_not_equal(disk->pub->endpoint, NONE);
		if (disk->pub->endpoint != ep) {
			ep = disk->pub->endpoint;
			report(ep, OK);
			ends++;
		}
		pass(PERIOD);
	}
	assert_in_range(ends, 1, 4 * (CREDIT + 300 / 60));
}

static void
test_every_voter_pays_once(void **state)
{
	(void)state;
	assert_status(complain(vfs, disk, SEF_ONLY_ERRORS), OK);
	pass(SPACE_T);
	assert_status(complain(vfs, disk, SEF_ONLY_ERRORS), OK);
	assert_int_equal(vfs->complaints.spent, 1);
	assert_status(complain(other[0], term, SEF_BAD_STATUS), OK);
	assert_status(complain(other[1], term, SEF_BAD_STATUS), OK);
	assert_int_equal(other[0]->complaints.spent, 1);
	assert_int_equal(other[1]->complaints.spent, 1);
	assert_int_equal(fs->complaints.spent, 0);
}

static void
test_only_services_are_heard(void **state)
{
	const endpoint_t ep = disk->pub->endpoint;
	const endpoint_t users[] = { ROOT, CLIENT(0), STRANGER };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof users / sizeof users[0]; i++)
		assert_status(complain_ep(users[i], ep, SEF_BAD_STATUS),
		    -EPERM);
	assert_int_equal(killed(ep), 0);
}

static void
test_wrong_complaints(void **state)
{
	const endpoint_t disk_before = disk->pub->endpoint;
	static const int none[] = { 0, -1, SEF_EVIDENCE_END, INT32_MAX,
		INT32_MIN };
	const endpoint_t nobody[] = { NONE, ANY, SELF, ROOT, -1, INT32_MAX,
		INT32_MIN };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof none / sizeof none[0]; i++)
		assert_status(complain(vfs, disk, none[i]), -EINVAL);
	for (i = 0; i < sizeof nobody / sizeof nobody[0]; i++)
		assert_status(
		    complain_ep(vfs->pub->endpoint, nobody[i], SEF_BAD_STATUS),
		    -ESRCH);
	assert_status(complain(fs, fs, SEF_BAD_STATUS), -EPERM);
	assert_status(complain(fs, vfs, SEF_BAD_STATUS), -EPERM);
	assert_int_equal(vfs->complaints.spent, 0);
	crash(disk_before);
	report(disk->pub->endpoint, OK);
	assert_status(
	    complain_ep(vfs->pub->endpoint, disk_before, SEF_BAD_STATUS),
	    -ESRCH);
	assert_int_equal(killed(disk->pub->endpoint), 0);
}

static void
test_what_is_about_to_change_is_left_alone(void **state)
{
	(void)state;
	refresh(CLIENT(0), "disk");
	assert_status(complain(vfs, disk, SEF_BAD_STATUS), -EBUSY);
	leave(disk->pub->endpoint, 0);
	assert_status(complain(vfs, disk, SEF_BAD_STATUS), -EBUSY);
	report(disk->pub->endpoint, OK);
	rs_shutting_down = true;
	assert_status(complain(vfs, disk, SEF_BAD_STATUS), -EBUSY);
	rs_shutting_down = false;
	assert_status(complain(vfs, disk, SEF_BAD_STATUS), OK);
}

static void
test_who_does_not_wait_gets_no_answer(void **state)
{
	struct rs_complain_msg req = { disk->pub->endpoint, SEF_BAD_STATUS };
	struct message m = { .m_source = vfs->pub->endpoint };
	const int before = replies(vfs->pub->endpoint);

	(void)state;
	memcpy(m.m_body, &req, sizeof req);
	complain_take(&m, SENDA);
	pm_run();
	assert_int_equal(replies(vfs->pub->endpoint), before);
	assert_int_equal(killed(req.ep), 1);
	complain_take(&m, SENDA); /* nor an error */
	assert_int_equal(replies(vfs->pub->endpoint), before);
}

static void
test_what_runs_once_is_not_started_again(void **state)
{
	(void)state;
	fs->flags |= RF_ONCE;
	assert_status(complain(vfs, fs, SEF_BAD_STATUS), OK);
	assert_null(rproc_by_label("fs"));
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup(name, begin)
	const struct CMUnitTest tests[] = {
		T(test_rank_and_evidence_decide),
		T(test_only_a_superusers_file_server_is_a_user_of_the_disk),
		T(test_the_accused_is_back_at_once_and_told),
		T(test_strangers_need_company),
		T(test_nobody_is_judged_under_a_debugger),
		T(test_one_word_a_second_counts),
		T(test_old_words_are_forgotten),
		T(test_words_of_the_dead_do_not_count),
		T(test_a_row_has_no_words_of_the_one_before),
		T(test_peace_after_a_verdict),
		T(test_a_liar_loses_its_voice),
		T(test_a_new_instance_of_a_liar_is_no_other),
		T(test_no_liar_keeps_a_service_down),
		T(test_no_gang_keeps_a_service_down),
		T(test_every_voter_pays_once),
		T(test_only_services_are_heard),
		T(test_wrong_complaints),
		T(test_what_is_about_to_change_is_left_alone),
		T(test_who_does_not_wait_gets_no_answer),
		T(test_what_runs_once_is_not_started_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
