/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Inside the emulator library: the files a run begins with, and what its
 * output means. Only bochs*.c include this.
 *
 * Bochs' standard output carries both what the guest writes to port 0xE9 and
 * what the debugger prints. The debugger's script therefore prints marks, which
 * are random numbers the guest cannot know:
 *
 *     banner.. MARK_START guest.. MARK_STOP state.. MARK_DUMP dump.. MARK_END
 */
#pragma once

#include <limits.h>
#include <stdio.h>
#include <sys/types.h>

#include "grader/bochs.h"

#define BOCHS_TEXT_MAX ((size_t)64 << 20) /* bytes of state and of dump */
#define BOCHS_LINE_MAX 4096 /* a longer guest line is cut in two */
#define RELAY_BYTES    256  /* at a time towards the guest */
#define BOCHS_HELD_MAX 4 /* lines that may be the debugger's, see stdout_add */

/** Where in the output we are; each mark begins the next part. */
enum bochs_part {
	PART_BANNER,
	PART_GUEST,
	PART_STATE,
	PART_DUMP,
	PART_END
};

/** Text that grows; out of memory ends the program. */
struct bochs_text {
	char *bytes; /**< NUL-terminated once anything was added */
	size_t size;
};

/** Reader of Bochs' standard output. */
struct bochs_stdout {
	const struct bochs_config *config;
	uint32_t mark[PART_END]; /**< mark[p] ends part p */
	enum bochs_part part;
	char line[BOCHS_LINE_MAX + 1];
	size_t length;
	char *held[BOCHS_HELD_MAX];
	int nheld;
	struct bochs_text state, dump;
	uint64_t output; /**< bytes of the guest */
	bool panicked;   /**< a line began with "panic:" */
	bool stop;       /**< a callback asked for the end */
	bool flooded;    /**< more than the guest may write */
	bool broke;      /**< it stopped at a breakpoint */
	char first_panic[256];
};

/* Descriptors of a run, in the order of the poll set. */
enum {
	FD_OUT,
	FD_ERR,
	FD_SCREEN,
	FD_LISTEN,
	FD_RELAY,
	FD_INPUT,
	FD_COUNT
};

/** One run, from its preparation to its result. */
struct run {
	const struct bochs_config *config;
	char dir[PATH_MAX];
	bool own_dir;
	pid_t pid;
	int fd[FD_COUNT]; /* -1: closed */
	uint16_t port;
	struct bochs_stdout out;
	struct bochs_text err;
	char input[RELAY_BYTES]; /* on its way to the guest */
	size_t input_at, input_end;
	double start, last_idle, interrupted; /* 0: not yet */
	bool timed_out, killed;
};

/**
 * Write bochsrc, debugger script and parameter page into a directory.
 *
 * @param[in] config the machine
 * @param[in] dir    existing directory; names the files are made in it
 * @param[in] port   of the relay's listening socket, 0 if there is none
 * @param[in] mark   PART_END random numbers; NULL: a script that leads to the prompt
 *
 * @retval 0      written
 * @retval -errno a file could not be written
 *
 * @source Bochs 2.7 user manual; own measurements
 */
int bochs_files_write(const struct bochs_config *config, const char *dir,
    uint16_t port, const uint32_t *mark);

/**
 * Take in bytes of Bochs' standard output; calls on_line for guest lines.
 *
 * @param[in,out] s     the reader
 * @param[in]     bytes what was read
 * @param[in]     n     how many
 */
void stdout_add(struct bochs_stdout *s, const char *bytes, size_t n);

/**
 * The output is at its end: deliver what is still held.
 *
 * @param[in,out] s the reader
 */
void stdout_end(struct bochs_stdout *s);

/**
 * Append bytes; more than BOCHS_TEXT_MAX are dropped.
 *
 * @param[in,out] text  grows
 * @param[in]     bytes to append
 * @param[in]     n     how many
 */
void text_add(struct bochs_text *text, const char *bytes, size_t n);

/**
 * The text screen found in the debugger's dump of video memory.
 *
 * @param[in] state the debugger's output
 * @return 25 lines, or "" if there is no dump; to be freed
 */
char *screen_text(const char *state);

/**
 * Copy a text, or end the program.
 *
 * @param[in] text NUL-terminated
 * @return the copy, to be freed
 */
char *text_copy(const char *text);

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
 * @retval 0      ready to be spawned
 * @retval -errno a file or socket could not be made
 */
int run_prepare(struct run *r, bool script);

/**
 * Start Bochs.
 *
 * @param[in,out] r       prepared
 * @param[in]     on_terminal it keeps standard input and output
 *
 * @retval 0      it runs
 * @retval -errno no pipe or process
 */
int run_spawn(struct run *r, bool on_terminal);

/**
 * Serve Bochs' descriptors until it has closed them, minding the limits.
 *
 * @param[in,out] r spawned
 */
void run_serve(struct run *r);

/**
 * Wait for Bochs, close everything, remove the run's files and locks.
 *
 * @param[in,out] r prepared, perhaps spawned
 * @return Bochs' exit code, or minus the number of the signal that ended it
 */
int run_finish(struct run *r);
