/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves B1, B2, B8, C3. A service that ends before its report, or does not
 * report in time, is gone at its first start, and whoever started it knows why;
 * one that has worked before is tried again. Ten seconds are ten seconds.
 */
#include <stdlib.h>
#include <unistd.h>

#include "test/init/client.h"
#include "test/program/program.h"

#define LIMIT 10000 /* ms that a service may take */
#define SLACK 2500  /* until RS has looked, twice, and it is ended */

static void
ends(const char *name, uint32_t how, int result, int told)
{
	start_clear();
	start.plan[0].end = how;
	start.plan[0].result = result;
	EXPECT_STATUS(name, start_up("t.ends"), told);
	CHECK(gone_wait("t.ends"));
	pause_ms(200);
	CHECK_EQ(start.begun, 1);
}

/* How long is one that says nothing waited for, and what is said then? */
static int
silent(int how)
{
	uint32_t began, took;

	start_clear();
	start.plan[0].end = (uint32_t)how;
	began = now_ms();
	if (start_up(how == END_LOOP ? "t.loop" : "t.wait") != -ETIMEDOUT)
		return 1;
	took = now_ms() - began;
	if (took < LIMIT)
		return 2;
	return took > LIMIT + SLACK ? 3 : 0;
}

/* A service that takes nearly as long as it may is in time. */
static int
slow(void)
{
	start_clear();
	start.plan[0].delay = (LIMIT - 700) / 10;
	if (start_up("t.slow") != OK)
		return 1;
	return label_request(RS_DOWN, "t.slow") == OK ? 0 : 2;
}

/* One that has worked fails to begin again, in a way that may pass. */
static void
comes_back(const char *name, uint32_t how)
{
	start_clear();
	start.plan[1].end = how;
	CHECK_STATUS(start_up("t.back"), OK);
	start.order = DO_CRASH;
	start.box.asked++;
	CHECK(starts_wait(2));
	EXPECT_NUMBER(name, starts_wait(3) && served_wait(), 1);
	CHECK_ADDR(start.seen[2].word, word_of(SEF_INIT_RESTART));
	CHECK_STATUS(label_request(RS_DOWN, "t.back"), OK);
}

int
main(int argc, char **argv)
{
	int wait, late;

	test_begin(argc, argv, "init-end");
	wait = fork();
	if (wait == 0)
		_exit(silent(END_WAIT));
	late = fork();
	if (late == 0)
		_exit(slow());
	ends("crash", END_CRASH, OK, -EINTR);
	ends("leave", END_LEAVE, OK, -EPROTO);
	ends("leave-error", END_LEAVE, -ENODEV, -EPROTO);
	comes_back("crash-again", END_CRASH);
	comes_back("leave-again", END_LEAVE);
	EXPECT_NUMBER("wait", child_end(wait), 0);
	EXPECT_NUMBER("late", child_end(late), 0);
	EXPECT_NUMBER("loop", silent(END_LOOP),
	    0); /* alone: it hinders others */
	CHECK(!listed("t.loop", NULL) && !listed("t.wait", NULL));
	return report_end();
}
