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

char *
hot_decode(const char *objects, const char *dump)
{
	struct answers a;
	char *name, *line, *more, *where;
	size_t i;

	read_answers(&a, dump);
	if (a.ncode < CODE_BYTES || objects == NULL)
		return NULL;
	name = a.pc >= KERNEL_BASE ? text("kernel") : program_of(objects, &a);
	if (name == NULL)
		return NULL;
	line = text("trace %s 0", name);
	for (i = 0; i < a.nframes; i++) {
		more = text("%s 0x%08x", line, (unsigned int)a.frames[i]);
		free(line);
		line = more;
	}
	more = symbols_decode(objects, line);
	where = more != NULL ? text("  in %s:\n%s", name, more) : NULL;
	free(more);
	free(line);
	free(name);
	return where;
}
