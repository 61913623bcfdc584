/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The keeper of the line: a process that does nothing but read it. The stub
 * waits for the program when that runs, and can wait for one thing only; a
 * request to stop the program must reach it nevertheless. So the keeper looks
 * out for it and sends a signal, and passes all else on through a pipe.
 */
#pragma once

/**
 * Start the keeper.
 *
 * @param[in]  line  terminal that is read; with a time limit of reads, so that
 *                   the keeper sees that the stub is gone
 * @param[in]  sig   what the caller gets when the program is to be stopped
 * @param[out] pid   of the keeper
 * @return end of a pipe to be read; -1 with errno
 */
int keeper_start(int line, int sig, int *pid);
