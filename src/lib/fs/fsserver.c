/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * From FS messages to a file server's operations.
 */
#include <lacuna/fsserver.h>

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <abi/limits.h>
#include <lacuna/safecopies.h>
#include <lacuna/server.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

static const struct fsserver *fs;

/* PROTO_UNPACK, with the number of the request in its answer. */
#define FS_UNPACK(NR, name)                                                    \
	PROTO_UNPACK(NR, name)                                                 \
	static int answer_##name(const struct message *in,                     \
	    struct message *out)                                               \
	{                                                                      \
		int r = serve_##name(in, out);                                 \
                                                                               \
		out->m_body[FS_ID] = in->m_body[FS_ID];                        \
		return r;                                                      \
	}

#define FS_ENTRY(NR, name) { answer_##name, #NR },

FS_CALLS(PROTO_HANDLER)
FS_CALLS(FS_UNPACK)

/* Only VFS may ask; an operation that is not there is an error. */
#define CHECK(who, op)                                                         \
	if ((who) != VFS_PROC_NR)                                              \
		return -EPERM;                                                 \
	if (fs->op == NULL)                                                    \
	return -ENOSYS

int
fsserver_put(cp_grant_id_t gid, uint32_t offset, const void *data,
    uint32_t bytes)
{
	return sys_safecopyto(VFS_PROC_NR, gid, offset, (vir_bytes)data, bytes);
}

int
fsserver_get(cp_grant_id_t gid, uint32_t offset, void *data, uint32_t bytes)
{
	return sys_safecopyfrom(VFS_PROC_NR, gid, offset, (vir_bytes)data,
	    bytes);
}

/* Fetch a name and terminate it. */
static int
name_get(cp_grant_id_t gid, uint32_t len, char name[NAME_MAX + 1])
{
	int r;

	if (len == 0)
		return -ENOENT;
	if (len > NAME_MAX)
		return -ENAMETOOLONG;
	r = fsserver_get(gid, 0, name, len);
	if (r != OK)
		return r;
	name[len] = '\0';
	if (strlen(name) != len || strchr(name, '/') != NULL)
		return -EINVAL;
	return OK;
}

int
do_fs_mount(endpoint_t who, const struct fs_mount_req *req,
    struct fs_mount_rep *rep)
{
	int r;

	CHECK(who, mount);
	r = fs->mount(req, &rep->root);
	rep->clean = r == OK && fs->was_clean != NULL && fs->was_clean();
	return r;
}

int
do_fs_unmount(endpoint_t who, const struct fs_unmount_req *req,
    struct fs_unmount_rep *rep)
{
	(void)req, (void)rep;
	CHECK(who, unmount);
	return fs->unmount();
}

int
do_fs_lookup(endpoint_t who, const struct fs_lookup_req *req,
    struct fs_lookup_rep *rep)
{
	char name[NAME_MAX + 1];
	int r;

	CHECK(who, lookup);
	r = name_get(req->name, req->len, name);
	return r != OK ? r : fs->lookup(req->dir, name, &rep->node);
}

int
do_fs_getnode(endpoint_t who, const struct fs_getnode_req *req,
    struct fs_lookup_rep *rep)
{
	CHECK(who, getnode);
	return fs->getnode(req->ino, &rep->node);
}

int
do_fs_putnode(endpoint_t who, const struct fs_putnode_req *req,
    struct fs_putnode_rep *rep)
{
	(void)rep;
	CHECK(who, putnode);
	return fs->putnode(req->ino, req->count);
}

int
do_fs_stat(endpoint_t who, const struct fs_stat_req *req,
    struct fs_stat_rep *rep)
{
	struct abi_stat st;
	int r;

	(void)rep;
	CHECK(who, stat);
	memset(&st, 0, sizeof st);
	r = fs->stat(req->ino, &st);
	return r != OK ? r : fsserver_put(req->gid, 0, &st, sizeof st);
}

int
do_fs_read(endpoint_t who, const struct fs_read_req *req,
    struct fs_read_rep *rep)
{
	struct fs_io io = { req->gid, req->bytes, req->position };

	CHECK(who, read);
	if (req->position < 0)
		return -EINVAL;
	return fs->read(req->ino, &io, &rep->bytes, &rep->size);
}

int
do_fs_write(endpoint_t who, const struct fs_read_req *req,
    struct fs_read_rep *rep)
{
	struct fs_io io = { req->gid, req->bytes, req->position };

	CHECK(who, write);
	if (req->position < 0)
		return -EINVAL;
	return fs->write(req->ino, &io, &rep->bytes, &rep->size);
}

int
do_fs_getdents(endpoint_t who, const struct fs_read_req *req,
    struct fs_getdents_rep *rep)
{
	struct fs_io io = { req->gid, req->bytes, req->position };

	CHECK(who, getdents);
	if (req->position < 0)
		return -EINVAL;
	return fs->getdents(req->ino, &io, &rep->bytes, &rep->position);
}

int
do_fs_create(endpoint_t who, const struct fs_create_req *req,
    struct fs_lookup_rep *rep)
{
	char name[NAME_MAX + 1];
	int r;

	CHECK(who, create);
	r = name_get(req->name, req->len, name);
	return r != OK ? r : fs->create(req, name, &rep->node);
}

int
do_fs_newnode(endpoint_t who, const struct fs_newnode_req *req,
    struct fs_lookup_rep *rep)
{
	CHECK(who, newnode);
	return fs->newnode(req, &rep->node);
}

int
do_fs_link(endpoint_t who, const struct fs_link_req *req,
    struct fs_link_rep *rep)
{
	char name[NAME_MAX + 1];
	int r;

	(void)rep;
	CHECK(who, link);
	r = name_get(req->name, req->len, name);
	return r != OK ? r : fs->link(req->dir, name, req->ino);
}

int
do_fs_unlink(endpoint_t who, const struct fs_unlink_req *req,
    struct fs_unlink_rep *rep)
{
	char name[NAME_MAX + 1];
	int r;

	(void)rep;
	CHECK(who, unlink);
	r = name_get(req->name, req->len, name);
	return r != OK ? r : fs->unlink(req->dir, name, req->directory != 0);
}

int
do_fs_rename(endpoint_t who, const struct fs_rename_req *req,
    struct fs_rename_rep *rep)
{
	char old_name[NAME_MAX + 1], new_name[NAME_MAX + 1];
	int r;

	(void)rep;
	CHECK(who, rename);
	r = name_get(req->old_name, req->old_len, old_name);
	if (r == OK)
		r = name_get(req->new_name, req->new_len, new_name);
	if (r != OK)
		return r;
	return fs->rename(req->old_dir, old_name, req->new_dir, new_name);
}

int
do_fs_symlink(endpoint_t who, const struct fs_symlink_req *req,
    struct fs_symlink_rep *rep)
{
	static char target[PATH_MAX];
	char name[NAME_MAX + 1];
	int r;

	(void)rep;
	CHECK(who, symlink);
	if (req->target_len == 0)
		return -ENOENT;
	if (req->target_len >= sizeof target)
		return -ENAMETOOLONG;
	r = name_get(req->name, req->len, name);
	if (r == OK)
		r = fsserver_get(req->target, 0, target, req->target_len);
	if (r != OK)
		return r;
	target[req->target_len] = '\0';
	return fs->symlink(req, name, target);
}

int
do_fs_readlink(endpoint_t who, const struct fs_readlink_req *req,
    struct fs_readlink_rep *rep)
{
	uint32_t bytes = req->bytes;
	int r;

	CHECK(who, readlink);
	r = fs->readlink(req->ino, req->gid, &bytes);
	rep->bytes = bytes;
	return r;
}

int
do_fs_truncate(endpoint_t who, const struct fs_truncate_req *req,
    struct fs_truncate_rep *rep)
{
	(void)rep;
	CHECK(who, truncate);
	if (req->size < 0)
		return -EINVAL;
	return fs->truncate(req->ino, req->size);
}

int
do_fs_chmod(endpoint_t who, const struct fs_chmod_req *req,
    struct fs_chmod_rep *rep)
{
	CHECK(who, chmod);
	return fs->chmod(req->ino, req->mode, &rep->mode);
}

int
do_fs_chown(endpoint_t who, const struct fs_chown_req *req,
    struct fs_chown_rep *rep)
{
	CHECK(who, chown);
	return fs->chown(req->ino, req->uid, req->gid, &rep->mode);
}

int
do_fs_utime(endpoint_t who, const struct fs_utime_req *req,
    struct fs_utime_rep *rep)
{
	(void)rep;
	CHECK(who, utime);
	return fs->utime(req->ino, req->atime, req->mtime);
}

int
do_fs_sync(endpoint_t who, const struct fs_sync_req *req,
    struct fs_sync_rep *rep)
{
	(void)req, (void)rep;
	CHECK(who, sync);
	return fs->sync();
}

int
do_fs_statvfs(endpoint_t who, const struct fs_statvfs_req *req,
    struct fs_statvfs_rep *rep)
{
	struct abi_statvfs st;
	int r;

	(void)rep;
	CHECK(who, statvfs);
	memset(&st, 0, sizeof st);
	r = fs->statvfs(&st);
	return r != OK ? r : fsserver_put(req->gid, 0, &st, sizeof st);
}

int
do_fs_newdriver(endpoint_t who, const struct fs_newdriver_req *req,
    struct fs_newdriver_rep *rep)
{
	(void)rep;
	CHECK(who, newdriver);
	return fs->newdriver(req->dev, req->driver);
}

int
fsserver_run(const struct fsserver *ops)
{
	static const struct call_entry calls[] = { FS_CALLS(FS_ENTRY) };
	struct server srv = {
		.name = ops->name,
		.base = FS_BASE,
		.ncalls = sizeof calls / sizeof calls[0],
		.calls = calls,
		.init_fresh = ops->init_fresh,
		.init_restart = ops->init_restart,
		.signal = ops->signal,
		.dump = ops->dump,
	};

	fs = ops;
	return server_run(&srv);
}
