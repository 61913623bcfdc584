/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The log: what makes a sync happen as a whole or not at all. Blocks that
 * changed are first written side by side to a place that is free, both on the
 * disk and in memory, behind a list of where they belong:
 *
 *     first                     first + heads
 *     | list ...                | block | block | block ...
 *
 * Blocks that nothing on the disk points to, mostly those of new files, are
 * written where they belong at once: nobody can see them yet. Then the
 * superblock is written, which points to the list: that one sector is
 * the moment at which the sync has happened. Only then do the blocks go where
 * they belong. A server that dies, or a machine that loses power, leaves
 * either the file system of the sync before, or a log to be carried out at the
 * next mount; carrying it out twice does no harm, so the pointer stays until
 * the next sync has another. Whoever does not know the log sees free blocks,
 * and some bytes of the superblock that mean nothing to others.
 *
 * When there is no place, blocks are written as if there were no log, and the
 * superblock says so meanwhile: then a crash leaves a file system that is
 * mounted, but has to be checked.
 */
#pragma once

#include "fs/ext2/cache.h"

/**
 * Look for a place for the next log. To be called before nameless inodes are
 * hidden: what is theirs is not free.
 *
 * @param[in] n  blocks that will be written, at most
 * @source own design
 */
void log_reserve(uint32_t n);

/** Is a block free as far as the disk knows, so that it may be written before
 * the superblock? If that is not known it is not. */
bool log_is_fresh(uint32_t block);

/**
 * Write the log, and the superblock that points to it. Blocks.
 *
 * @param[in] list  blocks that will be written, the superblock's among them
 * @param[in] n     how many; 0: nothing is done
 * @source own design
 */
void log_write(struct buf *const *list, uint32_t n);

/** Blocks will be written without a log, because the cache is full: the disk
 * must not say otherwise. @see log_write() */
void log_bypass(struct buf *const *list, uint32_t n);

/** The blocks are where they belong. @param[in] r  or an error */
void log_end(int r);

/**
 * Begin to use the log of a file system that was mounted. Nothing is written.
 */
void log_begin(void);

/**
 * Do what is left of the last sync of a server that died. fs.super is from the
 * disk, with the figures that follow from it, and is read again.
 *
 * @retval OK       all syncs were whole: the file system is as the last left it
 * @retval -EINVAL  nobody knows
 * @retval -EIO     the disk fails, or the log is damaged
 * @source own design
 */
int log_replay(void);
