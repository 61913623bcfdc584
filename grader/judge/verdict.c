/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Verdicts, see verdict.h.
 */
#include "grader/judge/verdict.h"

#include <stdlib.h>
#include <string.h>

#include "grader/base/base.h"

static const struct {
	const char *name, *text;
} faults[] = {
	[FAULT_NONE] = { "", "" },
	[FAULT_BUILD] = { "build", "does not build" },
	[FAULT_BOOT] = { "boot", "does not get as far as the tests" },
	[FAULT_PANIC] = { "panic", "the kernel stopped" },
	[FAULT_SERVICE] = { "service", "a service died" },
	[FAULT_CRASH] = { "crash", "the test program died" },
	[FAULT_SILENCE] = { "silence", "no end in the time allowed" },
	[FAULT_LIVELOCK] = { "livelock", "runs, and never gets on" },
	[FAULT_NO_TURN] = { "no-turn", "had no turn" },
	[FAULT_WRONG] = { "wrong", "wrong observation" },
	[FAULT_NO_EVIDENCE] = { "no-evidence", "no evidence" },
	[FAULT_INCOMPLETE] = { "incomplete", "damaged or missing records" },
	[FAULT_OUTPUT] = { "output", "printed more than allowed" },
	[FAULT_FORGED] = { "forged", "records were forged" },
	[FAULT_STOPS] = { "stops", "the machine was stopped too often" },
	[FAULT_DISK] = { "disk", "the file system was left damaged" },
	[FAULT_INFRA] = { "infrastructure", "not the submission's fault" },
};

const char *
fault_name(enum fault_class fault)
{
	return faults[fault].name;
}

const char *
fault_text(enum fault_class fault)
{
	return faults[fault].text;
}

void
verdict_add(struct verdict *v, const struct finding *f)
{
	struct finding *more = realloc(v->more, (v->nmore + 1) * sizeof *more);

	if (more == NULL)
		die(EXIT_INFRA, "out of memory");
	v->more = more;
	more[v->nmore++] = *f;
}

/* Does one finding belong before another? */
static bool
earlier(const struct finding *a, const struct finding *b)
{
	if (a->missing != b->missing)
		return b->missing;
	return a->time < b->time;
}

void
verdict_sort(struct verdict *v)
{
	struct finding f;
	size_t i, k;

	/* Equal ones stay in order, and there are few. */
	for (i = 1; i < v->nmore; i++) {
		f = v->more[i];
		for (k = i; k > 0 && earlier(&f, &v->more[k - 1]); k--)
			v->more[k] = v->more[k - 1];
		v->more[k] = f;
	}
}

void
verdict_lead(struct verdict *v)
{
	struct finding f = v->more[0];

	v->fault = f.missing ? FAULT_NO_EVIDENCE : FAULT_WRONG;
	v->req = f.req;
	v->req_is_own = f.req != NULL;
	v->message = f.message;
	v->expected = f.expected;
	v->seen = f.seen;
	v->where = f.place;
	if (f.time != 0)
		v->time = f.time;
	free(f.name);
	v->nmore--;
	memmove(v->more, v->more + 1, v->nmore * sizeof f);
}

void
verdict_free(struct verdict *v)
{
	size_t i;

	for (i = 0; i < v->nmore; i++) {
		free(v->more[i].message);
		free(v->more[i].expected);
		free(v->more[i].seen);
		free(v->more[i].place);
		free(v->more[i].name);
	}
	free(v->more);
	free(v->expected);
	free(v->seen);
	free(v->message);
	free(v->where);
	free(v->log);
	memset(v, 0, sizeof *v);
}
