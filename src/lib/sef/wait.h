/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the main loop of a server does about its waits, see <lacuna/wait.h>.
 */
#pragma once

#include <lacuna/wait.h>

/** Is there a request or a signal that was put off? Most of the time there is
 * not, which then costs no call. Defined in wait.c. */
extern bool wait_left;

/** Take the oldest request that was put off, with its status word.
 * @return whether there was one */
bool wait_deferred(struct message *m, int *status);

/** Put off a signal if the server waits. @return whether it does */
bool wait_signal(int signo);

/** Take a signal that was put off. @return its number, or 0: none */
int wait_signal_take(void);

/** The alarm has gone off. @return whether a wait had use for it */
bool wait_alarm(clock_ticks now);
