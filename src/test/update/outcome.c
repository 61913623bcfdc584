/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves C6. Whoever asks for an update learns what has become of it, and
 * whatever that is, the next update is as good as the first: limits, other
 * requests meanwhile, services that die while they get ready, next instances
 * that fail, programs that are new.
 */
#include "test/update/client.h"

#include <unistd.h>

#include <lacuna/msgcall.h>
#include <proto/sef.h>

#include "test/program/program.h"

#define COMMAND "service update " UPDATE_LABEL " -program "
#define QUIET   " 2>/dev/null"

#define ANY_STATE SEF_LU_STATE_WORK_FREE

static clock_ticks
limit(void)
{
	return RS_UPDATE_MAX * (clock_ticks)sysconf(_SC_CLK_TCK);
}

/* An update that works, of the same service as before. */
static void
clean_update(void)
{
	const struct update_set_req ready = { 0 };

	CHECK_STATUS(agent_plan(&ready), OK);
	CHECK_STATUS(update(UPDATE_LABEL, ANY_STATE, 0), OK);
	CHECK(agent_replaced());
	CHECK(agent_look()->init_type == SEF_INIT_LU);
}

static int
as_user(void)
{
	if (setuid(1000) != 0)
		return 1;
	return update(UPDATE_LABEL, ANY_STATE, 0) == -EPERM ? 0 : 2;
}

static void
limits(void)
{
	CHECK_STATUS(update(UPDATE_LABEL, ANY_STATE, 0), OK);
	CHECK(agent_replaced());
	CHECK_STATUS(update(UPDATE_LABEL, ANY_STATE, limit()), OK);
	CHECK(agent_replaced());
	CHECK_STATUS(update(UPDATE_LABEL, ANY_STATE, limit() + 1), -EINVAL);
	CHECK_STATUS(update(UPDATE_LABEL, ANY_STATE, (clock_ticks)-1), -EINVAL);
	CHECK_STATUS(update(UPDATE_LABEL, SEF_LU_STATE_NULL, 0), -EINVAL);
	CHECK_STATUS(update(UPDATE_LABEL, -1, 0), -EINVAL);
	CHECK_STATUS(update("rs", ANY_STATE, 0), -EPERM);
	CHECK_STATUS(update("vm", ANY_STATE, 0), -EPERM);
	CHECK_STATUS(update("t.unknown", ANY_STATE, 0), -ESRCH);
	CHECK_STATUS(update("", ANY_STATE, 0), -ESRCH);
	CHECK(child(as_user) == 0);
	CHECK(agent_stays());
}

/* While one is under way. Traps T18, T19. */
static void
meanwhile(void)
{
	const struct update_set_req never = { .patience = 1000 };
	const struct update_set_req ready = { 0 };
	struct rs_info info = { .flags = 0 };
	int pid;

	CHECK_STATUS(agent_plan(&never), OK);
	pid = update_start(ANY_STATE, limit(), 0);
	CHECK_STATUS(label_request(RS_DOWN, UPDATE_LABEL), -EBUSY);
	CHECK_STATUS(label_request(RS_REFRESH, UPDATE_LABEL), -EBUSY);
	CHECK_STATUS(label_request(RS_RESTART, UPDATE_LABEL), -EBUSY);
	CHECK_STATUS(agent_up(UPDATE_LABEL, "ok", 0, 0), -EBUSY);
	CHECK_STATUS(update(UPDATE_LABEL, ANY_STATE, 0), -EBUSY);
	CHECK_STATUS(update("log", ANY_STATE, 0), -EBUSY);
	CHECK_STATUS(agent_up("t.other", "ok", 0, 0), OK);
	CHECK_STATUS(label_request(RS_DOWN, "t.other"), OK);
	CHECK(agent_info(UPDATE_LABEL, &info) && info.flags == RSI_UPDATING);
	CHECK_STATUS(agent_plan(&ready), OK);
	CHECK_STATUS(update_result(pid), OK);
	CHECK(agent_info(UPDATE_LABEL, &info) && info.flags == 0);
	CHECK(agent_replaced());
}

/* It ends while it gets ready. */
static void
dies(int how)
{
	const struct update_set_req plan = { .prepare = how };
	struct rs_info info = { .flags = 0 };

	CHECK_STATUS(agent_begin(), OK); /* anew: no failures before */
	CHECK(agent_info(UPDATE_LABEL, &info));
	CHECK_STATUS(agent_plan(&plan), OK);
	CHECK_STATUS(update(UPDATE_LABEL, ANY_STATE, 0), -EINTR);
	CHECK(agent_again(UPDATE_LABEL, &info) && info.flags == 0);
	CHECK(agent_replaced());
	CHECK(agent_look()->init_type == SEF_INIT_RESTART);
	CHECK(agent_look()->counter == 1); /* lost; and asked once since */
	clean_update();
	CHECK_STATUS(agent_finish(), OK);
}

/* The next one fails: the service is started again as after a crash. */
static void
next_fails(int how, int status)
{
	const struct update_set_req plan = { .next = how };
	struct rs_info info = { .flags = 0 };

	CHECK_STATUS(agent_begin(), OK); /* anew: no failures before */
	CHECK(agent_info(UPDATE_LABEL, &info));
	CHECK_STATUS(agent_plan(&plan), OK);
	CHECK_STATUS(update(UPDATE_LABEL, ANY_STATE, 0), status);
	CHECK(agent_again(UPDATE_LABEL, &info) && info.flags == 0);
	CHECK(agent_replaced());
	CHECK(agent_look()->init_type == SEF_INIT_RESTART);
	clean_update();
	CHECK_STATUS(agent_finish(), OK);
}

/* A new program: it stays if it starts, and the old one comes back if not. */
static void
programs(void)
{
	struct rs_info info = { .flags = 0 };

	CHECK_STATUS(agent_begin(), OK);
	CHECK(agent_look()->version == 1);
	CHECK_STATUS(agent_ask(UPDATE_WORK), OK);
	CHECK(shell(COMMAND UPDATE_NEWER) == 0);
	CHECK(agent_replaced());
	CHECK(agent_look()->version == 2 && agent_look()->counter == 2);
	CHECK(agent_info(UPDATE_LABEL, &info));
	CHECK(shell(COMMAND UPDATE_BROKEN QUIET) == EIO);
	CHECK(agent_again(UPDATE_LABEL, &info));
	CHECK(agent_replaced());
	CHECK(agent_look()->version == 2);
	CHECK(agent_look()->init_type == SEF_INIT_RESTART);
	CHECK(shell(COMMAND "/etc/passwd" QUIET) == ENOEXEC);
	CHECK(shell(COMMAND "/none/such" QUIET) == ENOENT);
	CHECK(agent_stays());
	clean_update();
	CHECK(agent_look()->version == 2);
	CHECK_STATUS(agent_finish(), OK);
}

/* A service tells RS that it is ready, and nobody has asked; so does a user. */
static void
uncalled_for(void)
{
	struct rs_lu_msg lu = { .result = OK };

	CHECK_STATUS(
	    msg_call(RS_PROC_NR, RS_LU_PREPARE, &lu, sizeof lu, NULL, 0),
	    -EPERM);
	CHECK(agent_stays());
}

int
main(int argc, char **argv)
{
	(void)report_begin("update-outcome", argc > 1 ? argv[1] : NULL);
	CHECK_STATUS(agent_begin(), OK);
	limits();
	meanwhile();
	uncalled_for();
	CHECK_STATUS(agent_finish(), OK);
	dies(UPDATE_CRASH);
	dies(UPDATE_LEAVE);
	next_fails(-EIO, -EIO);
	next_fails(-ENOSYS, -ENOSYS);
	next_fails(UPDATE_CRASH, -EINTR);
	programs();
	next_fails(UPDATE_HANG, -ETIMEDOUT);
	return report_end();
}
