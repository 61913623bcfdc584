/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Signals from the kernel. SIGKSIG says that processes we manage have signals:
 * they are fetched one process at a time, and each is stopped until we have
 * said that its signals are disposed of.
 */
#include "lib/sef/sef_private.h"

#include <lacuna/printf.h>
#include <lacuna/sigset.h>
#include <lacuna/syslib.h>

/* Give the manager callback the signals of one process. */
static void
manage(endpoint_t target, sigset_t set)
{
	int r = OK;

	while (set != 0 && r != -EDEADSRCDST)
		r = sef_state.signal_manager(target, sigset_take(&set));
	if (r != -EDEADSRCDST)
		(void)sys_endksig(target); /* it may have died since */
}

/* Fetch the signals of all processes we manage. */
static void
manage_all(void)
{
	endpoint_t target;
	sigset_t set;
	int r;

	for (;;) {
		r = sys_getksig(&target, &set);
		if (r != OK)
			panic("cannot get signals: %d", r);
		if (target == NONE)
			break;
		manage(target, set);
	}
}

void
sef_signal_set(ksigset_t set)
{
	int sig;

	while ((sig = sigset_take(&set)) != 0) {
		if (sig == SIGKSIG) {
			manage_all();
		} else {
			sef_state.signals++;
			sef_state.signal_handler(sig);
		}
	}
}
