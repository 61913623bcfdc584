/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The notes of a core file, laid out as debuggers expect them of GNU/Linux on
 * the i386. What Lacuna does not know stays 0.
 */
#pragma once

#include <abi/elf.h>
#include <lacuna/core.h>

#define CORE_NOTE_STATUS  1 /* of the process, with its registers */
#define CORE_NOTE_PROGRAM 3
#define CORE_NOTE_NAME    "CORE"

/** The general registers, in the order of the other system's ptrace. */
struct core_registers {
	uint32_t ebx, ecx, edx, esi, edi, ebp, eax;
	uint32_t ds, es, fs, gs;
	uint32_t call; /**< number of an interrupted call; ~0: in none */
	uint32_t eip, cs, eflags, esp, ss;
};

struct core_status {
	int32_t signo, code, error;
	int16_t sig, pad;
	uint32_t pending, blocked;
	int32_t pid, ppid, pgrp, sid;
	uint32_t times[8]; /**< user, system, the children's; pairs */
	struct core_registers regs;
	int32_t fpu; /**< there is a note with its registers */
};

struct core_program {
	uint8_t state, letter, zombie, nice;
	uint32_t flags;
	uint16_t uid, gid;
	int32_t pid, ppid, pgrp, sid;
	char name[16];
	char args[80];
};

/** All notes, one behind the other. */
struct core_notes {
	struct elf_note status_note;
	char status_name[8];
	struct core_status status;
	struct elf_note program_note;
	char program_name[8];
	struct core_program program;
};

_Static_assert(sizeof(struct core_status) == 144, "NT_PRSTATUS");
_Static_assert(sizeof(struct core_program) == 124, "NT_PRPSINFO");

/**
 * Say in notes what is known of a process.
 *
 * @param[out] notes  notes
 * @param[in]  p      process
 */
void core_notes_fill(struct core_notes *notes, const struct core_process *p);
