/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Core files: the registers and the memory of a process in a form that
 * debuggers read, see core(5). How bytes get into the file is the caller's
 * affair, as is what they are of: a process that is stopped, or dead, and
 * stays so meanwhile.
 */
#pragma once

#include <abi/endpoint.h>
#include <abi/limits.h>
#include <abi/signal.h>

#define CORE_SIZE_MAX 0x7fffffffu /* bytes of a file */

/** What a core file says of its process, beside its memory. */
struct core_process {
	endpoint_t ep;
	int32_t pid, ppid, pgrp, sid;
	uint32_t uid, gid;
	int32_t sig; /**< that has ended it; 0: none */
	char name[PROC_NAME_MAX];
	struct reg_frame regs;
};

/** How to put bytes into the file. Both return OK or a negative error. */
struct core_output {
	/** Bytes of the caller's memory. */
	int (*put)(void *arg, uint32_t position, const void *bytes, uint32_t n);
	/** Bytes of the process's memory: whole pages that are there, all but
	 * perhaps the last. */
	int (*put_memory)(void *arg, uint32_t position, vir_bytes addr,
	    uint32_t n);
	void *arg; /**< for both */
};

/**
 * Write the core file of a process. Pages that are not there are left out, as
 * holes of the file.
 *
 * @param[in]  p      process
 * @param[in]  out    where to
 * @param[in]  limit  the most bytes, up to CORE_SIZE_MAX: what does not fit is
 *                    missing at the end
 * @param[out] size   bytes of the file, which may end in a hole
 *
 * @return OK, or an error of out or of VM; part of the file may be written
 * @source System V ABI for the format; notes as GNU/Linux has them on i386
 */
int core_write(const struct core_process *p, const struct core_output *out,
    uint32_t limit, uint32_t *size);
