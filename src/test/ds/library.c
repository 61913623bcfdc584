/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Every call of <lacuna/ds.h>, made by a service; and what becomes of it all
 * when the data store is started again, and when it is killed under load.
 * Proves A3, A5, A7, C3.
 */
#include "test/ds/library.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <lacuna/msgcall.h>
#include <proto/ds.h>

#include "test/program/program.h"
#include "test/rs/client.h"

#define PAGE 4096

/** What a step should come to. */
struct expected {
	const char *name;
	int result;
};

static const struct expected values[] = { { "u32 missing", -ESRCH },
	{ "u32 untouched", 77 }, { "u32 publish", 0 }, { "u32 retrieve", 0 },
	{ "u32 value", 1234 }, { "u32 again", -EEXIST }, { "u32 overwrite", 0 },
	{ "u32 retrieve new", 0 }, { "u32 new value", 4321 },
	{ "u32 delete", 0 }, { "u32 gone", -ESRCH },
	{ "u32 still untouched", 4321 }, { "empty key", -EINVAL },
	{ "str publish", 0 }, { "str too long", -EINVAL },
	{ "str short of room", -E2BIG }, { "str untouched", 0 },
	{ "str retrieve", 0 }, { "str value", 0 }, { "str delete", 0 },
	{ "str gone", -ESRCH }, { "label retrieve", 0 },
	{ "label value", VFS_PROC_NR }, { "label number", 0 },
	{ "label number value", VFS_PROC_NR }, { "label name", 0 },
	{ "label name value", 0 }, { "label nobody", -ESRCH },
	{ "label missing", -ESRCH }, { "label untouched", VFS_PROC_NR },
	{ "label publish", -EPERM }, { "label delete", -EPERM }, { NULL, 0 } };

static const struct expected memory[] = { { "mem missing", -ESRCH },
	{ "mem untouched", 2 * PAGE }, { "mem publish", 0 },
	{ "mem retrieve", 0 }, { "mem length", 21 }, { "mem bytes", 1 },
	{ "mem part", 0 }, { "mem part length", 8 }, { "mem part bytes", 1 },
	{ "mem overwrite", 0 }, { "mem too long", -E2BIG },
	{ "mem nowhere", -EFAULT }, { "mem retrieve new", 0 },
	{ "mem new length", PAGE }, { "mem new bytes", 1 }, { "mem delete", 0 },
	{ "mem gone", -ESRCH }, { NULL, 0 } };

static const struct expected maps[] = { { "map odd length", -EINVAL },
	{ "map odd address", -EINVAL }, { "map overwrite", -EINVAL },
	{ "map missing", -ESRCH }, { "map no snapshot", -ESRCH },
	{ "map untouched", -7 }, { "map publish", 0 }, { "map again", -EEXIST },
	{ "map snapshot", 0 }, { "map snapshot number", 0 },
	{ "map live copy", 0 }, { "map live bytes", 1 },
	{ "map snapshot copy", 0 }, { "map snapshot bytes", 1 },
	{ "map wrong snapshot", -EINVAL }, { "map no mode", -EINVAL },
	{ "map no room", -EINVAL }, { "map live", 0 },
	{ "map live length", PAGE }, { "map follows", 1 }, { "map delete", 0 },
	{ "map private", 1 }, { "map writable", 1 }, { "map unmap", 0 },
	{ "map gone", -ESRCH }, { NULL, 0 } };

static const struct expected events[] = { { "nobody", -ESRCH },
	{ "bad expression", -EINVAL }, { "subscribe", 0 }, { "twice", -EEXIST },
	{ "nothing", -ENOENT }, { "first", 0 }, { "second", 0 },
	{ "deleted", 0 }, { "changed", 0 }, { "no more", -ENOENT },
	{ "listed", 1 }, { "end of list", -ENOENT }, { "clean", 0 },
	{ NULL, 0 } };

static const struct expected nameless[] = { { "open", 0 }, { "closed", 0 },
	{ "range", 0 }, { "nameless", 0 }, { "range deleted", 0 },
	{ "closed deleted", 0 }, { "open deleted", 0 }, { NULL, 0 } };

static const struct expected restart[] = { { "lost", -ESRCH },
	{ "lost subscription", -ESRCH }, { "lost map", -ESRCH },
	{ "label kept", 0 }, { "publish anew", 0 }, { "map anew", 0 },
	{ "copy anew", 0 }, { "bytes anew", 1 }, { "delete anew", 0 },
	{ NULL, 0 } };

static const struct expected crashes[] = { { "subscribe", 0 },
	{ "lives", LIBRARY_KILLS }, { "wrong", 0 }, { "not told", 0 },
	{ NULL, 0 } };

static struct library_report report;

PROTO_STUB(RS_POLICY, rs_policy)

static int
policy_set(uint32_t when)
{
	struct rs_policy_req req = { "ds", { when, 0 } };
	struct no_payload none;

	return call_rs_policy(RS_PROC_NR, &req, &none);
}

/* Kill DS again and again; the last time is one too many. */
static _Noreturn void
killer(void)
{
	struct rs_info info;
	int i;

	for (i = 0; i <= LIBRARY_KILLS; i++) {
		usleep(1100000 + (useconds_t)i * 13700);
		if (agent_info("ds", &info) && info.pid > 1)
			(void)kill(info.pid, SIGKILL);
	}
	_exit(0);
}

/* Have the service go through a scenario, and compare. */
static void
scenario(uint32_t what, const struct expected *want)
{
	const struct library_step *s = report.step;

	report.what = what;
	mailbox_ask(&report.box);
	for (; want->name != NULL; want++, s++) {
		if (strcmp(s->name, want->name) == 0 &&
		    s->result == want->result)
			continue;
		(void)report_note("%s: %d instead of %d", s->name, s->result,
		    want->result);
		CHECK(strcmp(s->name, want->name) == 0);
		CHECK(s->result == want->result);
	}
	CHECK((uint32_t)(s - report.step) == report.steps);
	(void)report_obs("steps", "%u", (unsigned)report.steps);
}

int
main(int argc, char **argv)
{
	endpoint_t ep;
	pid_t pid;

	(void)report_begin("ds-library", argc > 1 ? argv[1] : NULL);
	if (!CHECK(service_start(LIBRARY_PROGRAM, "caller", &report.box, &ep) ==
		OK))
		return report_end();
	scenario(LIBRARY_VALUES, values);
	scenario(LIBRARY_MEMORY, memory);
	scenario(LIBRARY_MAPS, maps);
	scenario(LIBRARY_NAMELESS, nameless);
	scenario(LIBRARY_EVENTS, events);
	CHECK(service_again("ds", &ep) == OK);
	scenario(LIBRARY_RESTART, restart);
	CHECK(policy_set(RS_AT_ONCE) == OK);
	pid = fork();
	if (pid == 0)
		killer();
	scenario(LIBRARY_CRASHES, crashes);
	CHECK(waitpid(pid, NULL, 0) == pid);
	CHECK(policy_set(RS_BACK_OFF) == OK);
	CHECK(service_stop("caller") == OK);
	CHECK(system_alive());
	return report_end();
}
