/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * VFS's sense of time. It has one alarm, for two purposes: a select ends at
 * its deadline; and while a worker waits for an answer, VFS looks once a
 * second whether that wait has lasted too long. Waits are measured in looks,
 * so that a request costs no look at the clock.
 *
 * No file server or driver is waited for without an end. One that does not
 * answer within PATIENCE is complained of, and its caller gets -EIO. A process
 * that is to end does not wait as long: for what has been at the server for
 * more than HURRY it waits no more. What lasts because of what users do or do
 * not do - a read of a terminal - has no limit before it is cancelled.
 */
#pragma once

#include <abi/types.h>

struct worker;

#define PATIENCE 60 /* looks; a server may itself wait for a driver's return */
#define HURRY    5

/** Count of looks. @return it; differences are seconds */
uint32_t watch_time(void);

/** From now on, look after those who wait. */
void watch_begin(void);

/** How long a worker waits for an answer. @param[in] w worker @return looks */
uint32_t watch_patience(const struct worker *w);

/** Set the alarm to what comes first. @param[in] now uptime */
void watch_alarm_set(clock_ticks now);

/** The alarm has gone off. @param[in] now uptime */
void watch_alarm(clock_ticks now);
