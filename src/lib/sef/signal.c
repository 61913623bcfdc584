/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Signals from the kernel. SIGKSIG says that processes we manage have signals:
 * they are fetched one process at a time, and each is stopped until we have
 * said that its signals are disposed of.
 */
#include "lib/sef/sef_private.h"

#include <abi/signal.h>
#include <lacuna/printf.h>
#include <lacuna/syslib.h>

/* The lowest signal of a set that is not empty; it is taken out. */
static int
take(ksigset_t *set)
{
	int sig = __builtin_ctz(*set) + 1;

	*set &= ~KSIG_BIT(sig);
	return sig;
}

/* Give the manager callback the signals of one process. */
static void
manage(endpoint_t target, ksigset_t set)
{
	int r = OK;

	while (set != 0 && r != -EDEADSRCDST)
		r = sef_state.signal_manager(target, take(&set));
	if (r != -EDEADSRCDST)
		(void)sys_endksig(target); /* it may have died since */
}

/* Fetch the signals of all processes we manage. */
static void
manage_all(void)
{
	endpoint_t target;
	ksigset_t set;
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

	for (; set != 0; set &= set - 1) { /* without the lowest bit */
		sig = __builtin_ctz(set) + 1;
		if (sig == SIGKSIG) {
			manage_all();
		} else {
			sef_state.signals++;
			sef_state.signal_handler(sig);
		}
	}
}
