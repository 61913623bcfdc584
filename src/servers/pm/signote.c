/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Notes of signals. A table beside that of the processes: fork, which copies a
 * process, has no use for them.
 */
#include "servers/pm/signote.h"

static struct sig_note notes[NR_PROCS][_NSIG];

void
sig_note_set(const struct mproc *mp, int sig, struct sig_note note)
{
	if (!(mp->pending & KSIG_BIT(sig)))
		notes[proc_slot(mp)][sig] = note;
}

struct sig_note
sig_note_get(const struct mproc *mp, int sig)
{
	return notes[proc_slot(mp)][sig];
}
