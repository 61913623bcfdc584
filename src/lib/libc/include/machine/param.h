/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Constants that newlib's <sys/param.h> leaves to the machine.
 */
#ifndef LACUNA_MACHINE_PARAM_H
#define LACUNA_MACHINE_PARAM_H

#define HZ     100 /* ticks per second that times() reports in */
#define NOFILE 64  /* descriptors of a process */

#endif
