/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Questions about memory: what the names of an expression mean.
 */
#include "grader/oracle/oracle_expr.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grader/base/base.h"
#include "grader/oracle/frame_story.h"
#include "grader/oracle/oracle.h"

#define PTE_SHARED 0x200u /* VM's: stores are meant for all with the frame */

/* A question with its names looked up. */
struct asked {
	const struct oracle *o;
	const struct snapshot *at, *later;
	const struct place *place, *other;
	bool has_n;
	uint32_t n; /* page, or what else the last number is */
	struct value *answer;
	char *missing, *note;
	uint64_t *time;
};

static void
number(struct asked *a, int64_t n)
{
	a->answer->is_string = false;
	a->answer->number = n;
}

static void
lack(struct asked *a, const char *what, const char *name)
{
	if (a->missing[0] == '\0')
		snprintf(a->missing, EXPR_STRING_MAX, what, name);
}

/* The frame of an entry of physical memory, or -1. */
static int64_t
frame_of(const struct snapshot *s, const struct place *p, uint32_t n)
{
	uint32_t pte = snapshot_entry(s, p, n);

	return pte != 0 ? (int64_t)(pte >> PAGE_SHIFT) : -1;
}

static int64_t
refs_of(const struct snapshot *s, const struct place *p, uint32_t n)
{
	int64_t frame = frame_of(s, p, n);

	return frame >= 0 && frame < s->memory.nframes ? s->refs[frame] : 0;
}

static void
ask_frame(struct asked *a)
{
	number(a, frame_of(a->at, a->place, a->n));
}

static void
ask_pte(struct asked *a)
{
	number(a, snapshot_entry(a->at, a->place, a->n));
}

static void
ask_refs(struct asked *a)
{
	number(a, refs_of(a->at, a->place, a->n));
}

static void
ask_vm_refs(struct asked *a)
{
	int64_t frame = frame_of(a->at, a->place, a->n);

	number(a, frame < 0 ? 0 : snapshot_vm_refs(a->at, (uint32_t)frame));
}

static void
ask_pages(struct asked *a)
{
	number(a, place_pages(a->place));
}

/* Pages whose entries have all these bits. */
static void
count_bits(struct asked *a, uint32_t bits)
{
	uint32_t i, n = place_pages(a->place), pte, count = 0;

	for (i = 0; i < n; i++) {
		pte = snapshot_entry(a->at, a->place, i);
		if ((!a->has_n || i == a->n) && (pte & bits) == bits)
			count++;
	}
	number(a, count);
}

static void
ask_present(struct asked *a)
{
	count_bits(a, PTE_P);
}

static void
ask_writable(struct asked *a)
{
	count_bits(a, PTE_P | PTE_W | PTE_U);
}

static void
ask_shared(struct asked *a)
{
	count_bits(a, PTE_P | PTE_SHARED);
}

static void
ask_pinned(struct asked *a)
{
	count_bits(a, PTE_P | PTE_PINNED);
}

static void
ask_held(struct asked *a)
{
	uint32_t i, n = place_pages(a->place), count = 0;

	for (i = 0; i < n; i++)
		count += frame_of(a->at, a->place, i) >= 0 &&
		    refs_of(a->at, a->place, i) == a->n;
	number(a, count);
}

static void
ask_same(struct asked *a)
{
	uint32_t i, n = place_pages(a->place), count = 0;
	int64_t frame;

	for (i = 0; i < n; i++) {
		frame = frame_of(a->at, a->place, i);
		count += frame >= 0 && frame == frame_of(a->at, a->other, i);
	}
	number(a, count);
}

static void
ask_moved(struct asked *a)
{
	uint32_t i, n = place_pages(a->place), count = 0;

	for (i = 0; i < n; i++)
		count += frame_of(a->at, a->place, i) !=
		    frame_of(a->later, a->place, i);
	number(a, count);
}

/* Add the part of a page that lies in [from, end); false: it is not there. */
static bool
add_page(const struct asked *a, struct sha256 *hash, uint32_t from,
    uint32_t end)
{
	uint32_t page = (from >> PAGE_SHIFT) - (a->place->addr >> PAGE_SHIFT);
	int64_t frame = frame_of(a->at, a->place, page);
	const uint8_t *bytes;

	if (frame < 0)
		return false;
	bytes = memory_at(&a->at->memory,
	    ((uint32_t)frame << PAGE_SHIFT) + from % PAGE_SIZE);
	if (bytes != NULL)
		sha256_add(hash, bytes, end - from);
	return bytes != NULL;
}

static void
ask_content(struct asked *a)
{
	uint32_t at = a->place->addr, end = at + a->place->bytes, next;
	uint8_t digest[SHA256_SIZE];
	struct sha256 hash;

	if (a->has_n) {
		at = (at & PTE_FRAME) + a->n * PAGE_SIZE;
		end = at + PAGE_SIZE;
	}
	a->answer->is_string = true;
	a->answer->string[0] = '\0';
	sha256_init(&hash);
	for (; at < end; at = next) {
		next = (at & PTE_FRAME) + PAGE_SIZE;
		if (next > end)
			next = end;
		if (!add_page(a, &hash, at, next))
			return;
	}
	sha256_end(&hash, digest);
	hex_text(digest, 8, a->answer->string);
}

static void
ask_free_frames(struct asked *a)
{
	uint32_t i, count = 0;

	for (i = 1; i < a->at->memory.nframes; i++)
		count += snapshot_vm_refs(a->at, i) == FRAME_IS_FREE;
	number(a, count);
}

static void
ask_used_frames(struct asked *a)
{
	uint32_t i, count = 0;

	for (i = 0; i < a->at->memory.nframes; i++)
		count += a->at->refs[i] > 0;
	number(a, count);
}

static void
ask_fresh_frames(struct asked *a)
{
	uint32_t i, count = 0;

	for (i = 0; i < a->at->memory.nframes; i++)
		count += a->at->refs[i] == 0 && a->later->refs[i] > 0;
	number(a, count);
}

/* VM counts one for each entry and each table. Frames it does not give out
 * have no count; those of its own records one, and no entry. */
static bool
is_miscounted(const struct asked *a, uint32_t frame)
{
	int64_t vm = snapshot_vm_refs(a->at, frame);
	uint32_t real = a->at->refs[frame] + a->at->tables[frame];

	if (vm == FRAME_IS_FREE)
		return real != 0;
	return vm != 0 && vm != real && !(vm == 1 && real == 0);
}

static void
ask_miscounted(struct asked *a)
{
	uint32_t i, count = 0;

	for (i = 1; i < a->at->memory.nframes; i++) {
		if (is_miscounted(a, i) && count++ == 0)
			frame_story(a->o, a->at, i, a->note, EXPR_NOTE_MAX);
	}
	number(a, count);
}

static void
ask_ticks(struct asked *a)
{
	number(a, (int64_t)(a->later->came - a->at->left));
}

static void
ask_variable(struct asked *a, bool vm)
{
	const char *name = a->answer->string;
	int64_t value;

	if (snapshot_variable(a->o, a->at, vm, name, &value) < 0)
		lack(a, "there is no number %.200s", name);
	else
		number(a, value);
}

static void
ask_kernel(struct asked *a)
{
	ask_variable(a, false);
}

static void
ask_vm(struct asked *a)
{
	ask_variable(a, true);
}

/* What each argument must be: a checkpoint, a later one, a place, another
 * place, a number, any number if there is one, a name. */
static const struct {
	const char *name, *args;
	void (*run)(struct asked *);
} questions[] = {
	{ "frame", "apm", ask_frame },
	{ "pte", "apm", ask_pte },
	{ "refs", "apm", ask_refs },
	{ "vm_refs", "apm", ask_vm_refs },
	{ "content", "apm", ask_content },
	{ "pages", "ap", ask_pages },
	{ "present", "apm", ask_present },
	{ "writable", "apm", ask_writable },
	{ "shared", "apm", ask_shared },
	{ "pinned", "apm", ask_pinned },
	{ "held", "apn", ask_held },
	{ "same", "apo", ask_same },
	{ "moved", "alp", ask_moved },
	{ "free_frames", "a", ask_free_frames },
	{ "used_frames", "a", ask_used_frames },
	{ "fresh_frames", "al", ask_fresh_frames },
	{ "miscounted", "a", ask_miscounted },
	{ "ticks", "al", ask_ticks },
	{ "kernel", "as", ask_kernel },
	{ "vm", "as", ask_vm },
};

static bool
fits(const struct question *q, const char *form)
{
	int i;

	for (i = 0; form[i] != '\0'; i++) {
		if (i >= q->nargs)
			return form[i] == 'm';
		if (q->args[i].is_string != (strchr("mn", form[i]) == NULL))
			return false;
	}
	return i == q->nargs;
}

static const struct snapshot *
look_up(struct asked *a, const struct question *q, const char *name)
{
	const struct snapshot *s =
	    oracle_snapshot(q->env->memory, q->env->test, name);

	if (s == NULL)
		lack(a, "checkpoint %.200s was never reached", name);
	else if (s->left > *a->time)
		*a->time = s->left;
	return s;
}

static const struct place *
find_place(struct asked *a, const char *name)
{
	const struct place *p =
	    a->at != NULL ? snapshot_place(a->at, name) : NULL;

	if (p == NULL)
		lack(a, "there is no place %.200s", name);
	return p;
}

/* Look everything up; false if something is missing. */
static bool
prepare(struct asked *a, const struct question *q, const char *form)
{
	int i;

	for (i = 0; i < q->nargs; i++) {
		const struct value *v = &q->args[i];

		if (form[i] == 'a')
			a->at = look_up(a, q, v->string);
		else if (form[i] == 'l')
			a->later = look_up(a, q, v->string);
		else if (form[i] == 'p')
			a->place = find_place(a, v->string);
		else if (form[i] == 'o')
			a->other = find_place(a, v->string);
		else if (form[i] == 's')
			*a->answer = *v;
		else {
			a->has_n = true;
			a->n = (uint32_t)v->number;
		}
	}
	return a->missing[0] == '\0';
}

int
oracle_ask(const struct question *q, struct value *answer, char *missing,
    char *note, uint64_t *time)
{
	struct value value = { false, 0, "" };
	struct asked a = { .o = q->env->memory,
		.answer = &value,
		.missing = missing,
		.note = note,
		.time = time };
	size_t i = 0, n = sizeof questions / sizeof questions[0];

	while (i < n &&
	    (strlen(questions[i].name) != q->len ||
		memcmp(questions[i].name, q->name, q->len) != 0))
		i++;
	if (i == n)
		return -ENOENT;
	if (!fits(q, questions[i].args))
		return -EINVAL;
	missing[0] = note[0] = '\0';
	if (q->env->test != NULL && prepare(&a, q, questions[i].args))
		questions[i].run(&a);
	else if (questions[i].run == ask_content)
		value.is_string = true;
	*answer = value;
	return 0;
}
