/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The Reincarnation Server: starts, supervises and restarts every other
 * service. Its rooms:
 *
 *     main                          the server's loop; who gets which message
 *     client, request               what service(8) asks for, and may ask
 *     boot, boot_order, boot_table  the first start of all
 *     start                         a process, its program, its privileges
 *     init                          from its first instruction to its report
 *     supervise                     the clocks of each service
 *     complain                      what users say of it
 *     death, revive                 its end, and what comes after
 *     recovery                      a script that decides what comes after
 *     update                        its replacement while it runs
 *     pm                            the steps of both that PM does
 *     publish                       what others are told, what they may read
 *     privilege, image, keep        what a service may do, runs, keeps
 *     table                         a row for each service
 *
 * RS must stay able to bring back what the others need, so it waits for nobody
 * whom it supervises: it says what there is to say by asynchronous messages,
 * and takes the answers, each with a deadline, in its main loop. The exceptions
 * are the kernel and VM, which serves RS's page faults: while RS waits for VM
 * it is the kernel that watches over both, see kernel/watch.h. This header has
 * what all rooms share.
 */
#pragma once

#include <abi/types.h>
#include <stdbool.h>
#include <stddef.h>

/** Set by RS_SHUTDOWN: from now on, nothing comes back. */
extern bool rs_shutting_down;

/** Set with it when the machine is on its way down: nothing is changed. */
extern bool rs_going_down;

/** Tell what is started: boot parameter `verbose'. */
extern bool rs_verbose;

/** Ping services of the boot image: boot parameter `pings', 0 for those who
 * want to look at one that hangs. */
extern bool rs_pings;

/** Say what becomes of a service, if the boot parameter verbose is set. */
void rs_tell(const char *label, const char *what);

/** Current time, in ticks since boot. */
clock_ticks rs_now(void);

/**
 * Send a message without waiting, nor expecting a reply that is one.
 *
 * @param[in] size  of the payload, at most MSG_BODY
 */
void rs_send(endpoint_t to, int type, const void *payload, size_t size);

/** A time to be kept where 0 means never: that tick becomes the next. */
static inline clock_ticks
rs_time(clock_ticks t)
{
	return t != 0 ? t : 1;
}

/** Has a time passed? 0, which is never, has not. Works across the wrap of
 * the tick counter. */
static inline bool
rs_passed(clock_ticks deadline, clock_ticks now)
{
	return deadline != 0 && (int32_t)(now - deadline) >= 0;
}
