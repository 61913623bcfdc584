/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The vnode table: a hash by inode number, since every name looked up ends
 * here.
 */
#include "servers/vfs/vnode.h"

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <lacuna/assert.h>
#include <lacuna/sef.h>
#include <lacuna/string.h>

#include "servers/vfs/worker.h"

#define HASH 64

static struct vnode vnodes[NR_VNODES];
static struct vnode *hash[HASH];
static struct vnode *free_list;
static bool initialised;

static struct vnode **
hash_head(uint32_t ino)
{
	return &hash[ino % HASH];
}

static struct vnode *
vnode_find(const struct mount *mnt, uint32_t ino)
{
	struct vnode *vp;

	for (vp = *hash_head(ino); vp != NULL; vp = vp->hash_next) {
		if (vp->n.ino == ino && vp->mnt == mnt)
			return vp;
	}
	return NULL;
}

static struct vnode *
vnode_alloc(void)
{
	struct vnode *vp;
	int i;

	if (!initialised) {
		for (i = NR_VNODES - 1; i >= 0; i--) {
			vnodes[i].hash_next = free_list;
			free_list = &vnodes[i];
		}
		initialised = true;
	}
	vp = free_list;
	if (vp != NULL)
		free_list = vp->hash_next;
	return vp;
}

static void
give_back(struct mount *mnt, uint32_t ino, uint32_t count)
{
	struct fs_putnode_req req = { ino, count };

	if (count == 0)
		return;
	/* A dead server has forgotten the node already. */
	(void)fs_call(&mnt->fs, FS_PUTNODE, &req, sizeof req, NULL, 0);
}

int
vnode_get(struct mount *mnt, const struct fs_node *node, struct vnode **out)
{
	struct vnode *vp = vnode_find(mnt, node->ino);

	if (vp == NULL) {
		vp = vnode_alloc();
		if (vp == NULL) {
			give_back(mnt, node->ino, 1);
			return -ENFILE;
		}
		memset(vp, 0, sizeof *vp);
		vp->mnt = mnt;
		vp->hash_next = *hash_head(node->ino);
		*hash_head(node->ino) = vp;
	}
	if (vp->refs > 0 && ((vp->n.mode ^ node->mode) & S_IFMT) != 0) {
		sef_complain(mnt->fs.ep, SEF_BAD_DATA);
		give_back(mnt, node->ino, 1);
		return -EIO;
	}
	vp->n = *node;
	vp->refs++;
	vp->fs_refs++;
	*out = vp;
	return OK;
}

struct vnode *
vnode_ref(struct vnode *vp)
{
	assert(vp->refs > 0);
	vp->refs++;
	return vp;
}

/* An orphan is not there any more. */
static void
hash_remove(struct vnode *vp)
{
	struct vnode **link = hash_head(vp->n.ino);

	while (*link != NULL && *link != vp)
		link = &(*link)->hash_next;
	if (*link == vp)
		*link = vp->hash_next;
}

static void
orphan(struct vnode *vp)
{
	static struct mount nowhere = { .used = true, .fs = { .ep = NONE } };

	hash_remove(vp);
	vp->mnt = &nowhere;
}

void
vnode_orphan(struct mount *mnt)
{
	int i;

	for (i = 0; i < NR_VNODES; i++) {
		if (vnodes[i].refs > 0 && vnodes[i].mnt == mnt)
			orphan(&vnodes[i]);
	}
}

void
vnode_forget_all(struct mount *mnt)
{
	int i;

	for (i = 0; i < NR_VNODES; i++) {
		if (vnodes[i].refs > 0 && vnodes[i].mnt == mnt)
			vnodes[i].fs_refs = 0;
	}
}

/* Is it the same file as before? Numbers are used again. */
static bool
same_node(const struct fs_node *a, const struct fs_node *b)
{
	return a->generation == b->generation &&
	    ((a->mode ^ b->mode) & S_IFMT) == 0;
}

/* Make the server know one vnode. Its users may all go meanwhile. */
static void
remember(struct mount *mnt, struct vnode *vp)
{
	struct fs_getnode_req req = { vp->n.ino };
	struct fs_putnode_req back = { vp->n.ino, 1 };
	struct fs_getnode_rep rep;
	int r = fs_exchange(&mnt->fs, FS_GETNODE, &req, sizeof req, &rep,
	    sizeof rep);
	bool there = vp->refs > 0 && vp->mnt == mnt && vp->n.ino == req.ino;

	if (r == OK && there && same_node(&vp->n, &rep.node)) {
		vp->n = rep.node;
		vp->fs_refs = 1;
		return;
	}
	if (there)
		orphan(vp);
	if (r == OK)
		(void)fs_exchange(&mnt->fs, FS_PUTNODE, &back, sizeof back,
		    NULL, 0);
}

void
vnode_remember_all(struct mount *mnt)
{
	struct vnode *vp;

	for (vp = vnodes; vp < vnodes + NR_VNODES && mnt->fs.ep != NONE; vp++) {
		if (vp->refs > 0 && vp->mnt == mnt && vp->fs_refs == 0)
			remember(mnt, vp);
	}
}

void
vnode_put(struct vnode *vp)
{
	struct vnode *pipe;
	uint32_t ino, count;
	struct mount *mnt;

	if (vp == NULL)
		return;
	assert(vp->refs > 0);
	if (--vp->refs > 0)
		return;

	/* Out of the table first: the call below may wait, and a lookup
	 * meanwhile begins a new vnode with a reference of its own. */
	hash_remove(vp);
	mnt = vp->mnt;
	ino = vp->n.ino;
	count = vp->fs_refs;
	pipe = vp->pipe;
	vp->hash_next = free_list;
	free_list = vp;
	give_back(mnt, ino, count);
	vnode_put(pipe);
}

int
vnode_lock(struct vnode *vp)
{
	int r = OK;

	while (vp->lock != NULL && r == OK)
		r = worker_wait(WAIT_LOCK, vp);
	if (r == OK)
		vp->lock = worker_self();
	return r;
}

void
vnode_unlock(struct vnode *vp)
{
	assert(vp->lock == worker_self());
	vp->lock = NULL;
	worker_wake_all(WAIT_LOCK, vp, OK);
}

int
vnode_count(const struct mount *mnt)
{
	int i, n = 0;

	for (i = 0; i < NR_VNODES; i++) {
		if (vnodes[i].refs > 0 && (mnt == NULL || vnodes[i].mnt == mnt))
			n++;
	}
	return n;
}
