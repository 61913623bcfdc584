/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Children of the shell: pipelines it waits for, and jobs it does not. An
 * interactive shell gives each a process group, and the terminal to the one
 * it waits for.
 */
#pragma once

#include "cmd/sh/sh.h"
#include "cmd/sh/tree.h"

/** One of the processes of a job. */
struct job_process {
	pid_t pid;    /**< 0: has ended */
	bool stopped; /**< until it is told to go on */
};

struct job {
	struct job *next;
	int id;      /**< in the table, from 1 on; 0: is waited for */
	pid_t group; /**< of all its processes, if there is job control */
	char *text;  /**< what was typed, more or less; on the heap */
	int status;  /**< of the last process, once it has ended */
	int signal;  /**< that stopped it last */
	int n, left; /**< processes; those that have not ended */
	int stopped; /**< of these, those that are stopped */
	bool told;   /**< it is known that it has stopped */
	pid_t last;  /**< the last one */
	struct job_process processes[];
};

/** Take the terminal and remember its settings, which come back after a
 * program that a signal ended. @return whether it can be taken */
bool job_terminal(void);

/** A job without processes. @param[in] processes how many it will have
 * @return it */
struct job *job_new(int processes);

/**
 * Fork a process of a job.
 *
 * @param[in,out] job         it
 * @param[in]     background  nobody will wait for it
 * @return as fork(); in the child signals and terminal are arranged
 */
pid_t job_fork(struct job *job, bool background);

/** The child will run commands itself: it must not do what an interactive
 * shell or its traps do. */
void job_child(void);

/**
 * Wait until all processes have ended, and forget the job; or, with job
 * control, until what is left of it has stopped, and keep it.
 *
 * @param[in] job  it
 * @param[in] n    its command; NULL: it is kept already
 * @return its status as $?; 128 and the signal of one that has stopped
 */
int job_wait(struct job *job, const struct node *n);

/** Have the processes of a job go on, if they are stopped.
 * @param[in,out] job it */
void job_continue(struct job *job);

/** Keep a job in the table. @param[in] job it @param[in] n its command */
void job_keep(struct job *job, const struct node *n);

/** Tell of jobs that have ended or stopped since. */
void job_notify(void);

/** Look up. @param[in] name %N, % or the id of its last process
 * @return it, or NULL after a complaint */
struct job *job_find(const char *name);

/** Wait for a process of no job. @param[in] pid it @return its status */
int job_wait_pid(pid_t pid);

/** Describe a command in a few words. @param[in,out] t where to
 * @param[in] n tree */
void describe(struct text *t, const struct node *n);
