/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves B1, B2, B8. Whoever starts a service is told how its initialisation
 * ended, when that is known and not before. One that failed is forgotten, at
 * its first start or a later one.
 */
#include <sys/wait.h>
#include <unistd.h>

#include "test/init/client.h"
#include "test/program/program.h"

/* The answer waits for the report. */
static void
late(void)
{
	const uint32_t began = now_ms();

	start.plan[0].delay = 30;
	EXPECT_STATUS("up", start_up("t.late"), OK);
	EXPECT_NUMBER("ended-before", start.ended, 1);
	CHECK_GE(now_ms() - began, 250);
	CHECK(served_wait());
	CHECK_STATUS(label_request(RS_DOWN, "t.late"), OK);
}

static void
fails_with(const char *name, int result)
{
	start_clear();
	start.plan[0].result = result;
	start.plan[0].delay = 10;
	EXPECT_STATUS(name, start_up("t.fails"), result);
	CHECK(gone_wait("t.fails"));
	pause_ms(200);
	CHECK_EQ(start.begun, 1);
	CHECK_EQ(start.served, 0);
}

/* An error that no program can know beforehand. */
static void
fails_somehow(void)
{
	fails_with("drawn",
	    -1 - (int)(nonce_u32(report_nonce(), "error", 0) % 30));
}

/* What has failed leaves nothing: its label is free. */
static void
then_works(void)
{
	start_clear();
	EXPECT_STATUS("afterwards", start_up("t.fails"), OK);
	CHECK(served_wait());
	CHECK_STATUS(start_up("t.fails"), -EEXIST);
	CHECK_STATUS(label_request(RS_DOWN, "t.fails"), OK);
}

/* One that has worked, and says that it cannot start again. */
static void
fails_later(void)
{
	start_clear();
	start.plan[1].result = -ENOSYS;
	CHECK_STATUS(start_up("t.later"), OK);
	start.order = DO_CRASH;
	start.box.asked++;
	EXPECT_NUMBER("second", starts_wait(2), 1);
	EXPECT_NUMBER("given-up", gone_wait("t.later"), 1);
	pause_ms(500);
	EXPECT_NUMBER("starts", start.begun, 2);
}

/* RS does other things while a service initialises. */
static int
waits_for_it(void)
{
	start_clear();
	start.plan[0].delay = 100;
	return start_up("t.slow") == OK ? 0 : 1;
}

static void
others(void)
{
	int pid = fork();
	struct rs_info info = { .flags = 0 };

	if (pid == 0)
		_exit(waits_for_it());
	CHECK(listed_wait("t.slow", &info));
	CHECK(info.flags & RSI_INITIALIZING);
	start_clear();
	EXPECT_STATUS("other", start_up("t.other"), OK);
	CHECK_STATUS(label_request(RS_DOWN, "t.other"), OK);
	CHECK_STATUS(label_request(RS_REFRESH, "t.slow"), -EBUSY);
	EXPECT_NUMBER("not-yet", waitpid(pid, NULL, WNOHANG), 0);
	CHECK_EQ(child_end(pid), 0);
	CHECK(listed("t.slow", &info) && !(info.flags & RSI_INITIALIZING));
	CHECK_STATUS(label_request(RS_DOWN, "t.slow"), OK);
}

int
main(int argc, char **argv)
{
	test_begin(argc, argv, "init-report");
	late();
	fails_with("eio", -EIO);
	fails_with("enosys", -ENOSYS);
	fails_with("einval", -EINVAL);
	fails_somehow();
	then_works();
	fails_later();
	others();
	return report_end();
}
