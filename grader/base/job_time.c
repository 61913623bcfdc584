/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * One pass over /proc gives each process's parent and time. A parent's time
 * includes that of children it has waited for, so the sum over the living is
 * the sum over all. Sessions and groups do not tell who belongs together: a
 * fence makes new ones.
 */
#include "grader/base/job_time.h"

#include <ctype.h>
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "grader/base/base.h"

#define STAT_MAX 1024

/* Numbers in /proc/PID/stat, counted as in proc(5). */
enum {
	PARENT = 4,
	FIRST_TIME = 14,
	LAST_TIME = 17
};

/* One process, as far as it is of interest. */
struct process {
	pid_t pid, parent;
	int64_t ticks;
	bool below; /* of the one that is asked for */
};

struct table {
	struct process *at;
	size_t n, room;
};

/* Parse /proc/PID/stat; the name in it may hold blanks and parentheses. Of
 * the numbers behind the state, the first is the parent, and four are times:
 * of the process and of children it has waited for, as user and as system. */
static bool
parse(const char *stat, struct process *p)
{
	const char *at = strrchr(stat, ')');
	long number;
	char *end;
	int i;

	if (at == NULL || strlen(at) < 4)
		return false;
	at += 3;
	p->ticks = 0;
	for (i = PARENT; i <= LAST_TIME; i++, at = end) {
		number = strtol(at, &end, 10);
		if (end == at)
			return false;
		if (i == PARENT)
			p->parent = (pid_t)number;
		else if (i >= FIRST_TIME)
			p->ticks += number;
	}
	return true;
}

static bool
read_one(const char *name, struct process *p)
{
	char path[64], stat[STAT_MAX];
	size_t n;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%.20s/stat", name);
	f = fopen(path, "re");
	if (f == NULL)
		return false; /* it has just ended */
	n = fread(stat, 1, sizeof stat - 1, f);
	fclose(f);
	stat[n] = '\0';
	p->pid = (pid_t)strtol(name, NULL, 10);
	p->below = false;
	return parse(stat, p);
}

static void
add(struct table *t, const struct process *p)
{
	if (t->n == t->room) {
		t->room = t->room != 0 ? 2 * t->room : 64;
		t->at = realloc(t->at, t->room * sizeof *t->at);
		if (t->at == NULL)
			die(EXIT_INFRA, "out of memory");
	}
	t->at[t->n++] = *p;
}

/* Mark the root and all whose parents are marked, until nothing is new. */
static void
mark(struct table *t, pid_t root)
{
	bool more = true;
	size_t i, k;

	for (i = 0; i < t->n; i++)
		t->at[i].below = t->at[i].pid == root;
	while (more) {
		more = false;
		for (i = 0; i < t->n; i++)
			for (k = 0; !t->at[i].below && k < t->n; k++)
				if (t->at[k].below &&
				    t->at[k].pid == t->at[i].parent)
					more = t->at[i].below = true;
	}
}

/* All processes there are; those below root, and root, are marked. */
static struct table
family(pid_t root)
{
	struct table t = { 0 };
	DIR *d = opendir("/proc");
	struct process p;
	struct dirent *e;

	while (d != NULL && (e = readdir(d)) != NULL)
		if (isdigit((unsigned char)e->d_name[0]) &&
		    read_one(e->d_name, &p))
			add(&t, &p);
	if (d != NULL)
		closedir(d);
	mark(&t, root);
	return t;
}

size_t
job_below(pid_t pid, pid_t *pids, size_t room)
{
	struct table t = family(pid);
	size_t i, n = 0;

	for (i = 0; i < t.n && n < room; i++)
		if (t.at[i].below && t.at[i].pid != pid)
			pids[n++] = t.at[i].pid;
	free(t.at);
	return n;
}

int64_t
job_time(pid_t pid)
{
	struct table t = family(pid);
	int64_t ticks = -1;
	size_t i;

	for (i = 0; i < t.n; i++)
		if (t.at[i].below)
			ticks = (ticks < 0 ? 0 : ticks) + t.at[i].ticks;
	free(t.at);
	return ticks < 0 ? -1 : ticks * 1000 / sysconf(_SC_CLK_TCK);
}
