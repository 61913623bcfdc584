/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the debugger asks, and the answers: the requests of the GDB remote
 * serial protocol, for one process with one thread. A request that is not
 * known is answered with nothing, which says so; one that makes no sense, or
 * that cannot be done, with an error. No request is trusted.
 *
 * The process is that of target.h; its breakpoints are those of breaks.h.
 */
#pragma once

#include "cmd/gdbstub/rsp.h"
#include "cmd/gdbstub/target.h"

#define STUB_ARGS_MAX 64

/** A session. Zeros are a good start. */
struct stub {
	bool extended;   /**< it goes on when a process has ended */
	bool over;       /**< after the answer it ends */
	bool says_break; /**< the debugger wants to know of breakpoints, */
	bool says_exec;  /**< of new programs */
	struct target_event last;      /**< what has happened to the process */
	bool is_break;                 /**< it stopped at a breakpoint */
	bool is_watch;                 /**< it has changed what is watched, */
	uint32_t watch;                /**< which is here */
	char program[256];             /**< that was started last; or empty */
	char *argv[STUB_ARGS_MAX + 1]; /**< arguments in a packet */
	char args[RSP_MAX];            /**< their text */
};

/**
 * Start a program, for the first time.
 *
 * @param[in,out] s     session
 * @param[in]     argv  program and arguments; not copied
 * @return 0 or a number of <errno.h>
 */
int stub_start(struct stub *s, char *const argv[]);

/**
 * Take hold of a process.
 *
 * @param[in,out] s    session
 * @param[in]     pid  its id
 * @return 0 or a number of <errno.h>
 */
int stub_attach(struct stub *s, int pid);

/**
 * Do what a packet asks. If it says to go on, this waits until the process
 * has stopped or ended.
 *
 * @param[in,out] s     session
 * @param[in]     data  of the packet, with a NUL behind it
 * @param[in]     n     bytes of it
 * @param[out]    out   the answer, empty at first
 * @return whether there is an answer; a "kill" has none
 */
bool stub_packet(struct stub *s, const char *data, size_t n,
    struct rsp_out *out);

/** The debugger is gone: let go of the process that was there before, end
 * the one that was started. @param[in,out] s session */
void stub_end(struct stub *s);
