/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See lib/core/note.h. */
#include "lib/core/note.h"

#include <lacuna/string.h>

static struct core_registers
registers(const struct reg_frame *r)
{
	return (struct core_registers){
		.ebx = r->ebx,
		.ecx = r->ecx,
		.edx = r->edx,
		.esi = r->esi,
		.edi = r->edi,
		.ebp = r->ebp,
		.eax = r->eax,
		.ds = r->ds,
		.es = r->es,
		.fs = r->fs,
		.gs = r->gs,
		.call = UINT32_MAX,
		.eip = r->eip,
		.cs = r->cs,
		.eflags = r->eflags,
		.esp = r->esp,
		.ss = r->ss,
	};
}

static void
note_fill(struct elf_note *note, char name[8], uint32_t type, size_t size)
{
	note->namesz = sizeof CORE_NOTE_NAME;
	note->descsz = (uint32_t)size;
	note->type = type;
	memcpy(name, CORE_NOTE_NAME, sizeof CORE_NOTE_NAME);
}

void
core_notes_fill(struct core_notes *notes, const struct core_process *p)
{
	struct core_status *status = &notes->status;
	struct core_program *program = &notes->program;

	memset(notes, 0, sizeof *notes);
	note_fill(&notes->status_note, notes->status_name, CORE_NOTE_STATUS,
	    sizeof *status);
	note_fill(&notes->program_note, notes->program_name, CORE_NOTE_PROGRAM,
	    sizeof *program);
	status->signo = p->sig;
	status->sig = (int16_t)p->sig;
	status->pid = program->pid = p->pid;
	status->ppid = program->ppid = p->ppid;
	status->pgrp = program->pgrp = p->pgrp;
	status->sid = program->sid = p->sid;
	status->regs = registers(&p->regs);
	program->uid = (uint16_t)p->uid;
	program->gid = (uint16_t)p->gid;
	memcpy(program->name, p->name, sizeof program->name);
	memcpy(program->args, p->name, sizeof p->name);
}
