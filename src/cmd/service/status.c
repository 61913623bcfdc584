/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The table of services: a line for each, and for one that is asked for also
 * what happens when it fails, how it failed last, and its updates.
 */
#include "cmd/service/status.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <lacuna/msgcall.h>
#include <proto/rs.h>

#include "cmd/service/explain.h"

PROTO_STUB(RS_GETSYSINFO, rs_getsysinfo)

/* Letters for the flags of a service. */
static void
flags_text(uint32_t flags, char text[8])
{
	static const char letters[] = RSI_LETTERS;
	size_t i, n = 0;

	for (i = 0; i < sizeof letters - 1; i++)
		if (flags >> i & 1)
			text[n++] = letters[i];
	if (n == 0)
		text[n++] = '-';
	text[n] = '\0';
}

static void
line_print(const struct rs_info *s)
{
	char flags[8], where[12];

	flags_text(s->flags, flags);
	strcpy(where, "-"); /* no process at the moment */
	if (s->pub.endpoint != NONE)
		snprintf(where, sizeof where, "%d", (int)s->pub.endpoint);
	printf("%-15s %8s %5d %5d %6u %6d %-5s %s\n", s->pub.label, where,
	    (int)s->pid, (int)s->pub.dev_nr, (unsigned)s->period,
	    (int)s->restarts + 1, flags, s->end_text);
}

/* When it is started again. */
static void
policy_print(const struct rs_info *s)
{
	const struct rs_policy *policy = &s->policy;

	if (s->flags & RSI_ONCE) {
		printf("  policy    never started again\n");
		return;
	}
	printf("  policy    %s, ",
	    policy->when == RS_AT_ONCE ? "at-once" : "back-off");
	if (policy->give_up == 0)
		printf("never given up\n");
	else
		printf("given up after %u failures in a row\n",
		    (unsigned)policy->give_up);
}

/* What an end or an update has come to. */
static const char *
outcome(int status)
{
	static char text[24];

	if (status == 0)
		return "success";
	if (status < 0)
		return strerror(-status);
	snprintf(text, sizeof text, "status %d", status);
	return text;
}

static void
details_print(const struct rs_info *s)
{
	const unsigned hz = (unsigned)sysconf(_SC_CLK_TCK);

	policy_print(s);
	if (s->script[0] != '\0')
		printf("  script    %s%s\n", s->script,
		    s->flags & RSI_RECOVERING ? ", which runs" : "");
	printf("  failures  %d in a row, %u restarts for complaints\n",
	    (int)s->failures, (unsigned)s->complaint_ends);
	if (s->end_time != 0)
		printf("            the last %u s after the boot: %s (%s)\n",
		    (unsigned)s->end_time / hz, s->end_text,
		    outcome(s->end_status));
	printf("  updates   %u", (unsigned)s->updates);
	if (s->updates > 0)
		printf(", the last: %s", outcome(s->lu_result));
	if (s->flags & RSI_UPDATING)
		printf("; one to state %d is under way", (int)s->lu_state);
	printf("\n");
}

/* Get the table. Returns the rows, or a negative error. */
static int
table_get(struct rs_info info[NR_SYS_PROCS])
{
	struct rs_getsysinfo_req req = { (vir_bytes)info, NR_SYS_PROCS };
	struct rs_getsysinfo_rep rep;
	int r = call_rs_getsysinfo(RS_PROC_NR, &req, &rep);

	return r != 0 ? r : (int)rep.rows;
}

bool
status_taken(const struct rs_start *start)
{
	static struct rs_info info[NR_SYS_PROCS];
	int i, n = table_get(info);

	for (i = 0; i < n; i++) {
		if (strcmp(info[i].pub.label, start->label) == 0) {
			fprintf(stderr,
			    "service: there is a service %s: give another "
			    "label by -label\n",
			    start->label);
			return true;
		}
		if (start->major != 0 && info[i].pub.dev_nr == start->major) {
			fprintf(stderr,
			    "service: %s drives device %d: give another "
			    "number by -major\n",
			    info[i].pub.label, (int)start->major);
			return true;
		}
	}
	return false;
}

int
status_show(const char *label)
{
	static struct rs_info info[NR_SYS_PROCS];
	int i, n = table_get(info), found = 0;

	if (n < 0)
		return explain("status", n);
	for (i = 0; i < n; i++) {
		if (label != NULL && strcmp(info[i].pub.label, label) != 0)
			continue;
		if (found++ == 0)
			printf("%-15s %8s %5s %5s %6s %6s %-5s %s\n", "LABEL",
			    "ENDPOINT", "PID", "MAJOR", "PERIOD", "STARTS",
			    "STATE", "LAST FAILURE");
		line_print(&info[i]);
		if (label != NULL)
			details_print(&info[i]);
	}
	return label != NULL && found == 0 ? explain(label, -ESRCH) : 0;
}
