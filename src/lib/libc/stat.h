/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * From the system's file attributes to those of the C library.
 */
#pragma once

#include <sys/stat.h>

/* The library spells these as members of a timespec. */
#undef st_atime
#undef st_mtime
#undef st_ctime

#include <abi/stat.h>

/**
 * Convert attributes.
 *
 * @param[in]  from  as VFS delivers them
 * @param[out] to    as programs know them
 *
 * @retval OK          done
 * @retval -EOVERFLOW  the size does not fit in an off_t
 * @source own design
 */
int __stat_convert(const struct abi_stat *from, struct stat *to);
