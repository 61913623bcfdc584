/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * See signals.h. The first numbers are those of old BSD, as ours are.
 *
 * @source GDB manual, "Stop Reply Packets"; numbers of enum gdb_signal
 */
#include "cmd/gdbstub/signals.h"

#include <abi/signal.h>

#define SAME_UP_TO SIGTTOU

enum {
	GDB_VTALRM = 26,
	GDB_PROF = 27,
	GDB_WINCH = 28,
	GDB_USR1 = 30,
	GDB_USR2 = 31,
	GDB_UNKNOWN = 143
};

static const struct {
	int sig, number;
} others[] = {
	{ SIGUSR1, GDB_USR1 },
	{ SIGUSR2, GDB_USR2 },
	{ SIGWINCH, GDB_WINCH },
	{ SIGVTALRM, GDB_VTALRM },
	{ SIGPROF, GDB_PROF },
};

#define NR_OTHERS (sizeof others / sizeof others[0])

_Static_assert(SAME_UP_TO + NR_OTHERS == _NSIG - 1, "a signal is missing");

int
gdb_signal(int sig)
{
	if (sig >= 0 && sig <= SAME_UP_TO)
		return sig;
	for (unsigned int i = 0; i < NR_OTHERS; i++)
		if (others[i].sig == sig)
			return others[i].number;
	return GDB_UNKNOWN;
}

int
signal_of_gdb(unsigned int number)
{
	if (number <= SAME_UP_TO)
		return (int)number;
	for (unsigned int i = 0; i < NR_OTHERS; i++)
		if ((unsigned int)others[i].number == number)
			return others[i].sig;
	return -1;
}
