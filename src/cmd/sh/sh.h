/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The shell's state, and messages.
 *
 * Nothing jumps: what ends more than one command (break, an error, an
 * interrupt) is written into sh.leave, and everything that runs commands
 * stops and returns as soon as that is not LEAVE_NOT.
 */
#pragma once

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

#include "cmd/sh/mem.h"

/** How far to leave what is being run. */
enum leave {
	LEAVE_NOT,
	LEAVE_CONTINUE, /* to the next round of a loop */
	LEAVE_BREAK,    /* a loop */
	LEAVE_RETURN,   /* a function, a sourced file */
	LEAVE_LINE,     /* all, back to the prompt */
	LEAVE_EXIT,     /* the shell */
};

/** Calls within calls: functions, eval, sourced files. */
#define SH_CALLS_MAX 200

/** Descriptors that are the shell's own are these and above. */
#define SH_FD_OWN 10

struct shell {
	int status; /**< $? */
	enum leave leave;
	int levels; /**< loops that break or continue still has to leave */
	int loops;  /**< around the current command */
	int calls;  /**< around it, too */
	int quiet;  /**< conditions around it: -e means nothing there */
	struct region now;   /**< what commands that run need */
	struct region *tree; /**< where the tree that runs is */
	char *name;          /**< $0 */
	int argc;            /**< $# */
	char **argv;         /**< $1 is argv[0] */
	char **owned;        /**< block on the heap argv points into, or NULL */
	pid_t pid, background; /**< $$, $! */
	bool interactive, job_control;
	bool child;                        /**< of the shell that was started */
	bool opt[6];                       /**< enum shell_option */
	const char *script;                /**< for messages, or NULL */
	int line;                          /**< in it */
	volatile sig_atomic_t interrupted; /**< SIGINT at the prompt */
	volatile sig_atomic_t trapped; /**< some signal waits for its trap */
};

/** Options of set; their letters are in SHELL_OPTIONS. */
enum shell_option {
	OPT_E,
	OPT_F,
	OPT_M,
	OPT_N,
	OPT_U,
	OPT_X
};

#define SHELL_OPTIONS "efmnux"

extern struct shell sh; /* main.c */

/** Complain: "sh: SCRIPT: LINE: what: reason". @param[in] what it is about
 * @param[in] reason why, or NULL for that of errno */
void sh_warn(const char *what, const char *reason);

/** Complain and leave the line, or the shell if it runs a script.
 * @param[in] what it is about @param[in] reason why, NULL for errno's */
void sh_abort(const char *what, const char *reason);

/** Leave the line or the shell. @param[in] status $? for it */
void sh_leave(int status);

/** Write text to standard output. @param[in] s text
 * @return 0, or 1 after a complaint */
int sh_out(const char *s);

struct source;

/** Run what is left of a source. @param[in,out] from source */
void sh_run(struct source *from);

/** Run a text as commands, for eval and traps. @param[in] text it */
void sh_run_text(const char *text);

/** Run a file. @param[in] path it @return 0, or -1 with errno */
int sh_run_file(const char *path);

/** End the shell, after the trap for it. @param[in] status exit status */
_Noreturn void sh_exit(int status);
