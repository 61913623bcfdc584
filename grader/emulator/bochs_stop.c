/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The conversation with the debugger of a run that may stop.
 *
 * Each part of its output ends with a mark, see bochs_output.h. The mark of
 * PART_STATE ends what it says when it stops, so then it waits for us; a dump
 * ends with that of PART_DUMP; to go on is to begin with PART_BANNER again.
 */
#include "grader/emulator/bochs_stop.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "grader/emulator/bochs_run.h"

/* Have it stop when that is wanted next. What came at the same moment as
 * another stop is made up for. */
static void
look_arm(struct run *r, FILE *f)
{
	uint64_t at = r->next;

	if (at != 0 && at <= r->ticks)
		at = r->ticks + 1;
	if (at == 0 || at == r->armed)
		return;
	fprintf(f, "sba %llu\n", (unsigned long long)at);
	r->armed = at;
}

/* The debugger reads what is printed here. Its pipe has room for it. */
static FILE *
feed_open(const struct run *r)
{
	FILE *f = fdopen(fcntl(r->feed, F_DUPFD_CLOEXEC, 0), "w");

	if (f == NULL)
		abort();
	return f;
}

int
run_feed_start(struct run *r)
{
	char path[PATH_MAX + 16];
	FILE *f;

	snprintf(path, sizeof path, "%s/script", r->dir);
	if (mkfifo(path, 0600) != 0)
		return -errno;
	/* For reading, too: so opening does not wait. */
	r->feed = open(path, O_RDWR | O_CLOEXEC);
	if (r->feed < 0)
		return -errno;
	f = feed_open(r);
	script_start(f, r->config);
	r->next = r->config->stops->first;
	look_arm(r, f);
	script_go(f, r->config, r->out.mark);
	fclose(f);
	return 0;
}

/* Back to the guest. */
static void
go_on(struct run *r)
{
	FILE *f = feed_open(r);

	look_arm(r, f);
	stdout_again(&r->out);
	r->dumping = r->asking = r->answered = false;
	script_go(f, r->config, r->out.mark);
	fclose(f);
}

static void
dump(struct run *r)
{
	const struct bochs_config *c = r->config;
	char *path = path_absolute(c->stops->file);
	FILE *f = feed_open(r);

	r->dumping = true;
	r->out.part = PART_DUMP;
	fprintf(f, "writemem \"%s\" %#x %u\n? %#x\n", path, c->stops->base,
	    r->bytes, r->out.mark[PART_DUMP]);
	fclose(f);
	free(path);
}

static void
ask(struct run *r)
{
	FILE *f = feed_open(r);

	r->asking = true;
	r->out.part = PART_DUMP;
	script_ask(f, r->config, r->out.mark);
	fclose(f);
}

static void
finish(struct run *r)
{
	FILE *f = feed_open(r);

	script_end(f, r->config, r->out.mark);
	r->dumping = r->asking = false;
	fclose(f);
}

/* The run is to end here, if that is wished. */
static enum bochs_wish
wished(struct run *r, enum bochs_wish w)
{
	r->over = r->over || w == BOCHS_GIVE_UP;
	return w;
}

/* The debugger has stopped for good, or by the guest's wish, or because it is
 * time for a look? */
static enum bochs_wish
wish(struct run *r)
{
	const struct bochs_config *c = r->config;
	uint32_t memory = c->memory != 0 ? c->memory : BOCHS_MEMORY;
	struct bochs_stop stop;
	enum bochs_wish w;

	if (r->interrupted || r->out.stop || r->out.flooded ||
	    !stop_parse(r->out.state.bytes, &stop) ||
	    (c->budget != 0 && stop.ticks >= c->budget))
		return BOCHS_GIVE_UP;
	r->ticks = stop.ticks;
	if (!r->out.magic && (r->next == 0 || stop.ticks < r->next))
		return BOCHS_GIVE_UP;
	if (!r->out.magic)
		return wished(r, c->stops->on_look(c->ctx, &stop, &r->next));
	r->bytes = memory << 20;
	w = c->stops->on_stop(c->ctx, &stop, &r->bytes);
	r->out.stop = w == BOCHS_GIVE_UP;
	return w;
}

/* Do what is wished. */
static void
obey(struct run *r, enum bochs_wish w)
{
	switch (w) {
	case BOCHS_GO_ON:
		go_on(r);
		break;
	case BOCHS_DUMP:
		dump(r);
		break;
	case BOCHS_ASK:
		ask(r);
		break;
	case BOCHS_GIVE_UP:
		finish(r);
		break;
	}
}

void
run_feed(struct run *r)
{
	const struct bochs_config *c = r->config;

	if (r->feed < 0)
		return;
	if (r->asking && r->out.part == PART_END) {
		obey(r,
		    wished(r,
			c->stops->on_answer(c->ctx,
			    r->out.dump.size != 0 ? r->out.dump.bytes : "",
			    &r->next)));
	} else if (r->dumping && r->out.part == PART_END) {
		obey(r, c->stops->on_dump(c->ctx, &r->bytes));
	} else if (r->out.part == PART_DUMP && !r->answered) {
		r->answered = true;
		obey(r, wish(r));
	}
}
