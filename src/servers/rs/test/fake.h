/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The world of RS in its unit tests: a clock that the test moves, a kernel
 * and a PM that answer as the test says, and a book of all that RS says.
 * Then what a world does by itself: services that report, end, answer pings.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <lacuna/sef.h>
#include <proto/sef.h>

#include "servers/rs/table.h"
#include "test/unit/status.h"

#define HZ        100 /* ticks a second */
#define PERIOD    ((clock_ticks)HZ)
#define ROOT      100 /* endpoints of clients; all belong to the superuser */
#define CLIENT(n) (ROOT + 1 + (n))
#define STRANGER  99 /* not the superuser */

extern clock_ticks fake_now;
/** How PM does each step, and VM and the kernel their part. */
extern int fake_image_status, fake_check_status; /**< of programs */
extern int fake_freed;                           /**< programs, ever */
extern int fake_fork_status, fake_load_status, fake_exec_status,
    fake_kill_status, fake_priv_status, fake_vm_status, fake_allow_status;
extern bool fake_pm_silent;      /**< PM answers only when told to */
extern clock_ticks fake_alarm;   /**< time of the next one; 0: none */
extern char fake_panic[128];     /**< words of the last panic */
extern endpoint_t fake_debugged; /**< it stands still for its debugger */
extern int fake_ended; /**< enum abort_how: the machine's; 0: it runs */

/** The last messages to any service of two types. */
extern struct rs_init_msg fake_init;
extern struct rs_lu_msg fake_lu;

/** What RS has copied to a client that wanted work, and how that goes. */
extern struct rs_work fake_work;
extern int fake_copy_status;

/** Status of the next maps of VM; maps and grants (but those for ANY) that RS
 * has now. */
extern int fake_map_status, fake_maps, fake_grants;

/** Forget everything; no service, time 1000. @return 0 */
int fake_begin(void **state);

/** What was said so far: how many messages of a type RS sent to ep, how
 * many notifications, how many answers, and the status of the last one. */
int sent(endpoint_t ep, int type);
int notified(endpoint_t ep);
int replies(endpoint_t ep);
int reply_status(endpoint_t ep);

/** How often a process was let run, given a user's privileges, or ended. */
int allowed(endpoint_t ep);
int made_user(endpoint_t ep);
int killed(endpoint_t ep);

/** Does doing this panic, or end the machine? The words of a panic are in
 * fake_panic then. */
bool panics(void (*doing)(void));

/** Have RS take a request; it answers now or later. */
void request(endpoint_t who, int type, const void *req, size_t size);
void up(endpoint_t who, const char *label, unsigned flags, clock_ticks period);
void drive(endpoint_t who, const char *label, int32_t major,
    uint32_t dev_flags);
void down(endpoint_t who, const char *label);
void refresh(endpoint_t who, const char *label);
void restart(endpoint_t who, const char *label);
void update(endpoint_t who, const char *label, int state, clock_ticks max);
/** With a new program of that size; those of services have 1. */
void update_to(endpoint_t who, const char *label, int state, clock_ticks max,
    uint32_t size);

/** A service that is up, with pings of a period; 0: none. */
struct rproc *service(const char *label, clock_ticks period);

/** PM answers one request, the oldest. @return false: there is none */
bool pm_step(void);
/** PM answers all there are, unless it is silent. */
void pm_run(void);

/** A service reports, ends by sef_exit(), is ended by a signal. */
void report(endpoint_t ep, int result);
void leave(endpoint_t ep, int status);
void crash(endpoint_t ep);

/** A service reports for the update it was asked last to prepare. */
void prepared(endpoint_t ep, int result);

/** Let time pass, with alarms when they are due. */
void pass(clock_ticks ticks);
