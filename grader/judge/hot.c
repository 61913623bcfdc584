/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Hot code, found by its bytes.
 */
#include "grader/judge/hot.h"

#include <elf.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "grader/base/base.h"
#include "grader/emulator/symbols.h"

#define CODE_BYTES  64
#define FRAMES      12
#define KERNEL_BASE 0xC0000000u

const char *const hot_questions[] = { "x /64bx eip", "bt 12", "x /2wx esp",
	NULL };

/* What the debugger knows. */
struct answers {
	uint32_t pc;
	uint8_t code[CODE_BYTES];
	size_t ncode;
	uint32_t frames[FRAMES];
	size_t nframes;
	uint32_t top[2]; /* of the stack; 0: not known */
};

/* A line of code bytes: "[0xADDR <name>:] 0xNN 0xNN ..." */
static void
read_code(struct answers *a, const char *line)
{
	const char *at = strchr(line, ':');

	if (strncmp(line, "0x", 2) != 0 || at == NULL)
		return;
	if (a->ncode == 0)
		a->pc = (uint32_t)strtoull(line, NULL, 16);
	while ((at = strstr(at, "0x")) != NULL && a->ncode < CODE_BYTES) {
		a->code[a->ncode++] = (uint8_t)strtoul(at, NULL, 16);
		at += 2;
	}
}

/* A line with the top of the stack: "[0xADDR <name>:] 0xNNNNNNNN 0xNNNNNNNN" */
static bool
read_top(struct answers *a, const char *line)
{
	const char *at = strchr(line, ':');
	char *end;

	at =
	    strncmp(line, "0x", 2) == 0 && at != NULL ? strstr(at, "0x") : NULL;
	if (at == NULL || strspn(at + 2, "0123456789abcdef") != 8)
		return false;
	a->top[0] = (uint32_t)strtoul(at, &end, 16);
	a->top[1] = (uint32_t)strtoul(end, NULL, 16);
	return true;
}

/* A line of the frame chain: "FRAME -> ADDR (name)" */
static void
read_frame(struct answers *a, const char *line)
{
	const char *at = strstr(line, " -> ");

	if (at != NULL && a->nframes < FRAMES)
		a->frames[a->nframes++] = (uint32_t)strtoul(at + 4, NULL, 16);
}

static void
read_answers(struct answers *a, const char *dump)
{
	char *copy = text("%s", dump), *rest = copy, *line;

	memset(a, 0, sizeof *a);
	while ((line = strsep(&rest, "\n")) != NULL) {
		if (!read_top(a, line))
			read_code(a, line);
		read_frame(a, line);
	}
	free(copy);
}

/* Does a program hold this code at this address? */
static bool
holds(const char *elf, size_t n, const struct answers *a)
{
	Elf32_Ehdr h;
	Elf32_Phdr p;
	size_t i, at;

	if (n < sizeof h || memcmp(elf, ELFMAG, SELFMAG) != 0)
		return false;
	memcpy(&h, elf, sizeof h);
	for (i = 0; i < h.e_phnum; i++) {
		at = h.e_phoff + i * sizeof p;
		if (h.e_ident[EI_CLASS] != ELFCLASS32 || at + sizeof p > n)
			return false;
		memcpy(&p, elf + at, sizeof p);
		if (p.p_type != PT_LOAD || a->pc < p.p_vaddr ||
		    a->pc - p.p_vaddr + a->ncode > p.p_filesz)
			continue;
		at = p.p_offset + (a->pc - p.p_vaddr);
		if (at + a->ncode <= n &&
		    memcmp(elf + at, a->code, a->ncode) == 0)
			return true;
	}
	return false;
}

/* Is this file, below a part of the build directory, the program? */
static bool
is_program(const char *path, const struct answers *a)
{
	char *data;
	size_t n;
	bool found;

	if (strchr(strrchr(path, '/'), '.') != NULL ||
	    file_read(path, &data, &n) < 0)
		return false;
	found = holds(data, n, a);
	free(data);
	return found;
}

/* The name of a program below a directory that runs, for free(), or NULL. */
static char *
program_below(const char *dir, const struct answers *a)
{
	struct strings files = { 0 };
	char *path, *name = NULL;
	size_t i;

	(void)list_files(dir, &files); /* none: nothing is found */
	for (i = 0; i < files.n && name == NULL; i++) {
		path = text("%s/%s", dir, files.at[i]);
		if (is_program(path, a))
			name = text("%s", strrchr(path, '/') + 1);
		free(path);
	}
	strings_free(&files);
	return name;
}

/* The name of the program that runs, for free(), or NULL: unknown. */
static char *
program_of(const char *objects, const struct answers *a)
{
	static const char *const parts[] = { "servers", "drivers", "fs", "cmd",
		"test" };
	char *dir, *name = NULL;
	size_t i;

	for (i = 0; i < sizeof parts / sizeof parts[0] && name == NULL; i++) {
		dir = text("%s/%s", objects, parts[i]);
		name = program_below(dir, a);
		free(dir);
	}
	return name;
}

bool
hot_idle(const char *objects, const char *dump)
{
	struct answers a;
	char *line, *where;
	bool idle;

	read_answers(&a, dump);
	if (a.pc < KERNEL_BASE || objects == NULL)
		return false;
	/* The entry may have pushed a word already. */
	line = text("trace kernel 0 0x%08x 0x%08x", (unsigned int)a.top[0],
	    (unsigned int)a.top[1]);
	where = symbols_decode(objects, line);
	idle = where != NULL && strstr(where, " arch_idle ") != NULL;
	free(where);
	free(line);
	return idle;
}

/* The name of what runs, for free(), or NULL: unknown. */
static char *
name_of(const char *objects, const struct answers *a)
{
	if (a->ncode < CODE_BYTES || objects == NULL)
		return NULL;
	return a->pc >= KERNEL_BASE ? text("kernel") : program_of(objects, a);
}

/* The frames of a program that is known, decoded; or NULL. */
static char *
decode(const char *objects, const char *name, const struct answers *a)
{
	char *line = text("trace %s 0", name), *more;
	size_t i;

	for (i = 0; i < a->nframes; i++) {
		more = text("%s 0x%08x", line, (unsigned int)a->frames[i]);
		free(line);
		line = more;
	}
	more = symbols_decode(objects, line);
	free(line);
	return more;
}

char *
hot_decode(const char *objects, const char *dump)
{
	struct answers a;
	char *name, *lines, *where;

	read_answers(&a, dump);
	name = name_of(objects, &a);
	if (name == NULL)
		return NULL;
	lines = decode(objects, name, &a);
	where = lines != NULL ? text("  in %s:\n%s", name, lines) : NULL;
	free(lines);
	free(name);
	return where;
}

static size_t
count_in(const struct hot_sample *samples, size_t n, uint32_t space)
{
	size_t i, count = 0;

	for (i = 0; i < n; i++)
		count += !samples[i].idle && samples[i].space == space;
	return count;
}

uint32_t
hot_space(const struct hot_sample *samples, size_t n, size_t *most)
{
	uint32_t space = 0;
	size_t i, count;

	*most = 0;
	for (i = 0; i < n; i++) {
		count = count_in(samples, n, samples[i].space);
		if (count > *most) {
			*most = count;
			space = samples[i].space;
		}
	}
	return space;
}

/* Samples of one program, decoded. */
struct turns {
	char *program;
	struct strings decoded;
};

/* Is this a sample of the loop? In the kernel only if all of them are: else
 * it is there on behalf of the program. */
static bool
belongs(const struct hot_sample *s, uint32_t space, bool user)
{
	return !s->idle && s->space == space && (s->pc < KERNEL_BASE) == user;
}

static void
turn_add(struct turns *t, const char *objects, const char *answers)
{
	struct answers a;
	char *lines;

	read_answers(&a, answers);
	if (t->program == NULL)
		t->program = name_of(objects, &a);
	if (t->program == NULL)
		return;
	lines = decode(objects, t->program, &a);
	if (lines != NULL)
		strings_add(&t->decoded, lines);
	free(lines);
}

static void
turns_take(struct turns *t, const char *objects,
    const struct hot_sample *samples, size_t n)
{
	size_t i, most;
	uint32_t space = hot_space(samples, n, &most);
	bool user = false;

	for (i = 0; i < n; i++)
		user = user || belongs(&samples[i], space, true);
	for (i = 0; i < n && most > 0; i++)
		if (belongs(&samples[i], space, user))
			turn_add(t, objects, samples[i].answers);
}

/* The function of a decoded line, up to its "at"; for free(), or NULL. */
static char *
function_of(const char *line, size_t n)
{
	char *copy = text("%.*s", (int)n, line), *at = strstr(copy, " at ");
	char *name = NULL;

	if (at != NULL) {
		*at = '\0';
		name = strrchr(copy, ' ');
		name = name != NULL ? text("%s at ", name) : NULL;
	}
	free(copy);
	return name;
}

/* Is a function in nine of ten turns? */
static bool
in_most(const struct turns *t, const char *function)
{
	size_t i, count = 0;

	for (i = 0; i < t->decoded.n; i++)
		count += strstr(t->decoded.at[i], function) != NULL;
	return count * 10 >= t->decoded.n * 9;
}

/* The innermost function of a turn that is in most of the others, too; "" if
 * none is. */
static char *
innermost(const struct turns *t, const char *turn)
{
	char *function, *spot = NULL;
	size_t n;

	for (; *turn != '\0' && spot == NULL; turn += n + (turn[n] != '\0')) {
		n = strcspn(turn, "\n");
		function = function_of(turn, n);
		if (function != NULL && in_most(t, function))
			spot = text("%s%.*s", function + 1,
			    (int)(turn + n - strstr(turn, " at ") - 4),
			    strstr(turn, " at ") + 4);
		free(function);
	}
	return spot != NULL ? spot : text("%s", "");
}

bool
hot_find(const char *objects, const struct hot_sample *samples, size_t n,
    struct hot_loop *loop)
{
	struct turns t = { 0 };
	const char *last;

	memset(loop, 0, sizeof *loop);
	turns_take(&t, objects, samples, n);
	if (t.decoded.n == 0) {
		free(t.program);
		return false;
	}
	last = t.decoded.at[t.decoded.n - 1];
	loop->program = t.program;
	loop->spot = innermost(&t, last);
	loop->where = text("  in %s:\n%s", t.program, last);
	strings_free(&t.decoded);
	return true;
}

void
hot_loop_free(struct hot_loop *loop)
{
	free(loop->program);
	free(loop->spot);
	free(loop->where);
	memset(loop, 0, sizeof *loop);
}
