/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The part of service(8) that needs no file: it asks RS, which keeps the
 * programs of services in memory. So a superuser's shell that runs already
 * still reaches RS when the disk or its driver is dead. All else is left to the
 * program.
 */
#include "cmd/sh/builtin.h"

#include <errno.h>
#include <string.h>

#include <abi/endpoint.h>
#include <lacuna/msgcall.h>
#include <proto/rs.h>

#include "cmd/service/reason.h"

#define LABEL_COLUMN  16
#define NUMBER_COLUMN 9

/* The requests that have a label and nothing else. */
static const struct {
	const char *name;
	int type;
} changes[] = {
	{ "down", RS_DOWN },
	{ "refresh", RS_REFRESH },
	{ "restart", RS_RESTART },
};

#define CHANGES (sizeof changes / sizeof changes[0])

/* The number of such a request, or 0. */
static int
change_of(const char *name)
{
	size_t i;

	for (i = 0; i < CHANGES; i++)
		if (strcmp(changes[i].name, name) == 0)
			return changes[i].type;
	return 0;
}

bool
service_needs_no_file(int argc, char **argv)
{
	if (argc == 2)
		return strcmp(argv[1], "status") == 0;
	return argc == 3 && change_of(argv[1]) != 0;
}

/* Say what RS has answered. @return status of the command */
static int
explain(const char *what, int r)
{
	if (r == OK)
		return 0;
	errno = -r;
	sh_warn(what, reason(-r));
	return -r;
}

static int
change(int type, const char *label)
{
	struct rs_down_req req = { "" };

	if (strlen(label) >= sizeof req.label)
		return explain(label, -ESRCH);
	strcpy(req.label, label);
	return explain(label,
	    msg_call(RS_PROC_NR, type, &req, sizeof req, NULL, 0));
}

/* Fill a line with blanks up to a column. */
static void
column(struct text *t, size_t line, size_t at)
{
	do {
		text_add(t, ' ');
	} while (t->n < line + at);
}

/* What a service does, in words; service(8) has letters for the same. */
static const char *
state(const struct rs_info *info)
{
	static const struct {
		uint32_t flag;
		const char *word;
	} words[] = {
		{ RSI_GIVEN_UP, "is given up" },
		{ RSI_EXITING, "ends" },
		{ RSI_UPDATING, "is updated" },
		{ RSI_REFRESHING, "is refreshed" },
		{ RSI_RECOVERING, "waits for its script" },
		{ RSI_BACKOFF, "waits to be started" },
		{ RSI_INITIALIZING, "starts" },
	};

	size_t i;

	for (i = 0; i < sizeof words / sizeof words[0]; i++)
		if (info->flags & words[i].flag)
			return words[i].word;
	return info->pub.endpoint != NONE ? "runs" : "does not run";
}

static void
row(struct text *t, const struct rs_info *info)
{
	const size_t line = t->n;

	text_puts(t, info->pub.label);
	column(t, line, LABEL_COLUMN);
	if (info->pub.endpoint != NONE)
		text_number(t, info->pub.endpoint);
	else
		text_add(t, '-');
	column(t, line, LABEL_COLUMN + NUMBER_COLUMN);
	text_number(t, info->restarts + 1);
	column(t, line, LABEL_COLUMN + 2 * NUMBER_COLUMN);
	text_puts(t, state(info));
	text_add(t, '\n');
}

static int
status(void)
{
	static struct rs_info info[NR_SYS_PROCS];
	struct rs_getsysinfo_req req = { (vir_bytes)info, NR_SYS_PROCS };
	struct rs_getsysinfo_rep rep;
	struct text t;
	uint32_t i;
	int r;

	r = msg_call(RS_PROC_NR, RS_GETSYSINFO, &req, sizeof req, &rep,
	    sizeof rep);
	if (r != OK)
		return explain("status", r);
	text_init(&t, &sh.now);
	text_puts(&t, "LABEL           ENDPOINT STARTS   STATE\n");
	for (i = 0; i < rep.rows; i++)
		row(&t, &info[i]);
	return sh_out(text_end(&t));
}

int
builtin_service(int argc, char **argv)
{
	return argc > 2 ? change(change_of(argv[1]), argv[2]) : status();
}
