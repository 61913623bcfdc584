/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Inside the emulator library: one run and its steps. Only bochs*.c include
 * this.
 */
#pragma once

#include <limits.h>
#include <sys/types.h>

#include <stdio.h>

#include "grader/emulator/bochs_output.h"
#include "grader/emulator/bochs_stop.h"

#define RELAY_BYTES 256 /* at a time towards the guest */

/* Descriptors of a run, beside its standard ones. */
enum {
	FD_SCREEN,
	FD_LISTEN,
	FD_RELAY,
	FD_COUNT
};

/** One run, from its preparation to its result. */
struct run {
	const struct bochs_config *config;
	char dir[PATH_MAX];
	bool own_dir;
	int fd[FD_COUNT]; /* -1: closed */
	uint16_t port;
	struct bochs_stdout out;
	struct bochs_text err;
	char input[RELAY_BYTES]; /* on its way to the guest */
	size_t input_at, input_end;
	double start, last_idle; /* 0: not yet */
	bool interrupted;        /* asked to end */
	bool spawned;
	int exit_code; /* or minus the number of a signal */
	char *limit;   /* which limit ended it, or NULL */
	int feed;      /* debugger's commands, if it may stop; or -1 */
	bool answered, dumping, asking;
	bool over;            /* ended at a stop by time */
	uint32_t bytes;       /* of a dump */
	uint64_t ticks;       /* at the last stop */
	uint64_t next, armed; /* the next stop by time, wanted and set; or 0 */
};

/**
 * Write bochsrc, debugger script and parameter page into a directory.
 *
 * @param[in] config the machine
 * @param[in] dir    existing directory; names the files are made in it
 * @param[in] port   of the relay's listening socket, 0 if there is none
 * @param[in] mark   PART_END random numbers; NULL: a script for the prompt
 *
 * @retval 0      written
 * @retval -errno a file could not be written
 *
 * @source Bochs 2.7 user manual; own measurements
 */
int bochs_files_write(const struct bochs_config *config, const char *dir,
    uint16_t port, const uint32_t *mark);

/** A path that holds good in Bochs' own directory, for free(). */
char *path_absolute(const char *path);

/** What the debugger is told before a run. */
void script_start(FILE *f, const struct bochs_config *config);

/** The same, to run until it stops, and to say where it is then. */
void script_go(FILE *f, const struct bochs_config *config,
    const uint32_t mark[PART_END]);

/** The same, to answer the questions of the configuration. */
void script_ask(FILE *f, const struct bochs_config *config,
    const uint32_t mark[PART_END]);

/** The same, and to leave. */
void script_end(FILE *f, const struct bochs_config *config,
    const uint32_t mark[PART_END]);

/**
 * Make the pipe of a run that may stop, with the first commands in it.
 *
 * @param[in,out] r its directory exists
 *
 * @retval 0      ready
 * @retval -errno no pipe
 */
int run_feed_start(struct run *r);

/**
 * Tell the debugger what to do, if it waits for that.
 *
 * @param[in,out] r running
 */
void run_feed(struct run *r);

/**
 * Host seconds, from an arbitrary start.
 *
 * @return a clock that is never set back
 */
double run_clock(void);

/**
 * Name the end of a run whose process is gone, and take its texts over.
 *
 * @param[in,out] r      its texts move to the result
 * @param[in,out] result exit_code is set; the rest is filled
 */
void run_result(struct run *r, struct bochs_result *result);

/**
 * Make a run's directory and the files in it, and its relay.
 *
 * @param[in,out] r      config is set
 * @param[in]     script false: leave the user at the debugger's prompt
 *
 * @retval 0      ready to be run
 * @retval -errno a file or socket could not be made
 */
int run_prepare(struct run *r, bool script);

/**
 * Start Bochs, serve its descriptors until it is gone, minding the limits.
 *
 * @param[in,out] r           prepared
 * @param[in]     on_terminal it keeps standard input and output
 *
 * @retval 0       it ran
 * @retval -ENOENT it is not installed
 * @retval -errno  no pipe or process
 */
int run_bochs(struct run *r, bool on_terminal);

/**
 * Close everything, remove the run's locks.
 *
 * @param[in,out] r prepared, perhaps run
 */
void run_finish(struct run *r);
