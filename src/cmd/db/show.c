/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See show.h. */
#include "cmd/db/show.h"

#include <string.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

#include "cmd/db/symbols.h"
#include "cmd/trace/process.h"
#include "cmd/trace/text.h"

#define ROW        4  /* words in a line */
#define FRAMES_MAX 64 /* of a stack that may be nonsense */

static const struct {
	const char *name;
	size_t offset;
} registers[] = {
	{ "eax", PROCESS_REG(eax) },
	{ "ebx", PROCESS_REG(ebx) },
	{ "ecx", PROCESS_REG(ecx) },
	{ "edx", PROCESS_REG(edx) },
	{ "esi", PROCESS_REG(esi) },
	{ "edi", PROCESS_REG(edi) },
	{ "ebp", PROCESS_REG(ebp) },
	{ "esp", PROCESS_REG(esp) },
	{ "eip", PROCESS_REG(eip) },
	{ "eflags", PROCESS_REG(eflags) },
};

#define NR_REGISTERS (sizeof registers / sizeof registers[0])

static void
hex(uint32_t n, int width)
{
	cmd_outs("0x");
	cmd_out_digits(n, 16, width);
}

void
show_place(uint32_t addr)
{
	uint32_t offset = 0;
	const char *name = symbols_name(addr, &offset);

	hex(addr, 0);
	if (name == NULL)
		return;
	cmd_outc(' ');
	cmd_outs(name);
	if (offset > 0) {
		cmd_outc('+');
		hex(offset, 0);
	}
}

bool
show_register(const char *name, size_t *offset)
{
	for (size_t i = 0; i < NR_REGISTERS; i++)
		if (strcmp(name, registers[i].name) == 0) {
			*offset = registers[i].offset;
			return true;
		}
	return false;
}

void
show_registers(pid_t pid)
{
	uint32_t value = 0;

	for (size_t i = 0; i < NR_REGISTERS; i++) {
		(void)process_word(pid, registers[i].offset, &value);
		cmd_out_column(registers[i].name, -7);
		if (registers[i].offset == PROCESS_REG(eip))
			show_place(value);
		else
			hex(value, 8);
		cmd_outc('\n');
	}
}

void
show_words(pid_t pid, uint32_t addr, size_t n)
{
	uint32_t word;

	for (size_t i = 0; i < n; i++, addr += (uint32_t)sizeof word) {
		if (process_peek(pid, addr, &word, sizeof word) < sizeof word) {
			if (i % ROW != 0)
				cmd_outc('\n');
			hex(addr, 0);
			cmd_outs(": no memory is there\n");
			return;
		}
		if (i % ROW == 0) {
			show_place(addr);
			cmd_outc(':');
		}
		cmd_outc(' ');
		hex(word, 8);
		if (i % ROW == ROW - 1 || i == n - 1)
			cmd_outc('\n');
	}
}

void
show_string(pid_t pid, uint32_t addr)
{
	char buf[256];
	size_t got = process_peek(pid, addr, buf, sizeof buf);
	size_t n = strnlen(buf, got);
	struct text t = { 0 };

	show_place(addr);
	if (got == 0) {
		cmd_outs(": no memory is there\n");
		return;
	}
	text_quote(&t, buf, n);
	cmd_outs(": ");
	cmd_out(t.s, t.n);
	cmd_outs(n == got ? "...\n" : "\n");
	text_free(&t);
}

void
frame_first(pid_t pid, struct frame *f)
{
	*f = (struct frame){ 0 };
	(void)process_word(pid, PROCESS_REG(eip), &f->pc);
	(void)process_word(pid, PROCESS_REG(ebp), &f->bp);
	(void)process_word(pid, PROCESS_REG(esp), &f->sp);
}

static bool
word_at(pid_t pid, uint32_t addr, uint32_t *word)
{
	return process_peek(pid, addr, word, sizeof *word) == sizeof *word;
}

/* Within the first two instructions of a function (push ebp; mov esp, ebp)
 * the frame is still that of its caller. */
static bool
caller_of_new(pid_t pid, struct frame *f)
{
	uint32_t offset = 0;

	if (f->sp == 0 || symbols_name(f->pc, &offset) == NULL ||
	    (offset != 0 && offset != 1))
		return false;
	if (!word_at(pid, f->sp + 4 * offset, &f->pc))
		return false;
	f->sp = 0;
	return true;
}

bool
frame_next(pid_t pid, struct frame *f)
{
	uint32_t bp = f->bp;

	if (caller_of_new(pid, f))
		return true;
	if (bp == 0 || bp < f->sp || !word_at(pid, bp + 4, &f->pc) ||
	    !word_at(pid, bp, &f->bp))
		return false;
	f->sp = 0;
	return f->pc != 0 && (f->bp == 0 || f->bp > bp);
}

void
show_stack(pid_t pid)
{
	struct frame f;
	int n = 0;

	frame_first(pid, &f);
	do {
		cmd_outc('#');
		cmd_out_number(n, 0);
		cmd_outc(' ');
		show_place(f.pc);
		cmd_outc('\n');
	} while (++n < FRAMES_MAX && frame_next(pid, &f));
}
