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
#include "cmd/service/status.h"
#include "cmd/service/update.h"

PROTO_STUB(RS_UP, rs_up)
PROTO_STUB(RS_UPDATE, rs_update)
PROTO_STUB(RS_POLICY, rs_policy)

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
	fputs(usage_text, stderr);
	return EINVAL;
}

static int
copy_text(char *to, size_t size, const char *text, const char *what)
{
	if (strlen(text) < size) {
		strcpy(to, text);
		return 0;
	}
	fprintf(stderr, "service: %s is too long\n", what);
	return E2BIG;
}

static int
no_period(const char *text)
{
	fprintf(stderr,
	    "service: a period is ticks, at least 1, or seconds as in 2HZ, "
	    "not %s\n",
	    text);
	return EINVAL;
}

/* Read one option of up and run. */
static int
option(const char *name, const char *value, struct rs_start *start,
    const char **config)
{
	uint32_t n;

	if (strcmp(name, "-label") == 0)
		return copy_text(start->label, sizeof start->label, value,
		    "label");
	if (strcmp(name, "-args") == 0)
		return copy_text(start->args, sizeof start->args, value,
		    "list of arguments");
	if (strcmp(name, "-config") == 0) {
		*config = value;
		return 0;
	}
	if (strcmp(name, "-major") == 0) {
		if (!conf_number(value, &n) || n == 0 || n > INT32_MAX)
			return usage();
		start->major = (int32_t)n;
		return 0;
	}
	if (strcmp(name, "-period") == 0)
		return conf_period(value, &start->period) ? 0
							  : no_period(value);
	return usage();
}

/* Read the arguments behind the program, then the configuration, over which
 * the arguments win. */
static int
start_read(int argc, char *argv[], struct rs_start *start)
{
	const char *config = "/etc/system.conf";
	struct rs_start args = { 0 };
	const char *slash;
	int i, r;

	r = copy_text(start->path, sizeof start->path, argv[0], "path");
	for (i = 1; i < argc && r == 0; i++) {
		if (strcmp(argv[i], "-nowait") == 0)
			start->flags |= RSS_NO_WAIT;
		else if (i + 1 < argc)
			r = option(argv[i], argv[i + 1], &args, &config), i++;
		else
			r = usage();
	}
	if (r != 0)
		return r;
	slash = strrchr(argv[0], '/');
	if (slash == NULL) {
		fprintf(stderr, "service: the path must be absolute\n");
		return EINVAL;
	}
	r = conf_read(config, slash + 1, start);
	if (r == ENOENT)
		fprintf(stderr, "service: %s has no entry for %s\n", config,
		    slash + 1);
	strcpy(start->label, args.label);
	strcpy(start->args, args.args);
	if (args.period != 0)
		start->period = args.period;
	if (args.major != 0)
		start->major = args.major;
	if (start->dev_flags == 0)
		start->dev_flags = RS_DEV_CHAR;
	return r;
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
	return explain(argv[0], call_rs_up(RS_PROC_NR, &req, &rep));
}

/* The commands that have nothing but a label. */
static int
by_label(int type, const char *label)
{
	struct rs_down_req req = { "" };
	int r;

	r = copy_text(req.label, sizeof req.label, label, "label");
	if (r != 0)
		return r;
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
	int r;

	if (argc < 2 || argc > 3 || !conf_restart(argv[1], &req.policy.when) ||
	    (argc > 2 && !conf_number(argv[2], &req.policy.give_up)))
		return usage();
	r = copy_text(req.label, sizeof req.label, argv[0], "label");
	if (r != 0)
		return r;
	return explain(argv[0], call_rs_policy(RS_PROC_NR, &req, &rep));
}

int
main(int argc, char *argv[])
{
	const char *command = argc > 1 ? argv[1] : "";

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
