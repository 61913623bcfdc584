/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * See description.h. The first NR_REGS registers are those of target.h, in
 * that order. Those of the floating-point unit belong to the set, so they are
 * described; ptrace(2) does not show them, so nobody learns what they hold.
 */
#include "cmd/gdbstub/description.h"

#include <stdio.h>

#define DESCRIPTION_MAX 3072
#define NR_OF(array)    (sizeof(array) / sizeof(array)[0])

static const struct {
	const char *name, *type;
	int bits;
} registers[] = {
	{ "eax", "int32", 32 },
	{ "ecx", "int32", 32 },
	{ "edx", "int32", 32 },
	{ "ebx", "int32", 32 },
	{ "esp", "data_ptr", 32 },
	{ "ebp", "data_ptr", 32 },
	{ "esi", "int32", 32 },
	{ "edi", "int32", 32 },
	{ "eip", "code_ptr", 32 },
	{ "eflags", "eflags", 32 },
	{ "cs", "int32", 32 },
	{ "ss", "int32", 32 },
	{ "ds", "int32", 32 },
	{ "es", "int32", 32 },
	{ "fs", "int32", 32 },
	{ "gs", "int32", 32 },
	{ "st0", "i387_ext", 80 },
	{ "st1", "i387_ext", 80 },
	{ "st2", "i387_ext", 80 },
	{ "st3", "i387_ext", 80 },
	{ "st4", "i387_ext", 80 },
	{ "st5", "i387_ext", 80 },
	{ "st6", "i387_ext", 80 },
	{ "st7", "i387_ext", 80 },
	{ "fctrl", "int32", 32 },
	{ "fstat", "int32", 32 },
	{ "ftag", "int32", 32 },
	{ "fiseg", "int32", 32 },
	{ "fioff", "int32", 32 },
	{ "foseg", "int32", 32 },
	{ "fooff", "int32", 32 },
	{ "fop", "int32", 32 },
};

/** Flags in eflags, by their bits. */
static const struct {
	const char *name;
	int bit;
} flags[] = {
	{ "CF", 0 },
	{ "PF", 2 },
	{ "AF", 4 },
	{ "ZF", 6 },
	{ "SF", 7 },
	{ "TF", 8 },
	{ "IF", 9 },
	{ "DF", 10 },
	{ "OF", 11 },
};

static const char head[] =
    "<?xml version=\"1.0\"?><!DOCTYPE target SYSTEM \"gdb-target.dtd\">"
    "<target><architecture>i386</architecture><osabi>none</osabi>"
    "<feature name=\"org.gnu.gdb.i386.core\">"
    "<flags id=\"eflags\" size=\"4\">";
static const char field[] = "<field name=\"%s\" start=\"%d\" end=\"%d\"/>";
static const char reg[] = "<reg name=\"%s\" bitsize=\"%d\" type=\"%s\"/>";

static char text[DESCRIPTION_MAX];

static size_t
write_text(void)
{
	const size_t room = sizeof text;
	size_t n = (size_t)snprintf(text, room, "%s", head), i;

	for (i = 0; i < NR_OF(flags); i++)
		n += (size_t)snprintf(text + n, room - n, field, flags[i].name,
		    flags[i].bit, flags[i].bit);
	n += (size_t)snprintf(text + n, room - n, "</flags>");
	for (i = 0; i < NR_OF(registers); i++)
		n += (size_t)snprintf(text + n, room - n, reg,
		    registers[i].name, registers[i].bits, registers[i].type);
	n += (size_t)snprintf(text + n, room - n, "</feature></target>");
	return n;
}

const char *
description_text(size_t *size)
{
	static size_t n; /* 0: it has not been written yet */

	if (n == 0)
		n = write_text();
	*size = n;
	return text;
}

size_t
description_reg_size(uint32_t number)
{
	if (number >= NR_OF(registers))
		return 0;
	return (size_t)registers[number].bits / 8;
}
