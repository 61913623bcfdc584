/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves B1, B2. Reports of those that were not asked change nothing: of
 * programs, in the middle of somebody else's initialisation; of a service that
 * is up already. If they wait for an answer they get one, else nothing.
 */
#include <string.h>
#include <unistd.h>

#include <lacuna/msgcall.h>
#include <proto/sef.h>

#include "test/init/client.h"
#include "test/program/program.h"

/* A report of this program. */
static int
forge(int result)
{
	struct rs_init_msg init = { .result = result, .endpoint = agent };

	return msg_call(RS_PROC_NR, RS_INIT, &init, sizeof init, NULL, 0);
}

static int
user_forges(void)
{
	return setuid(100) == 0 && forge(OK) == -EPERM ? 0 : 1;
}

/* In a child: start a service that takes a while, and succeeds or not. */
static int
slow(int result)
{
	start_clear();
	start.plan[0].delay = 100;
	start.plan[0].result = result;
	return start_up("t.slow") == result ? 0 : 1;
}

/* Somebody says the contrary of what it will. */
static void
during(const char *name, int result, int claim)
{
	int pid = fork();
	struct rs_info info = { .flags = 0 };

	if (pid == 0)
		_exit(slow(result));
	CHECK(listed_wait("t.slow", &info));
	agent = info.pub.endpoint;
	EXPECT_STATUS(name, forge(claim), -EPERM);
	CHECK_EQ(child(user_forges), 0);
	CHECK(listed("t.slow", &info) && info.flags & RSI_INITIALIZING);
	CHECK_EQ(child_end(pid), 0);
	(void)label_request(RS_DOWN, "t.slow"); /* there is one, or none */
}

/* A service that is up reports once more. */
static void
once_more(int result)
{
	start.order = DO_REPORT;
	start.result = result;
	mailbox_ask(&start.box);
	CHECK_STATUS(start.result, -EPERM);
	start.order = DO_REPORT_ASYNC;
	start.result = result;
	mailbox_ask(&start.box);
	CHECK_STATUS(start.result, OK);
	CHECK(served_wait());
}

int
main(int argc, char **argv)
{
	struct rs_info info;

	test_begin(argc, argv, "init-forged");
	during("well", OK, -EIO);
	during("badly", -EIO, OK);

	start_clear();
	CHECK_STATUS(start_up("t.up"), OK);
	once_more(OK);
	once_more(-EIO);
	once_more(7);
	EXPECT_NUMBER("strays", start.strays, 0);
	EXPECT_NUMBER("starts", start.begun, 1);
	CHECK(listed("t.up", &info) && !(info.flags & RSI_INITIALIZING));
	EXPECT_ADDR("word", start.seen[0].word, word_of(SEF_INIT_FRESH));
	CHECK_STATUS(label_request(RS_DOWN, "t.up"), OK);
	return report_end();
}
