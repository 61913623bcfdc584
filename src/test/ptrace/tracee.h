/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A process to be traced, in each way a process can come under its tracer.
 * Each end is seen twice where the tracer is not the parent: the tracer's
 * status is compared with what the real parent has seen, which never is a stop.
 *
 * Nothing here waits longer than tracee_limit() allows: a wait that takes
 * longer is a failed check, and its result is -1.
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
 * @return its id, or -1: it could not be traced
 */
pid_t tracee_begin(enum how how, tracee_fn *fn);

/** Let it do what it is to do; it runs. */
void tracee_go(void);

/** The same, but it stops itself first: what follows is its first step.
 * @param[in] pid its id */
void tracee_hold(pid_t pid);

/** It tells its tracer a number. @param[in] n the number */
void tracee_tell(int n);

/** What it has told; waits. @return the number */
int tracee_told(void);

/** It stops. @param[in] pid its id @return the signal, or -1: it has ended */
int tracee_stop(pid_t pid);

/** Send it SIGSTOP, which it shows, alone. @param[in] pid its id */
void tracee_halt(pid_t pid);

/** Has it news? @param[in] pid its id
 * @return the signal that it shows, 0: none, or -1: it has ended */
int tracee_news(pid_t pid);

/** It stops or ends; tracee_end() then tells of the end.
 * @param[in] pid its id @return the signal, or 0: it has ended */
int tracee_next(pid_t pid);

/** It ends. @param[in] pid its id @return exit code, ENDED_BY + a signal, or
 * -1: it has stopped */
int tracee_end(pid_t pid);

/** It ends, and is not traced any more: its parent tells.
 * @param[in] pid its id @return as tracee_end() */
int tracee_end_untraced(pid_t pid);

/** The real parent of the process that has been made last, if that is not the
 * tracer. @return its id, or 0 */
pid_t tracee_parent(void);

/** A request without an argument but data. @param[in] request T_*
 * @param[in] pid its id @param[in] data the word @return 0 or an errno */
int tracee_do(int request, pid_t pid, long data);

/** Wait until it waits in a call. @param[in] pid its id @param[in] ep of the
 * server that it waits for */
void tracee_blocks(pid_t pid, endpoint_t ep);

/** Its state, as ps(1) shows it. @param[in] pid its id @return a letter */
char tracee_state(pid_t pid);

/** Wait for a child's end, as long as there is time. @param[in] pid its id
 * @return as child_end() */
int tracee_reap(pid_t pid);

/** The same for what a child does. @see child_with() */
int tracee_with(int (*what)(int), int arg);

/** Send a signal to a process, never to more than that one.
 * @param[in] pid its id @param[in] sig which @return as kill() */
int tracee_kill(pid_t pid, int sig);

/** Wait until it is dead, though nobody has heard of it. @param[in] pid its
 * id */
void tracee_dies(pid_t pid);

/** Has there been a wait that took too long, since tracee_limit()?
 * @return whether there has */
bool tracee_late(void);

/** End everything that a scene may have left, whatever has gone wrong. */
void tracee_clear(void);

/** From now on waits end. @param[in] s seconds; 0: no more */
void tracee_limit(unsigned int s);
