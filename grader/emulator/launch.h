/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Inside the launcher: its options, and one function per command.
 */
#pragma once

#include "grader/emulator/bochs.h"

#define LAUNCH_SYMBOLS_MAX 8

/** What the command line says. */
struct launch_options {
	const char *name; /**< of the command */
	struct bochs_config config;
	char params[BOCHS_PARAMS_MAX + 1]; /**< of all -p, one per line */
	const char *build;                 /**< for decoding traces, or NULL */
	const char *symbols[LAUNCH_SYMBOLS_MAX]; /**< files for a debugger */
	int nsymbols;
	const char *socket;  /**< the second serial line (serve), or NULL */
	const char *console; /**< terminal or file (serve), or NULL: here */
	char **command;      /**< what is behind --, or NULL */
	bool verbose;        /**< show every line on port 0xE9 */
	bool screen;         /**< print the text screen at the end */
	bool state;          /**< print registers and stack at the end */
};

/**
 * An interactive console on this terminal, or one fed by a pipe.
 *
 * @param[in,out] o options
 * @return exit status: 0 if the system was halted or left on purpose; 1 if a
 *         limit, a panic or Bochs ended it; 128 + number of a signal
 */
int launch_run(struct launch_options *o);

/**
 * A run without console: lines of port 0xE9, then a line on how it ended.
 *
 * @param[in,out] o options
 * @return exit status: 0 if the guest ended the run itself, without a panic
 */
int launch_headless(struct launch_options *o);

/**
 * Bochs' own debugger, with symbols.
 *
 * @param[in,out] o options
 * @return exit status
 */
int launch_debug(struct launch_options *o);

/**
 * gdb on the same image in QEMU.
 *
 * @param[in,out] o options
 * @return exit status
 */
int launch_gdb(struct launch_options *o);

/**
 * A command of this machine that talks to the guest by its second serial line.
 *
 * @param[in,out] o options
 * @return exit status: the command's; 3 if nothing in the guest waits for it
 */
int launch_serve(struct launch_options *o);

/**
 * Print a line of port 0xE9 and, if it is a stack trace, what it means.
 *
 * @param[in] o    options
 * @param[in] line without its newline
 * @param[in] eol  end of line, "\n", or "\r\n" on a raw terminal
 */
void launch_line(const struct launch_options *o, const char *line,
    const char *eol);
