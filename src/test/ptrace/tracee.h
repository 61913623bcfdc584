/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A process to be traced, in each way a process can come under its tracer.
 * Each end is seen twice where the tracer is not the parent: the tracer's
 * status is compared with what the real parent has seen, which never is a stop.
 */
#pragma once

#include <sys/ptrace.h>
#include <sys/wait.h>

#include "test/program/program.h"

/** How it comes under its tracer. */
enum how {
	BY_OK,     /* a child asks for it */
	BY_ATTACH, /* the tracer attaches to its child */
	BY_OTHER,  /* ... to somebody else's child */
	BY_FORK,   /* it is the child of a process that is traced */
	HOWS
};

#define ENDED_BY 1000 /* and a signal: an end by it */

/** What a traced process does; the result is its exit code. */
typedef int tracee_fn(void);

/**
 * Make a process that is traced and runs: it waits for tracee_go() before it
 * does anything.
 *
 * @param[in] how how it comes under its tracer
 * @param[in] fn  what it does then
 * @return its id
 */
pid_t tracee_begin(enum how how, tracee_fn *fn);

/** Let it do what it is to do; it runs. */
void tracee_go(void);

/** It tells its tracer a number. @param[in] n the number */
void tracee_tell(int n);

/** What it has told; waits. @return the number */
int tracee_told(void);

/** It stops. @param[in] pid its id @return the signal, or -1: it has ended */
int tracee_stop(pid_t pid);

/** Has it news? @param[in] pid its id
 * @return the signal that it shows, 0: none, or -1: it has ended */
int tracee_news(pid_t pid);

/** It stops or ends; tracee_end() then tells of the end.
 * @param[in] pid its id @return the signal, or 0: it has ended */
int tracee_next(pid_t pid);

/** It ends. @param[in] pid its id @return exit code, ENDED_BY + a signal, or
 * -1: it has stopped */
int tracee_end(pid_t pid);

/** A request without an argument but data. @param[in] request T_*
 * @param[in] pid its id @param[in] data the word @return 0 or an errno */
int tracee_do(int request, pid_t pid, long data);

/** Run a scenario once in each way. @param[in] scenario it */
void tracee_each(void (*scenario)(enum how how));
