/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Vnodes, mounts, open files. A vnode stands for an inode that somebody uses;
 * there is one for each, whatever the number of users.
 */
#pragma once

#include <abi/limits.h>
#include <abi/types.h>
#include <proto/fs.h>

#include "servers/vfs/peer.h"

#define PIPE_INBOX 64 /* bytes of a pipe that may be in VFS */
#define NR_VNODES  512
#define NR_MOUNTS  8
#define NR_FILPS   512

#define UNSYNCED_BITS 4096 /* inodes, see servers/vfs/unsynced.h */

struct mount {
	bool used;
	struct fs_peer fs;
	uint32_t dev;
	char label[LABEL_MAX]; /**< of the file server */
	endpoint_t server;     /**< where that is or last was */
	bool lost;             /**< it has died, and may come back */
	bool readonly;
	bool apart; /**< not in the tree: it is being made, or given up */
	struct vnode *root;
	struct vnode *on;      /**< directory it covers; NULL for the root */
	struct vnode *special; /**< the device's node, or NULL */
	/** Inodes: changed since the last sync; lost, and nobody knows yet. */
	uint32_t unsynced[UNSYNCED_BITS / 32], untold[UNSYNCED_BITS / 32];
};

struct vnode {
	uint32_t refs;    /**< users in VFS; 0: free */
	uint32_t fs_refs; /**< references the file server counts for us */
	struct mount *mnt;
	struct fs_node n;      /**< ino, mode, owner, size */
	struct mount *mounted; /**< what covers this directory */
	struct worker *lock;   /**< who must find it unchanged after a wait */
	uint32_t readers, writers; /**< of a pipe */
	struct vnode *pipe;        /**< of a fifo: where its data is */
	uint32_t inbox_len;        /**< bytes in inbox, older than the rest */
	uint8_t inbox[PIPE_INBOX]; /**< small writes into an empty pipe */
	struct vnode *hash_next;
};

/** Has a file server died with changes of an open file? */
enum loss {
	LOSS_NONE,
	LOSS_PERHAPS, /**< the next server will say */
	LOSS_TO_TELL, /**< at the next write, fsync or close */
	LOSS_AT_SYNC  /**< of somebody before, who was not told */
};

struct filp {
	uint32_t refs;  /**< descriptors; 0: free */
	uint32_t flags; /**< O_* */
	struct vnode *vp;
	int64_t pos;
	enum loss loss;
	uint32_t told; /**< life of the server whose end the user has seen */
};

/** A transfer between a file and memory of a process. */
struct user_io {
	endpoint_t who;
	vir_bytes addr;
	uint32_t bytes; /**< wanted */
	int64_t pos;    /**< in the file */
	uint32_t moved; /**< result */
};

extern struct filp filps[NR_FILPS]; /**< in filp.c */

/** Go through the open files, and the free ones. */
#define FOR_EACH_FILP(f) for ((f) = filps; (f) < filps + NR_FILPS; (f)++)

extern struct mount mounts[NR_MOUNTS]; /**< in mount.c; 0 is the root */
extern struct mount pipe_mount;        /**< pipes live in no name space */

/**
 * The vnode of a node that a file server has just given us a reference to.
 *
 * @param[in]  mnt   where
 * @param[in]  node  what the server said
 * @param[out] out   vnode, with one more user
 * @retval OK        done
 * @retval -ENFILE   no vnode is free; the reference has been given back
 * @retval -EIO      it is in use as a node of another type; likewise, and RS is
 *                   told
 */
int vnode_get(struct mount *mnt, const struct fs_node *node,
    struct vnode **out);

/** One more user. @param[in] vp vnode @return vp */
struct vnode *vnode_ref(struct vnode *vp);

/**
 * One user less; the last gives the node back, for which the worker may
 * block.
 *
 * @param[in] vp  vnode, or NULL
 */
void vnode_put(struct vnode *vp);

/**
 * Keep others that lock out, across waits.
 *
 * @param[in] vp  vnode
 * @retval OK, -EINTR (the caller is to end)
 */
int vnode_lock(struct vnode *vp);

/** Let others in again. @param[in] vp vnode, locked by this worker */
void vnode_unlock(struct vnode *vp);

/**
 * The server of a mount has lost its nodes: whoever has one gets -EIO from
 * now on, and new nodes are not taken for old ones.
 *
 * @param[in] mnt  mount
 */
void vnode_orphan(struct mount *mnt);

/**
 * A new server of a mount knows nothing of the vnodes there. The worker has
 * that server to itself.
 *
 * @param[in] mnt  mount
 */
void vnode_forget_all(struct mount *mnt);

/**
 * Make a server that has been told to mount know the vnodes of the mount:
 * those that are on the disk. Whoever has another one gets -EIO from now on.
 * Conditions as for vnode_forget_all(), after which it comes.
 *
 * @param[in] mnt  mount
 */
void vnode_remember_all(struct mount *mnt);

/** Vnodes that are in use. @param[in] mnt mount, or NULL: of all of them
 * @return number */
int vnode_count(const struct mount *mnt);
