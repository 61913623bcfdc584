/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Letting the host look at memory from outside: at page tables, at counts of
 * frames, at contents. What it finds there nobody has to be believed for.
 *
 *     report_place("buffer", SELF, (uintptr_t)buffer, sizeof buffer);
 *     report_checkpoint("before");
 *     buffer[0] = 1;
 *     report_checkpoint("after");
 *
 * Both are records of the stream in report.h: "place" with the payload
 * NAME=ENDPOINT ADDRESS BYTES, "stop" with the checkpoint's name.
 */
#pragma once

#include "test/report/report.h"

/**
 * Name a part of the memory of some process, for the host to look at when the
 * next checkpoints come. A name can be given again, to another part.
 *
 * @param[in] name  without '=' or blanks
 * @param[in] ep    endpoint of the process; SELF is this one
 * @param[in] addr  where it begins, there
 * @param[in] bytes how long it is
 *
 * @retval 0  on its way
 * @retval <0 the kernel refused the record
 */
int report_place(const char *name, int ep, uint32_t addr, size_t bytes);

/**
 * Stop the machine for a moment, so that the host can look at its memory: at
 * the page tables, at the places named so far. Where no host is waiting for
 * it, this is only a record.
 *
 * @param[in] name of this moment, without blanks
 *
 * @retval 0  done
 * @retval <0 the kernel refused the record; nothing was stopped
 *
 * @source own design; the emulator stops at `xchg %bx, %bx`, before the
 * record and behind it
 */
int report_checkpoint(const char *name);
