/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * RS watches over all services, and the kernel over RS: nobody else can say
 * that the system has come to a stand because VM is silent, or because a
 * process leaves no time to others.
 */
#pragma once

/** Seconds that RS may wait for VM, or for the processor. RS itself gives a
 * silent service half of that. */
#define WATCH_LIMIT 20

/**
 * Look at RS once a second from now on. If it cannot go on for WATCH_LIMIT
 * seconds, the machine ends in a panic that names the process at fault, with
 * its stack. RS that waits for anybody else has ways to help itself.
 *
 * @source own design
 */
void watch_start(void);
