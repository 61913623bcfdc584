/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The result of a service's initialisation reaches who started it, and a
 * service that fails there is not started again. Proves B1, B2, B8, C1.
 */
#include "test/report/report.h"
#include "test/rs/client.h"

int
main(int argc, char **argv)
{
	struct rs_info info;

	report_begin("rs-init", argc > 1 ? argv[1] : NULL);
	CHECK(agent_up("t.ok", "ok", 0, 0) == OK);
	CHECK(agent_info("t.ok", &info) && info.restarts == 0);
	CHECK(label_request(RS_LOOKUP, "t.ok") == OK);
	CHECK(agent_up("t.ok", "ok", 0, 0) == -EEXIST);
	CHECK(agent_up("t.fail", "fail", 0, 0) == -EIO);
	CHECK(!agent_info("t.fail", &info));
	CHECK(agent_up("t.crash", "crash", 0, 0) == -EINTR);
	CHECK(!agent_info("t.crash", &info));
	CHECK(agent_up("t.hang", "hang", 0, 0) == -ETIMEDOUT);
	CHECK(label_request(RS_LOOKUP, "t.hang") == -ESRCH);
	CHECK(agent_up("t.quit", "quit", RSS_ONCE | RSS_WAIT_END, 0) == 7);
	CHECK(!agent_info("t.quit", &info));
	CHECK(label_request(RS_DOWN, "t.ok") == OK);
	CHECK(!agent_info("t.ok", &info));
	return report_end();
}
