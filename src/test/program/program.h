/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What test programs share: things that end a process, or that may, are tried
 * in a child; and after something terrible the system must still be alive.
 */
#pragma once

#include <stdbool.h>

#include <abi/endpoint.h>

#include "test/report/report.h"

#define SIGNALLED 256 /* child(): ended by a signal, added to its number */
#define NO_CHILD  (-1)

/**
 * Run something in a child.
 *
 * @param[in] what  runs there; what it returns is the exit status
 * @return exit status, SIGNALLED + signal, or NO_CHILD: fork failed
 */
int child(int (*what)(void));

/** The same for something that takes an argument. @see child() */
int child_with(int (*what)(int), int arg);

/** Collect a child. @param[in] pid its number @return as child() */
int child_end(int pid);

/** Where a process can be reached. @param[in] pid its number @return its
 * endpoint, or NONE */
endpoint_t endpoint_of(int pid);

/** Sleep. @param[in] ms milliseconds */
void pause_ms(unsigned int ms);

/**
 * Is the system alive: does a program start, a file keep what is written to
 * it, a pipe pass it on, the shell run a command? Reports what is broken.
 *
 * @return whether it is
 */
bool system_alive(void);

/**
 * Run a command of the shell.
 *
 * @param[in] command  the command
 * @return its exit status, or as child()
 */
int shell(const char *command);
