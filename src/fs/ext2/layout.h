/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * An ext2 file system as it lies on the disk. The device is cut into blocks,
 * the blocks into groups; each group has two bitmaps and a piece of the table
 * of inodes. All numbers are little-endian, as this machine's are, so that
 * the structures here lie over the bytes of a block.
 *
 *     | boot | super | group descriptors | bitmaps | inode table | data ... |
 *              `---- copies of these two begin some of the groups ----'
 *
 * @source D. Poirier, "The Second Extended File System", and fs(5) practice
 *         of e2fsprogs
 */
#pragma once

#include <stdint.h>

#define SUPER_POSITION 1024 /* bytes from the beginning of the device */
#define SUPER_SIZE     1024
#define SUPER_MAGIC    0xef53
#define SUPER_VALID    1 /* state: unmounted cleanly */

#define BLOCK_SIZE_MIN 1024u
#define BLOCK_SIZE_MAX 4096u

/* Features. Who does not know an incompatible one must not mount, who does
 * not know a read-only one must not write. */
#define INCOMPAT_FILETYPE      0x2 /* directory entries have a type */
#define RO_COMPAT_SPARSE_SUPER 0x1 /* few groups have a copy */
#define RO_COMPAT_LARGE_FILE   0x2 /* sizes may have a high half */

/* In the superblock, where others have nothing: see fs/ext2/log.h. */
struct ext2_log {
	uint32_t magic;    /**< since this mount, each sync was whole */
	uint32_t wtime;    /**< as the superblock's: nobody else wrote it */
	uint32_t sequence; /**< the log says the same */
	uint32_t first;    /**< its first block, 0: there is none */
	uint32_t unused;
};

struct ext2_super {
	uint32_t inodes_count, blocks_count, r_blocks_count;
	uint32_t free_blocks_count, free_inodes_count;
	uint32_t first_data_block, log_block_size, log_frag_size;
	uint32_t blocks_per_group, frags_per_group, inodes_per_group;
	uint32_t mtime, wtime;
	uint16_t mnt_count, max_mnt_count, magic, state, errors, minor_rev;
	uint32_t lastcheck, checkinterval, creator_os, rev_level;
	uint16_t def_resuid, def_resgid;
	/* revision 1: */
	uint32_t first_ino;
	uint16_t inode_size, block_group_nr;
	uint32_t feature_compat, feature_incompat, feature_ro_compat;
	uint8_t unused[856];
	struct ext2_log log;
	uint8_t unused_too[44];
};

struct ext2_group {
	uint32_t block_bitmap, inode_bitmap, inode_table;
	uint16_t free_blocks_count, free_inodes_count, used_dirs_count;
	uint16_t unused[7];
};

#define DINODE_SIZE  128 /* what is used of an inode */
#define NR_DIRECT    12
#define IND_BLOCK    12 /* then double, then triple indirect */
#define NR_POINTERS  15
#define FAST_SYMLINK (NR_POINTERS * 4) /* a shorter target is in the inode */

#define ROOT_INO      2
#define GOOD_OLD_INO  11     /* first inode that is free for use */
#define INODE_INDEXED 0x1000 /* flag: directory has a hash tree */
#define LINKS_MAX     32000

struct ext2_dinode {
	uint16_t mode, uid;
	uint32_t size, atime, ctime, mtime, dtime;
	uint16_t gid, links;
	uint32_t blocks; /**< of 512 bytes, pointer blocks included */
	uint32_t flags, osd1;
	uint32_t block[NR_POINTERS];
	uint32_t generation;
	uint32_t file_acl;  /**< block of extended attributes */
	uint32_t size_high; /**< of regular files */
	uint32_t faddr;
	uint16_t frag;
	uint16_t pad, uid_high, gid_high;
	uint32_t reserved;
};

/* A directory is a file of such entries. None crosses a block; together they
 * fill it. An entry with inode 0 is free. */
struct ext2_dirent {
	uint32_t inode;
	uint16_t rec_len; /**< bytes to the next entry, multiple of 4 */
	uint8_t name_len;
	uint8_t file_type; /**< with INCOMPAT_FILETYPE */
	char name[];       /**< without NUL */
};

#define DIRENT_HEAD    8
#define DIRENT_SIZE(n) ((DIRENT_HEAD + (uint32_t)(n) + 3) & ~3u)

/* A block of extended attributes; several inodes may share it. */
struct ext2_xattr {
	uint32_t magic, refcount;
};

#define XATTR_MAGIC 0xea020000

_Static_assert(sizeof(struct ext2_super) == SUPER_SIZE, "superblock");
_Static_assert(sizeof(struct ext2_group) == 32, "group descriptor");
_Static_assert(sizeof(struct ext2_dinode) == DINODE_SIZE, "inode");
