/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * RS refuses what it should, and lives on: requests of users who are not
 * root, against services the system needs, with labels that do not end, wild
 * pointers, damaged programs, and messages that only services send. Nor do
 * more signals than RS can keep for a service that takes none stop it.
 * Proves B8.
 */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <abi/dev.h>
#include <lacuna/msgcall.h>
#include <proto/sef.h>

#include "test/report/report.h"
#include "test/rs/client.h"

PROTO_STUB(RS_UP, rs_up)
PROTO_STUB(RS_DOWN, rs_down)
PROTO_STUB(RS_POLICY, rs_policy)
PROTO_STUB(RS_GETSYSINFO, rs_getsysinfo)

/* As somebody else: 0 if everything is refused. */
static int
as_user(void)
{
	struct rs_info info;

	if (setuid(100) != 0)
		return 1;
	if (agent_up("t.user", "ok", 0, 0) != -EPERM)
		return 2;
	if (label_request(RS_DOWN, "log") != -EPERM ||
	    label_request(RS_SHUTDOWN, "") != -EPERM)
		return 3;
	return agent_info("log", &info) ? 0 : 4;
}

static void
users(void)
{
	int status = -1;
	pid_t pid = fork();

	if (pid == 0)
		_exit(as_user());
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* Programs that are none, and descriptions that are wrong. */
static void
programs(void)
{
	static struct rs_start start;
	static const char junk[4096] = "\177ELF";
	struct rs_up_req req = { (vir_bytes)&start, sizeof start };
	struct rs_up_rep rep;

	memset(&start, 0, sizeof start);
	CHECK(call_rs_up(RS_PROC_NR, &req, &rep) == -EINVAL);
	strcpy(start.path, "/test/junk");
	start.priority = start.quantum = -1;
	CHECK(call_rs_up(RS_PROC_NR, &req, &rep) == -E2BIG);
	start.image = (vir_bytes)junk;
	start.image_size = sizeof junk;
	CHECK(call_rs_up(RS_PROC_NR, &req, &rep) == -ENOEXEC);
	start.image = 16;
	CHECK(call_rs_up(RS_PROC_NR, &req, &rep) == -EFAULT);
	start.image = (vir_bytes)junk;
	start.nr_io = 1000;
	CHECK(call_rs_up(RS_PROC_NR, &req, &rep) == -EINVAL);
	memset(start.label, 'x', sizeof start.label);
	CHECK(call_rs_up(RS_PROC_NR, &req, &rep) == -EINVAL);
	req.start = 16;
	CHECK(call_rs_up(RS_PROC_NR, &req, &rep) == -EFAULT);
	req.size = 1;
	CHECK(call_rs_up(RS_PROC_NR, &req, &rep) == -EINVAL);
}

/* What a description may say, at both sides of the limits. No program behind
 * it: what is right fails at that, -E2BIG. */
static void
descriptions(void)
{
	static struct rs_start start;

	static const struct {
		const char *label;
		int major, r;
	} rows[] = {
		{ "123456789012345", 0, -E2BIG },
		{ "a.B-c_9", NR_MAJORS - 1, -E2BIG },
		{ "a b", 0, -EINVAL },
		{ "a\nb", 0, -EINVAL },
		{ "a\377", 0, -EINVAL },
		{ "ALL", 0, -EINVAL },
		{ "USER", 0, -EINVAL },
		{ "SYSTEM", 0, -EINVAL },
		{ "ALLY", 0, -E2BIG },
		{ "t.major", NR_MAJORS, -ENXIO },
		{ "t.major", CTTY_MAJOR, -ENXIO },
		{ "t.major", -1, -ENXIO },
	};

	struct rs_up_req req = { (vir_bytes)&start, sizeof start };
	struct rs_up_rep rep;
	size_t i;

	strcpy(start.path, "/test/none");
	start.dev_flags = RS_DEV_CHAR;
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		strcpy(start.label, rows[i].label);
		start.major = rows[i].major;
		CHECK(call_rs_up(RS_PROC_NR, &req, &rep) == rows[i].r);
	}
}

/* Counts and amounts of a description, at both sides of the limits. */
static void
amounts(void)
{
	static struct rs_start start;

	static const struct {
		uint32_t *field, most;
	} rows[] = {
		{ &start.nr_irq, PRIV_NR_IRQ },
		{ &start.nr_io, PRIV_NR_IO },
		{ &start.nr_mem, PRIV_NR_MEM },
		{ &start.period, RS_PERIOD_MAX },
		{ &start.keep, RS_KEEP_MAX },
		{ &start.policy.when, RS_AT_ONCE },
		{ &start.policy.give_up, INT32_MAX },
	};

	struct rs_up_req req = { (vir_bytes)&start, sizeof start };
	struct rs_up_rep rep;
	size_t i;

	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		memset(&start, 0, sizeof start);
		strcpy(start.path, "/test/none");
		*rows[i].field = rows[i].most;
		CHECK(call_rs_up(RS_PROC_NR, &req, &rep) == -E2BIG);
		++*rows[i].field;
		CHECK(call_rs_up(RS_PROC_NR, &req, &rep) == -EINVAL);
		*rows[i].field = UINT32_MAX;
		CHECK(call_rs_up(RS_PROC_NR, &req, &rep) == -EINVAL);
	}
}

/* One that is to run once has no policy that would bring it back. */
static void
once(void)
{
	struct rs_policy_req req = { .label = "t.once" };
	struct no_payload rep;

	CHECK(agent_up("t.once", "ok", RSS_ONCE, 0) == OK);
	CHECK(call_rs_policy(RS_PROC_NR, &req, &rep) == -ENOTSUP);
	CHECK(label_request(RS_DOWN, "t.once") == OK);
}

/* A service that takes no message gets hundreds. */
static void
signals(void)
{
	struct rs_info info = { .pid = -1 };
	int i, sent = 0;

	CHECK(agent_up("t.wait", "wait", RSS_NO_WAIT, 0) == OK);
	CHECK(agent_info("t.wait", &info) && info.pid > 1);
	for (i = 0; i < 600 && info.pid > 1; i++)
		sent += kill(info.pid, SIGUSR1) == 0;
	CHECK(sent == 600);
	CHECK(agent_up("t.other", "ok", 0, 0) == OK);
	CHECK(label_request(RS_DOWN, "t.other") == OK);
	(void)kill(info.pid, SIGKILL); /* spares the wait for its time-out */
	CHECK(label_request(RS_LOOKUP, "rs") == OK);
}

int
main(int argc, char **argv)
{
	struct rs_down_req endless;
	struct rs_getsysinfo_req wild = { 16, NR_SYS_PROCS };
	struct rs_getsysinfo_rep rows;
	struct rs_init_msg init = { 0 };
	struct rs_complain_msg complaint = { LOG_PROC_NR, SEF_BAD_STATUS };
	struct no_payload none = { 0 };

	report_begin("rs-hostile", argc > 1 ? argv[1] : NULL);
	users();
	programs();
	descriptions();
	amounts();
	once();
	memset(endless.label, 'x', sizeof endless.label);
	CHECK(call_rs_down(RS_PROC_NR, &endless, &none) == -EINVAL);
	CHECK(label_request(RS_DOWN, "nobody") == -ESRCH);
	CHECK(label_request(RS_DOWN, "vfs") == -EPERM);
	CHECK(label_request(RS_UPDATE, "log") == -EINVAL);
	CHECK(call_rs_getsysinfo(RS_PROC_NR, &wild, &rows) == -EFAULT);
	CHECK(msg_call(RS_PROC_NR, RS_INIT, &init, sizeof init, NULL, 0) ==
	    -EPERM);
	CHECK(msg_call(RS_PROC_NR, RS_EXIT, &none, sizeof none, NULL, 0) ==
	    -EPERM);
	CHECK(msg_call(RS_PROC_NR, RS_COMPLAIN, &complaint, sizeof complaint,
		  NULL, 0) == -EPERM);
	CHECK(msg_call(RS_PROC_NR, RS_BASE + 99, &none, sizeof none, NULL, 0) ==
	    -ENOSYS);
	CHECK(msg_call(RS_PROC_NR, -1, &none, sizeof none, NULL, 0) == -ENOSYS);
	CHECK(label_request(RS_LOOKUP, "rs") == OK);
	signals();
	return report_end();
}
