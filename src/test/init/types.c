/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves B1, B3. Each start runs the callback it is for, and tells it what RS
 * says: who it is, who it was, how often it was started again, and where RS's
 * table is, which every service may read and none may write.
 */
#include "test/init/client.h"

/* What start number i was told. */
static void
seen(uint32_t i, int type, endpoint_t ep, endpoint_t old)
{
	const struct start_seen *s = &start.seen[i];

	report_note("start %u", (unsigned int)i);
	CHECK_EQ(s->type, type);
	CHECK_EQ(s->endpoint, ep);
	CHECK_EQ(s->old_endpoint, old);
	CHECK_EQ(s->restarts, i);
	CHECK_EQ(s->listed, 1);
	CHECK_STATUS(s->stored, -EPERM);
}

/* Where it runs now. */
static endpoint_t
place(void)
{
	struct rs_info info = { .pub = { .endpoint = NONE } };

	(void)listed("t.types", &info); /* then it is NONE */
	return info.pub.endpoint;
}

int
main(int argc, char **argv)
{
	endpoint_t first, second;

	test_begin(argc, argv, "init-types");
	EXPECT_STATUS("up", start_up("t.types"), OK);
	first = agent;
	CHECK(served_wait());
	EXPECT_ADDR("fresh", start.seen[0].word, word_of(SEF_INIT_FRESH));
	seen(0, SEF_INIT_FRESH, first, NONE);

	start.order = DO_CRASH;
	start.box.asked++;
	EXPECT_NUMBER("crashed", starts_wait(2) && served_wait(), 1);
	second = place();
	CHECK_NE(second, first);
	EXPECT_ADDR("restarted", start.seen[1].word, word_of(SEF_INIT_RESTART));
	seen(1, SEF_INIT_RESTART, second, first);

	CHECK_STATUS(label_request(RS_REFRESH, "t.types"), OK);
	EXPECT_NUMBER("refreshed", starts_wait(3) && served_wait(), 1);
	EXPECT_ADDR("again", start.seen[2].word, word_of(SEF_INIT_RESTART));
	seen(2, SEF_INIT_RESTART, place(), second);
	EXPECT_NUMBER("starts", start.begun, 3);
	CHECK_STATUS(label_request(RS_DOWN, "t.types"), OK);
	return report_end();
}
