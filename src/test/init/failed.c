/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves B1. A service whose callback fails serves nobody, not for a moment,
 * and does not begin again.
 */
#include "test/init/client.h"
#include "test/program/program.h"

static void
fails_with(int result, const char *served, const char *begun)
{
	start_clear();
	start.plan[0].result = result;
	(void)start_up("t.failed"); /* whatever RS thinks of it */
	(void)starts_wait(1);
	pause_ms(300);
	EXPECT_NUMBER(served, start.served, 0);
	EXPECT_NUMBER(begun, start.begun, 1);
	(void)label_request(RS_DOWN, "t.failed"); /* if it is still there */
}

int
main(int argc, char **argv)
{
	test_begin(argc, argv, "init-failed");
	fails_with(-EIO, "eio", "begun-eio");
	fails_with(-ENOSYS, "enosys", "begun-enosys");
	fails_with(7, "seven", "begun-seven");

	/* One that does not fail is seen to serve. */
	start_clear();
	EXPECT_STATUS("up", start_up("t.well"), OK);
	EXPECT_NUMBER("serves", served_wait(), 1);
	EXPECT_ADDR("word", start.seen[0].word, word_of(SEF_INIT_FRESH));
	CHECK_STATUS(label_request(RS_DOWN, "t.well"), OK);
	return report_end();
}
