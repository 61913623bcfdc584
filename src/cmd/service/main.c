/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * service(8): asks RS to start, stop and show services. The program of a new
 * service is read here, so that RS needs no file system. Exits with the error
 * number of RS's answer; after "run", with the exit status of the service.
 */
#include "cmd/service/conf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <abi/dev.h>
#include <lacuna/msgcall.h>

#include "cmd/service/agent.h"
#include "cmd/service/explain.h"
#include "cmd/service/program.h"
#include "cmd/service/start.h"
#include "cmd/service/status.h"
#include "cmd/service/update.h"

PROTO_STUB(RS_UP, rs_up)
PROTO_STUB(RS_UPDATE, rs_update)
PROTO_STUB(RS_POLICY, rs_policy)

static const char help_text[] =
    "Ask RS to start, stop, replace and show services. PROGRAM is a path from\n"
    "/ on; what it may do is in /etc/system.conf. LABEL is its last part, see\n"
    "service status. WORD...: its arguments; -nowait: do not wait until\n"
    "it has initialised. STATE is work_free, request_free, protocol_free or a\n"
    "number; -dump: show what it waits for. FAILURES in a row give it up, 0:\n"
    "never. After shutdown nothing is started again. See service(8).\n";

static const char usage_text[] =
    "usage: service up|run PROGRAM [-label NAME] [-args 'WORD...']\n"
    "           [-period TICKS|nHZ] [-config FILE] [-major N] [-nowait]\n"
    "       service down|refresh|restart LABEL\n"
    "       service update LABEL [-program PROGRAM] [-state STATE]\n"
    "           [-maxtime TICKS|nHZ] [-dump]\n"
    "       service policy LABEL back-off|at-once [FAILURES]\n"
    "       service status [LABEL]\n"
    "       service agent\n"
    "       service shutdown\n";

static int
usage(void)
{
	fprintf(stderr, "%s       service --help tells more\n", usage_text);
	return EINVAL;
}

static int
up(int argc, char *argv[], uint32_t flags)
{
	static struct rs_start start;
	struct rs_up_req req = { (vir_bytes)&start, sizeof start };
	struct rs_up_rep rep;
	int r;

	if (argc < 1)
		return usage();
	start.flags = flags;
	r = start_read(argc, argv, &start);
	if (r != 0)
		return r;
	r = program_read(argv[0], &start.image, &start.image_size);
	if (r != 0)
		return r;
	r = call_rs_up(RS_PROC_NR, &req, &rep);
	if (r == -EEXIST && status_taken(&start))
		return EEXIST;
	return explain(argv[0], r);
}

/* The commands that have nothing but a label. */
static int
by_label(int type, const char *label)
{
	struct rs_down_req req = { "" };

	if (strlen(label) >= sizeof req.label)
		return explain(label, -ESRCH);
	strcpy(req.label, label);
	return explain(label,
	    msg_call(RS_PROC_NR, type, &req, sizeof req, NULL, 0));
}

static int
update(int argc, char *argv[])
{
	struct rs_update_req req;
	struct no_payload rep;
	const char *why;
	int r = update_read(argc, argv, &req);

	if (r != 0)
		return r;
	r = call_rs_update(RS_PROC_NR, &req, &rep);
	why = update_why(-r);
	if (why == NULL)
		return explain(argv[0], r);
	fprintf(stderr, "service: %s: not updated: %s\n", argv[0], why);
	return -r;
}

static int
policy(int argc, char *argv[])
{
	struct rs_policy_req req = { .policy.give_up = 0 };
	struct no_payload rep;

	if (argc < 2 || argc > 3)
		return usage();
	if (!conf_restart(argv[1], &req.policy.when))
		return wrong(argv[1], "say back-off or at-once");
	if (argc > 2 &&
	    (!conf_number(argv[2], &req.policy.give_up) ||
		req.policy.give_up > INT32_MAX))
		return wrong(argv[2], "no number of failures; 0: never");
	if (strlen(argv[0]) >= sizeof req.label)
		return explain(argv[0], -ESRCH);
	strcpy(req.label, argv[0]);
	return explain(argv[0], call_rs_policy(RS_PROC_NR, &req, &rep));
}

int
main(int argc, char *argv[])
{
	const char *command = argc > 1 ? argv[1] : "";

	if (strcmp(command, "--help") == 0) {
		printf("%s%s", usage_text, help_text);
		return 0;
	}
	if (strcmp(command, "up") == 0)
		return up(argc - 2, argv + 2, 0);
	if (strcmp(command, "run") == 0)
		return up(argc - 2, argv + 2, RSS_ONCE | RSS_WAIT_END);
	if (strcmp(command, "update") == 0)
		return update(argc - 2, argv + 2);
	if (strcmp(command, "policy") == 0)
		return policy(argc - 2, argv + 2);
	if (strcmp(command, "status") == 0 && argc <= 3)
		return status_show(argv[2]);
	if (strcmp(command, "shutdown") == 0 && argc == 2)
		return explain(command,
		    msg_call(RS_PROC_NR, RS_SHUTDOWN, NULL, 0, NULL, 0));
	if (strcmp(command, "agent") == 0 && argc == 2)
		return agent_run();
	if (argc != 3)
		return usage();
	if (strcmp(command, "down") == 0)
		return by_label(RS_DOWN, argv[2]);
	if (strcmp(command, "refresh") == 0)
		return by_label(RS_REFRESH, argv[2]);
	if (strcmp(command, "restart") == 0)
		return by_label(RS_RESTART, argv[2]);
	return usage();
}
