/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A lab's manifest, labs/LAB/manifest.yaml: the exercises, the tests and
 * what they prove, the files a submission may hold.
 *
 * The fields below are the manifest's keys, with '-' for '_'. The tests'
 * expected observations are in labs/LAB/check/TEST.yaml, a list of checks.
 * A test that asks for the guest's memory (expr.h) is booted so that it can
 * be looked at; nothing has to be said about that here.
 *
 * An unknown key, a missing one, points that do not add up to 100, a test
 * of no exercise or one that proves no requirement is an error; so is a unit
 * or backed test that requires no other test of its exercise.
 */
#pragma once

#include "grader/base/base.h"

/** One expected observation of a test. */
struct check {
	char *obs;    /**< its name, or that of a rule (report_rule()) */
	char *expect; /**< an expression, see expr.h; NULL for a rule */
	char *req;    /**< requirement it proves, if not the test's first */
	char *why;    /**< what it means, for people */
};

struct test {
	char *id;       /**< its program is /test/ID */
	char *title;    /**< the sentence it proves */
	char *exercise; /**< id */
	unsigned int points;
	unsigned int group;     /**< tests of a group share one boot */
	unsigned int seconds;   /**< emulated seconds it may take; 0: 20 */
	unsigned int schedules; /**< its first ones; 0: all, a unit test 1 */
	char *from;      /**< later exercise that it needs, too, or NULL */
	bool sanity;     /**< if it fails, everything scores zero */
	bool deaths;     /**< services are meant to die in it */
	bool unit;       /**< a unit test: counts if what it requires passes */
	bool backed;     /**< so does this one: the stub would pass it, too */
	char **requires; /**< tests that must pass first */
	unsigned int requires_count;
	char **proves; /**< requirements */
	unsigned int proves_count;
	struct check *checks; /**< from check/ID.yaml */
	unsigned int checks_count;
};

struct exercise {
	char *id, *title, *difficulty, *hours;
	unsigned int points; /**< sum of its tests', filled in */
};

/** What is different in the boots of a group of tests. */
struct boot_group {
	unsigned int group;
	char *params; /**< boot parameters, in place of the lab's */
};

struct requirement {
	char *id, *text;
};

struct lab {
	char *id, *title, *works;
	char **depends; /**< labs to do first */
	unsigned int depends_count;
	char **proves; /**< what it proves of mk/requirements.txt, optional */
	unsigned int proves_count;
	unsigned int stub_score;  /**< what the bare stub must score */
	unsigned int schedules;   /**< boots of each group */
	char *params;             /**< boot parameters of all, or NULL */
	struct boot_group *boots; /**< of groups that have others */
	unsigned int boots_count;
	unsigned int budget; /**< million instructions a boot may take */
	char **extra; /**< files a submission may add, beside the stub's */
	unsigned int extra_count;
	char **fixed; /**< files of the stub that no submission replaces */
	unsigned int fixed_count;
	struct requirement *requirements;
	unsigned int requirements_count;
	struct exercise *exercises;
	unsigned int exercises_count;
	struct test *tests;
	unsigned int tests_count;

	char *dir;               /**< labs/LAB */
	struct strings stubs;    /**< files under stub/, as src/... */
	struct strings editable; /**< these less `fixed`, and `extra`; sorted */
};

/**
 * Load a lab with its checks, and verify it.
 *
 * @param[in]  root top of the source tree
 * @param[in]  id   the lab
 * @param[out] why  what is wrong with it, for free(); set only on failure
 *
 * @return the lab for lab_free(), or NULL
 */
struct lab *lab_load(const char *root, const char *id, char **why);

/** A test of a lab by its id. @param[in] lab the lab @param[in] id the test
 * @return the test, or NULL */
const struct test *lab_test(const struct lab *lab, const char *id);

/** Is a test run under a schedule? @param[in] t the test
 * @param[in] seed the schedule, from 1 @return whether it is */
bool test_runs_under(const struct test *t, unsigned int seed);

/**
 * Boot parameters for a group of tests.
 *
 * @param[in] lab   the lab
 * @param[in] group the group
 * @return the parameters, or NULL: none
 */
const char *lab_params(const struct lab *lab, unsigned int group);

/** Whether code of a submission runs in the kernel or in VM, to whom all memory
 * is open: what reports is looked at from outside then. @param[in] lab the lab
 * @return whether one of its files is theirs */
bool lab_is_inside(const struct lab *lab);

/**
 * The place of an exercise among the others.
 *
 * @param[in] lab the lab
 * @param[in] id  of the exercise, which is there
 * @return from 0 on
 */
unsigned int exercise_index(const struct lab *lab, const char *id);

/**
 * The points of a solution in which just the first exercises are done.
 *
 * @param[in] lab the lab
 * @param[in] k   the last exercise that is, from 0 on
 * @return points of the tests that pass then
 */
unsigned int lab_score_after(const struct lab *lab, unsigned int k);

/**
 * Free a lab.
 *
 * @param[in] lab from lab_load(), or NULL
 */
void lab_free(struct lab *lab);
