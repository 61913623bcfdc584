/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the kernel demands of a page directory that VM hands in: VM is trusted
 * with its contents, but a slip must not send the kernel into empty space.
 */
#pragma once

#include "kernel/kinfo.h"

/** Is addr the physical address of a page of memory? */
static inline bool
page_dir_ok(phys_bytes addr)
{
	return addr != 0 && addr % PAGE_SIZE == 0 && addr < kinfo.mem_top;
}
