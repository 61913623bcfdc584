/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What surrounds the file system in tests: a device in memory, filled by
 * mke2fs and judged by e2fsck; memory of VFS's; a clock.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <lacuna/fsserver.h>

#define FAKE_DEV 0x301

extern uint8_t *fake_image;  /**< the device */
extern size_t fake_bytes;    /**< its size */
extern unsigned fake_reads;  /**< requests so far */
extern unsigned fake_writes; /**< requests so far */
extern unsigned fake_pieces; /**< of the last request */
extern unsigned fake_puts;   /**< copies to VFS so far */
extern int64_t fake_bad;     /**< a sector here cannot be moved; -1: none */
extern bool fake_copy_fails; /**< VFS's memory is not there */
extern uint32_t fake_now;    /**< the time */

/** Fill a device of some size: mke2fs with these options. */
void fake_make(uint32_t kib, const char *options);

/** Keep the device as it is now, and bring it back. */
void fake_save(void);
void fake_restore(void);

/** Let e2fsck look at the device; the test fails if it finds fault. */
void fake_check(const char *when);

/**
 * Let the server die after some blocks have been written from now on: what it
 * writes then is lost, and the device fails.
 *
 * @param[in] after  blocks of 512 bytes; 0: let it live
 */
void fake_die(uint32_t after);

/** Has it died? */
bool fake_dead(void);

/** Begin as the next server: with nothing in memory. */
void fake_revive(void);

/** Mount, which may fail. */
void fake_mount_maybe(void);

/** Mount it; returns the root. */
struct fs_node fake_mount(bool readonly);
void fake_unmount(void);

/** A transfer between a file and data of the test's. */
int fake_read(uint32_t ino, int64_t position, void *data, uint32_t bytes,
    uint32_t *moved);
int fake_write(uint32_t ino, int64_t position, const void *data, uint32_t bytes,
    uint32_t *moved);

int fake_list(uint32_t dir, int64_t *position, void *data, uint32_t bytes,
    uint32_t *moved);
int fake_readlink(uint32_t ino, char *data, uint32_t *bytes);

/** A name in a directory; the reference is given back at once. 0: none. */
uint32_t fake_lookup(uint32_t dir, const char *name);

/** Make a node and give its reference back. */
int fake_create(uint32_t dir, const char *name, uint32_t mode, uint32_t *ino);

/** Repeatable random numbers, below n. */
uint32_t fake_random(uint32_t n);
void fake_seed(uint32_t seed);
