/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Signals have numbers of their own in the remote protocol, the same for all
 * systems.
 */
#pragma once

/**
 * The protocol's number of a signal.
 *
 * @param[in] sig  1 .. _NSIG - 1, or 0: none
 * @return its number there; one that says "unknown" if it has none
 */
int gdb_signal(int sig);

/**
 * A signal by the protocol's number.
 *
 * @param[in] number  from a packet
 * @return the signal, 0 for 0, or -1: there is none here
 */
int signal_of_gdb(unsigned int number);
