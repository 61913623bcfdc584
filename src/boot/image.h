/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The boot image: how the first megabytes of the disk are laid out.
 *
 *     sector  0       boot record: code, partition table
 *             1..31   loader, one flat binary
 *             32..33  directory: a header and one entry per file
 *             40..    the files, each beginning on a multiple of 8 sectors
 *
 * The directory is written when the disk image is built and never changes, so
 * the loader needs no file system. Shared by the loader, its boot record
 * (assembly sees the numbers only) and the host tool that writes the image.
 */
#pragma once

#define BOOT_SECTOR_SIZE      512
#define BOOT_LOADER_ADDRESS   0x8000
#define BOOT_LOADER_SECTOR    1
#define BOOT_LOADER_SECTORS   31
#define BOOT_DIRECTORY_SECTOR 32
#define BOOT_DIRECTORY_BYTES  1024
#define BOOT_FILES_SECTOR     40
#define BOOT_FILE_ALIGN       8 /* sectors: one page */

#ifndef __ASSEMBLER__

#include <stdint.h>

#define BOOT_NAME_MAX 24 /* bytes in a name, with its NUL */
#define BOOT_MAGIC    "LACUNA BOOT IMAGE 1"

/** One file of the boot image. */
struct boot_entry {
	char name[BOOT_NAME_MAX]; /**< padded with NULs */
	uint32_t sector;          /**< first sector on the disk */
	uint32_t size;            /**< bytes */
};

#define BOOT_FILES_MAX                                                         \
	((int)(BOOT_DIRECTORY_BYTES / sizeof(struct boot_entry)) - 1)

/** The directory; numbers are little-endian. */
struct boot_directory {
	char magic[BOOT_NAME_MAX]; /**< BOOT_MAGIC, padded with NULs */
	uint32_t count;            /**< entries used */
	uint32_t reserved;         /**< zero */
	struct boot_entry file[31];
};

_Static_assert(sizeof(struct boot_directory) == BOOT_DIRECTORY_BYTES,
    "the directory fills its sectors");

#endif
