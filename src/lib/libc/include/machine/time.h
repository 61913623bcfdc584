/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The unit of clock() and times(): the tick of the clock at its standard
 * rate. newlib's default of 1000 would make clock() ten times too small.
 */
#ifndef LACUNA_MACHINE_TIME_H
#define LACUNA_MACHINE_TIME_H

#define _CLOCKS_PER_SEC_ 100

#endif
