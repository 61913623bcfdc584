/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a run came to: how it ended and why, from Bochs' exit code, its log,
 * and what the reader of its output has noticed.
 */
#include "grader/emulator/bochs_run.h"

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOG_TAIL 16384

const char *
bochs_end_name(enum bochs_end end)
{
	static const char *const names[] = { [BOCHS_DONE] = "done",
		[BOCHS_SHUTDOWN] = "shutdown",
		[BOCHS_PANIC] = "panic",
		[BOCHS_TRIPLE] = "triple",
		[BOCHS_BUDGET] = "budget",
		[BOCHS_TIMEOUT] = "timeout",
		[BOCHS_STOPPED] = "stopped",
		[BOCHS_BREAK] = "break",
		[BOCHS_FLOOD] = "flood",
		[BOCHS_BIOS] = "bios",
		[BOCHS_NO_IMAGE] = "noimage",
		[BOCHS_BAD_CONFIG] = "badrc",
		[BOCHS_CRASH] = "crash" };

	return names[end];
}

/* The last part of Bochs' log, where the reason of its panic is. */
static char *
log_tail(const struct run *r)
{
	char path[PATH_MAX + 16], *tail = calloc(1, LOG_TAIL + 1);
	FILE *f;

	if (tail == NULL)
		abort();
	snprintf(path, sizeof path, "%s/bochs.log", r->dir);
	f = fopen(path, "re");
	if (f == NULL)
		return tail;
	if (fseek(f, -LOG_TAIL, SEEK_END) != 0)
		rewind(f);
	tail[fread(tail, 1, LOG_TAIL, f)] = '\0';
	fclose(f);
	return tail;
}

/* Ends that Bochs reports by a panic line of its own. */
static const struct {
	const char *text;
	enum bochs_end end;
} panics[] = {
	{ "shutdown requested", BOCHS_SHUTDOWN },
	{ "3rd (", BOCHS_TRIPLE },
	{ "BIOS panic", BOCHS_BIOS },
	{ "No bootable device", BOCHS_BIOS },
	{ "could not open hard drive", BOCHS_NO_IMAGE },
	{ "r/o disk image mode", BOCHS_NO_IMAGE },
};

/* Name the end by the text after the log's ">>PANIC<<". */
static enum bochs_end
panic_end(const char *text)
{
	for (size_t i = 0; i < sizeof panics / sizeof panics[0]; i++)
		if (strstr(text, panics[i].text) != NULL)
			return panics[i].end;
	return BOCHS_CRASH;
}

static enum bochs_end
end_of(const struct run *r, const struct bochs_result *result,
    const char *panic)
{
	const struct bochs_config *c = r->config;
	const char *err = r->err.bytes != NULL ? r->err.bytes : "";
	bool done = strstr(err, "0x8AE0 command") != NULL;
	enum bochs_end end = BOCHS_CRASH;

	if (r->out.flooded || result->exit_code == -SIGXFSZ)
		return BOCHS_FLOOD;
	if (done || panic != NULL)
		end = done ? BOCHS_DONE : panic_end(panic);
	if (end == BOCHS_DONE || end == BOCHS_SHUTDOWN)
		return r->out.panicked ? BOCHS_PANIC : end;
	if (panic != NULL)
		return end;
	if (r->limit != NULL)
		return BOCHS_TIMEOUT;
	if (r->out.stop || r->over)
		return BOCHS_STOPPED;
	if (r->out.broke && c->before != NULL)
		return BOCHS_BREAK;
	if (c->budget != 0 && result->ticks >= c->budget)
		return BOCHS_BUDGET;
	if (r->out.part == PART_BANNER && result->exit_code == 1)
		return BOCHS_BAD_CONFIG;
	return BOCHS_CRASH;
}

static uint64_t
ticks_of(const struct run *r, const char *log)
{
	const char *at = r->out.state.bytes;
	uint64_t ticks = 0;

	at = at != NULL ? strstr(at, "ptime: ") : NULL;
	if (at != NULL)
		return strtoull(at + 7, NULL, 10);
	/* Bochs ended by itself; its log lines begin with the time. */
	for (at = log; at != NULL; at = strchr(at, '\n')) {
		at += *at == '\n';
		if (strspn(at, "0123456789") == 11)
			ticks = strtoull(at, NULL, 10);
	}
	return ticks;
}

/* Which limit of output it was. */
static char *
flood_text(const struct run *r)
{
	size_t max = r->config->output_max;
	char *text;

	if (max == 0)
		max = BOCHS_OUTPUT_MAX;
	if (!r->out.flooded)
		max = BOCHS_FILE_MAX; /* on its console, or in a trace */
	if (asprintf(&text, "more than %zu KiB were printed, the limit%s",
		max >> 10, r->out.flooded ? "" : " of a file") < 0)
		abort();
	return text;
}

/* What to tell people: the guest's panic, Bochs' panic, Bochs' complaint. */
static char *
reason_of(const struct run *r, const struct bochs_result *result,
    const char *panic)
{
	char *text = NULL;
	int n;

	if (r->out.first_panic[0] != '\0')
		return text_copy(r->out.first_panic);
	if (panic != NULL) {
		n = (int)strcspn(panic, "\n");
		if (asprintf(&text, "%.*s", n, panic) < 0)
			abort();
		return text;
	}
	if (result->end == BOCHS_TIMEOUT)
		return text_copy(r->limit);
	if (result->end == BOCHS_FLOOD)
		return flood_text(r);
	if (result->end == BOCHS_BAD_CONFIG && r->err.bytes != NULL) {
		const char *at = strrchr(r->err.bytes, '>');

		return text_copy(at != NULL ? at : r->err.bytes);
	}
	return text_copy("");
}

static char *
text_take(struct bochs_text *text)
{
	char *bytes = text->bytes;

	text->bytes = NULL;
	return bytes != NULL ? bytes : text_copy("");
}

/* Of the log, what the processor says from its first error ('e' before the
 * tag) to the panic ('p'): the reason and the registers. */
static void
cpu_lines_add(struct bochs_text *text, const char *log)
{
	const char *end, *tag;
	bool on = false;

	for (; *log != '\0'; log = end) {
		end = log + strcspn(log, "\n");
		end += *end == '\n';
		tag = strchr(log, '[');
		if (tag == NULL || tag >= end || tag == log ||
		    strncmp(tag, "[CPU0", 5) != 0)
			continue;
		on = on || tag[-1] == 'e' || tag[-1] == 'p';
		if (on)
			text_add(text, log, (size_t)(end - log));
		if (tag[-1] == 'p')
			return;
	}
}

void
run_result(struct run *r, struct bochs_result *result)
{
	char *log = log_tail(r);
	const char *panic = strstr(log, ">>PANIC<< ");

	if (panic != NULL)
		panic += strlen(">>PANIC<< ");
	result->wall = run_clock() - r->start;
	result->output = r->out.output;
	result->ticks = ticks_of(r, log);
	result->end = end_of(r, result, panic);
	free(result->reason);
	result->reason = reason_of(r, result, panic);
	if (r->out.state.size == 0 && panic != NULL)
		cpu_lines_add(&r->out.state, log);
	free(result->state);
	free(result->dump);
	result->state = text_take(&r->out.state);
	result->dump = text_take(&r->out.dump);
	free(result->screen);
	result->screen = screen_text(result->state);
	free(log);
	free(r->err.bytes);
	free(r->limit);
}

void
bochs_result_free(struct bochs_result *result)
{
	free(result->reason);
	free(result->state);
	free(result->dump);
	free(result->screen);
	*result = (struct bochs_result){ .end = BOCHS_CRASH };
}
