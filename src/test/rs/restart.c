/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A service that crashes, is killed, does not answer pings or is refreshed
 * comes back under its label; so do those of the boot image. One that is to
 * go down goes, whether it wants or not. Proves C1, C3.
 */
#include <signal.h>
#include <unistd.h>

#include "test/report/report.h"
#include "test/rs/client.h"

/* Kill a service; does it come back? */
static bool
revives(const char *label, int sig)
{
	struct rs_info info = { 0 };

	return agent_info(label, &info) && kill(info.pid, sig) == 0 &&
	    agent_again(label, &info);
}

/* Does a service that does not answer pings come back, one that does stay? */
static void
pings(void)
{
	struct rs_info deaf = { 0 }, fine = { 0 }, now = { 0 };

	CHECK(agent_up("t.deaf", "deaf", 0, 20) == OK);
	CHECK(agent_up("t.fine", "ok", 0, 20) == OK);
	CHECK(agent_info("t.deaf", &deaf) && agent_info("t.fine", &fine));
	CHECK(agent_again("t.deaf", &deaf));
	CHECK(agent_info("t.fine", &now) &&
	    now.pub.endpoint == fine.pub.endpoint);
	CHECK(label_request(RS_DOWN, "t.deaf") == OK);
	CHECK(label_request(RS_DOWN, "t.fine") == OK);
}

int
main(int argc, char **argv)
{
	struct rs_info info = { 0 };

	report_begin("rs-restart", argc > 1 ? argv[1] : NULL);
	CHECK(agent_up("t.a", "ok", 0, 0) == OK);
	CHECK(revives("t.a", SIGSEGV));
	CHECK(agent_info("t.a", &info) && info.restarts == 1);
	CHECK(label_request(RS_RESTART, "t.a") == -EBUSY);
	CHECK(label_request(RS_REFRESH, "t.a") == OK);
	CHECK(agent_again("t.a", &info));
	CHECK(label_request(RS_DOWN, "t.a") == OK);
	CHECK(agent_up("t.die", "die", 0, 0) == OK);
	CHECK(agent_info("t.die", &info) && agent_again("t.die", &info));
	CHECK(label_request(RS_DOWN, "t.die") == OK);
	CHECK(agent_up("t.stay", "stubborn", 0, 0) == OK);
	CHECK(label_request(RS_DOWN, "t.stay") == OK);
	CHECK(!agent_info("t.stay", &info));
	pings();
	CHECK(revives("log", SIGKILL));
	CHECK(revives("is", SIGABRT));
	return report_end();
}
