/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The programs of services, which RS is given as they are in a file.
 */
#pragma once

#include <abi/types.h>

/**
 * Read a whole program into memory.
 *
 * @param[in]  path   of the file
 * @param[out] image  where it is, until this process ends
 * @param[out] size   its size
 * @return 0, or the number of an error that has been explained
 */
int program_read(const char *path, vir_bytes *image, uint32_t *size);
