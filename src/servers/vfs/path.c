/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Walking a path: names, mount points, "..", symbolic links.
 */
#include "servers/vfs/path.h"

#include <abi/errno.h>
#include <abi/fcntl.h>
#include <lacuna/safecopies.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

#include "servers/vfs/worker.h"

int
path_fetch(struct fproc *fp, vir_bytes addr, uint32_t len, char *buf)
{
	int r;

	if (len > PATH_MAX)
		return -ENAMETOOLONG;
	if (len <= 1)
		return -ENOENT;
	r = sys_vircopy(fp->ep, addr, SELF, (vir_bytes)buf, len, 0);
	if (r != OK)
		return r;
	if (buf[len - 1] != '\0' || strlen(buf) != len - 1)
		return -EINVAL;
	return OK;
}

int
access_check(const struct fproc *fp, const struct vnode *vp, int want,
    bool real)
{
	uint32_t uid = real ? fp->uid : fp->euid;
	uint32_t mode = vp->n.mode, bits;
	bool device = S_ISCHR(mode) || S_ISBLK(mode) || S_ISFIFO(mode);

	if (want & W_OK && vp->mnt->readonly && !device)
		return -EROFS;
	if (uid == 0) {
		/* The superuser may do all, but execute only what somebody
		 * may execute. */
		bits = R_OK | W_OK;
		if (S_ISDIR(mode) || mode & 0111)
			bits |= X_OK;
	} else if (uid == vp->n.uid) {
		bits = mode >> 6 & 7;
	} else if (fproc_in_group(fp, vp->n.gid, real)) {
		bits = mode >> 3 & 7;
	} else {
		bits = mode & 7;
	}
	return ((uint32_t)want & ~bits) == 0 ? OK : -EACCES;
}

/* From a directory to the one that holds its mount point, for "..". */
static struct vnode *
mount_up(const struct fproc *fp, struct vnode *dir)
{
	while (
	    dir != fp->root && dir == dir->mnt->root && dir->mnt->on != NULL) {
		struct vnode *on = vnode_ref(dir->mnt->on);

		vnode_put(dir);
		dir = on;
	}
	return dir;
}

/* From a directory to what is mounted on it. Consumes and gives a ref. */
static struct vnode *
mount_down(struct vnode *vp)
{
	while (vp->mounted != NULL) {
		struct vnode *root = vnode_ref(vp->mounted->root);

		vnode_put(vp);
		vp = root;
	}
	return vp;
}

/* Ask the file server of a directory for a name. */
static int
lookup(struct vnode *dir, const char *name, struct vnode **vp)
{
	struct fs_lookup_req req = { .dir = dir->n.ino,
		.len = (uint32_t)strlen(name) };
	struct fs_lookup_rep rep;
	int r;

	if (req.len > NAME_MAX)
		return -ENAMETOOLONG;
	req.name = cpf_grant_direct(dir->mnt->fs.ep, (vir_bytes)name, req.len,
	    CPF_READ);
	if (!GRANT_VALID(req.name))
		return -ENOMEM;
	r = fs_call(&dir->mnt->fs, FS_LOOKUP, &req, sizeof req, &rep,
	    sizeof rep);
	(void)cpf_revoke(req.name);
	return r == OK ? vnode_get(dir->mnt, &rep.node, vp) : r;
}

int
path_step(struct fproc *fp, struct vnode *dir, const char *name,
    struct vnode **out)
{
	struct vnode *from, *vp;
	int r;

	if (!S_ISDIR(dir->n.mode))
		return -ENOTDIR;
	r = access_check(fp, dir, X_OK, false);
	if (r != OK)
		return r;
	if (strcmp(name, ".") == 0 ||
	    (strcmp(name, "..") == 0 && dir == fp->root)) {
		*out = vnode_ref(dir);
		return OK;
	}
	from = vnode_ref(dir);
	if (strcmp(name, "..") == 0)
		from = mount_up(fp, from);
	r = lookup(from, name, &vp);
	vnode_put(from);
	if (r == OK)
		*out = mount_down(vp);
	return r;
}

/* Put the text of a symbolic link before the rest of the path. */
static int
link_expand(struct vnode *link, char *buf, const char *rest)
{
	struct fs_readlink_req req = { link->n.ino, GRANT_INVALID, PATH_MAX };
	struct fs_readlink_rep rep = { 0 };
	size_t rest_len = strlen(rest);
	char *text = worker_self()->room->link;
	int r;

	req.gid = cpf_grant_direct(link->mnt->fs.ep, (vir_bytes)text, PATH_MAX,
	    CPF_WRITE);
	if (!GRANT_VALID(req.gid))
		return -ENOMEM;
	r = fs_call(&link->mnt->fs, FS_READLINK, &req, sizeof req, &rep,
	    sizeof rep);
	(void)cpf_revoke(req.gid);
	if (r != OK)
		return r;
	if (rep.bytes == 0 || rep.bytes >= PATH_MAX ||
	    rep.bytes + 1 + rest_len + 1 > PATH_MAX)
		return -ENAMETOOLONG;
	memmove(buf + rep.bytes + 1, rest, rest_len + 1);
	memcpy(buf, text, rep.bytes);
	buf[rep.bytes] = '/';
	return OK;
}

/* Cut the next name off; *rest goes behind it and its slashes. */
static char *
next_name(char **rest)
{
	char *name = *rest, *p;

	while (*name == '/')
		name++;
	for (p = name; *p != '\0' && *p != '/'; p++)
		continue;
	if (*p == '/')
		*p++ = '\0';
	while (*p == '/')
		p++;
	*rest = p;
	return name;
}

/* Where a path begins. */
static struct vnode *
start(struct fproc *fp, const char *path)
{
	return vnode_ref(path[0] == '/' ? fp->root : fp->cwd);
}

/* A walk under way. */
struct walk {
	struct fproc *fp;
	char *buf;         /**< the path, cut up as we go */
	char *rest;        /**< what is left of it */
	struct vnode *dir; /**< where we are, with a reference */
	int links;
};

/* Go on with the text of a symbolic link. Consumes the reference to it. */
static int
follow(struct walk *wk, struct vnode *link)
{
	int r = ++wk->links > LINKS_MAX ? -ELOOP
					: link_expand(link, wk->buf, wk->rest);

	vnode_put(link);
	if (r != OK)
		return r;
	wk->rest = wk->buf;
	if (wk->buf[0] == '/' && wk->fp->root != NULL) {
		vnode_put(wk->dir);
		wk->dir = start(wk->fp, wk->buf);
	}
	return OK;
}

/* Take one step. */
static int
step(struct walk *wk, const char *name, bool nofollow)
{
	struct vnode *vp;
	int r = path_step(wk->fp, wk->dir, name, &vp);

	if (r != OK)
		return r;
	if (S_ISLNK(vp->n.mode) && !(*wk->rest == '\0' && nofollow))
		return follow(wk, vp);
	vnode_put(wk->dir);
	wk->dir = vp;
	return OK;
}

/* Walk what is in the scratch buffer. */
static int
walk(struct fproc *fp, char *buf, int flags, struct vnode **out)
{
	bool slash = buf[strlen(buf) - 1] == '/';
	bool nofollow = flags & PATH_NOFOLLOW && !slash;
	struct walk wk = { .fp = fp, .buf = buf, .rest = buf };
	const char *name;
	int r = OK;

	if (fp->root == NULL || fp->cwd == NULL)
		return -EIO; /* a reboot has taken them away */
	wk.dir = start(fp, buf);
	while (r == OK && *(name = next_name(&wk.rest)) != '\0')
		r = step(&wk, name, nofollow);
	if (r == OK && slash && !S_ISDIR(wk.dir->n.mode))
		r = -ENOTDIR;
	if (r == OK)
		*out = wk.dir;
	else
		vnode_put(wk.dir);
	return r;
}

int
path_walk(struct fproc *fp, const char *path, int flags, struct vnode **vp)
{
	char *buf = worker_self()->room->scratch;

	strlcpy(buf, path, PATH_MAX);
	return walk(fp, buf, flags, vp);
}

int
path_follow(struct fproc *fp, char *path)
{
	char *text = worker_self()->room->scratch;
	size_t begin = strlen(path), n;
	struct vnode *vp;
	int r = path_walk(fp, path, PATH_NOFOLLOW, &vp);

	if (r != OK)
		return r;
	if (S_ISLNK(vp->n.mode)) {
		r = link_expand(vp, text, "");
		n = strlen(text) - 1; /* the slash behind it */
		while (begin > 0 && (text[0] == '/' || path[begin - 1] != '/'))
			begin--;
		if (r == OK && begin + n >= PATH_MAX)
			r = -ENAMETOOLONG;
		if (r == OK) {
			memcpy(path + begin, text, n);
			path[begin + n] = '\0';
		}
	}
	vnode_put(vp);
	return r;
}

int
path_parent(struct fproc *fp, const char *path, struct vnode **dir,
    const char **last)
{
	char *buf = worker_self()->room->scratch;
	size_t end = strlen(path), begin;
	char name[NAME_MAX + 1];
	int r;

	while (end > 0 && path[end - 1] == '/')
		end--;
	if (end == 0)
		return -EBUSY;
	for (begin = end; begin > 0 && path[begin - 1] != '/'; begin--)
		continue;
	if (end - begin > NAME_MAX)
		return -ENAMETOOLONG;
	memcpy(name, path + begin, end - begin);
	name[end - begin] = '\0';

	memcpy(buf, path, begin);
	buf[begin] = '\0';
	if (begin == 0)
		strlcpy(buf, ".", PATH_MAX);
	r = walk(fp, buf, 0, dir);
	if (r != OK)
		return r;
	if (!S_ISDIR((*dir)->n.mode)) {
		vnode_put(*dir);
		return -ENOTDIR;
	}
	strlcpy(buf, name, PATH_MAX);
	*last = buf;
	return OK;
}
