/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What stands around when the machine goes down. A test sets the scene and
 * ends; the runner then halts the machine, and what is said from there on, how
 * long it takes and what it leaves on the disk is judged by the host.
 */
#pragma once

#include "test/program/program.h"

/**
 * Start an agent, see test/shutdown/agent.c.
 *
 * @param[in] name  its label
 * @param[in] deed  what it does when it is asked to end
 * @param[in] major it drives this device; 0: it is no driver
 * @return whether it runs
 */
bool agent(const char *name, const char *deed, int major);

/** Start a file server, see test/shutdown/fs.c, and mount it on /mnt.
 * @param[in] mode how it behaves @return whether that went well */
bool server(const char *mode);

/**
 * Start a user that outlives the test: it is in a session of its own.
 *
 * @param[in] term  what it does when it gets TERM; then it ends
 * @return its number, or -1
 */
int user(void (*term)(void));

/** Start a user that ignores TERM and HUP. @param[in] live  what it does
 * instead, for ever @return its number, or -1 */
int stubborn_user(void (*live)(void));

/** Say something that the host can read. @param[in] fmt as printf() */
void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
