/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The service of test/vfs/liar.h. */
#include "test/vfs/liar.h"

#include <abi/fcntl.h>
#include <lacuna/asynsend.h>
#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <lacuna/printf.h>
#include <lacuna/server.h>
#include <lacuna/syslib.h>
#include <proto/cdev.h>
#include <proto/fs.h>
#include <proto/pm_srv.h>

#include "test/service/owner.h"

#define PATIENCE 5 /* ticks between looks at the orders, when one is silent */

PROTO_STUB(PM_PROC_LOOKUP, pm_proc_lookup)

static struct owner owner;
static struct liar orders;
static struct message kept; /* a request that is not answered yet */

/* What the program wants now. */
static void
orders_read(void)
{
	struct pm_proc_lookup_req req = { .pid = owner.pid };
	struct pm_proc_lookup_rep rep;

	orders.how = LIE_NONE;
	if (owner.ep == NONE &&
	    call_pm_proc_lookup(PM_PROC_NR, &req, &rep) == OK)
		owner.ep = rep.ep;
	(void)sys_datacopy(owner.ep, owner.box, SELF, vir_addr(&orders),
	    sizeof orders); /* it may have ended: no lies then */
}

/* A lie has been told. */
static void
told(void)
{
	orders.told++;
	orders.left--;
	if (orders.left == 0)
		orders.how = LIE_NONE;
	(void)sys_datacopy(SELF, vir_addr(&orders), owner.ep, owner.box,
	    sizeof orders); /* likewise */
}

static void
node(struct message *out, uint32_t ino, uint32_t mode, int64_t size)
{
	const struct fs_node n = { .ino = ino,
		.mode = mode,
		.nlink = 1,
		.size = size };

	memcpy(out->m_body, &n, sizeof n);
}

/* A name in the root; they differ in their first letter. */
static int
lookup(const struct message *in, struct message *out)
{
	struct fs_lookup_req req;
	char first = 0;

	memcpy(&req, in->m_body, sizeof req);
	if (sys_safecopyfrom(VFS_PROC_NR, req.name, 0, vir_addr(&first), 1) !=
	    OK)
		return -EFAULT;
	if (first == '.')
		node(out, LIAR_ROOT, S_IFDIR | 0755, 0);
	else if (first == 'f')
		node(out, LIAR_FILE, S_IFREG | 0644, LIAR_SIZE);
	else if (first == 'l')
		node(out, LIAR_LINK, S_IFLNK | 0777, 4);
	else
		return -ENOENT;
	return OK;
}

static int
create(const struct message *in, struct message *out)
{
	struct fs_create_req req;

	memcpy(&req, in->m_body, sizeof req);
	node(out, LIAR_NEW, req.mode, 0);
	return OK;
}

static int
getnode(const struct message *in, struct message *out)
{
	struct fs_getnode_req req;

	memcpy(&req, in->m_body, sizeof req);
	if (req.ino == LIAR_ROOT)
		node(out, req.ino, S_IFDIR | 0755, 0);
	else if (req.ino == LIAR_LINK)
		node(out, req.ino, S_IFLNK | 0777, 4);
	else
		node(out, req.ino, S_IFREG | 0644, LIAR_SIZE);
	return OK;
}

/* The contents are never looked at. */
static int
transfer(const struct message *in, struct message *out)
{
	struct fs_read_rep rep = { .size = LIAR_SIZE };
	struct fs_read_req req;

	memcpy(&req, in->m_body, sizeof req);
	rep.bytes = in->m_type == FS_WRITE || req.bytes < LIAR_SIZE ? req.bytes
								    : LIAR_SIZE;
	memcpy(out->m_body, &rep, sizeof rep);
	return OK;
}

static int
entries(const struct message *in, struct message *out)
{
	struct fs_getdents_rep rep = { .bytes = 0 };
	struct fs_getdents_req req;

	memcpy(&req, in->m_body, sizeof req);
	rep.position = req.position;
	memcpy(out->m_body, &rep, sizeof rep);
	return OK;
}

static int
text(const struct message *in, struct message *out)
{
	struct fs_readlink_req req;

	memcpy(&req, in->m_body, sizeof req);
	out->m_body[0] = req.bytes < 4 ? req.bytes : 4;
	return sys_safecopyto(VFS_PROC_NR, req.gid, 0, vir_addr("file"),
	    out->m_body[0]);
}

/* The truth about a request to a file server. */
static int
fs_truth(const struct message *in, struct message *out)
{
	switch (in->m_type) {
	case FS_MOUNT:
		node(out, LIAR_ROOT, S_IFDIR | 0755, 0);
		return OK;
	case FS_LOOKUP:
		return lookup(in, out);
	case FS_CREATE:
		return create(in, out);
	case FS_GETNODE:
		return getnode(in, out);
	case FS_READ:
	case FS_WRITE:
		return transfer(in, out);
	case FS_GETDENTS:
		return entries(in, out);
	case FS_READLINK:
		return text(in, out);
	case FS_CHMOD:
	case FS_CHOWN:
		out->m_body[0] = S_IFREG | 0644;
		return OK;
	default:
		return OK;
	}
}

/* The truth about a request to a driver: all is well. */
static void
cdev_truth(const struct message *in, struct message *out)
{
	struct cdev_req req;
	struct cdev_rep rep = { .status = OK };

	memcpy(&req, in->m_body, sizeof req);
	rep.id = req.id;
	rep.minor = req.minor;
	if (in->m_type == CDEV_READ || in->m_type == CDEV_WRITE)
		rep.bytes = req.bytes;
	else if (in->m_type == CDEV_SELECT)
		rep.bytes = req.flags & (CDEV_OP_RD | CDEV_OP_WR);
	memcpy(out->m_body, &rep, sizeof rep);
}

static bool
is_cdev(const struct message *in)
{
	return in->m_type >= CDEV_BASE && in->m_type < CDEV_END;
}

/* Change an answer as the orders say. */
static void
bend(const struct message *in, struct message *out)
{
	switch (orders.how) {
	case LIE_STATUS:
		if (is_cdev(in))
			out->m_body[offsetof(struct cdev_rep, status) / 4] =
			    orders.value;
		else
			out->m_type = (int32_t)orders.value;
		break;
	case LIE_WORD:
		out->m_body[orders.word] = orders.value;
		break;
	case LIE_NUMBER:
		out->m_body[is_cdev(in) ? 0 : FS_ID]++;
		break;
	default:
		break;
	}
}

/* Answer a request of VFS. */
static void
answer(const struct message *in, bool lie)
{
	struct message out;

	memset(&out, 0, sizeof out);
	if (is_cdev(in)) {
		out.m_type = CDEV_REPLY;
		cdev_truth(in, &out);
	} else {
		out.m_type = fs_truth(in, &out);
		out.m_body[FS_ID] = in->m_body[FS_ID];
	}
	if (lie)
		bend(in, &out);
	(void)asynsend3(VFS_PROC_NR, &out, 0);
}

static void
message_in(const struct message *m, int status)
{
	bool lie;

	if (m->m_source != VFS_PROC_NR || IPC_STATUS_CALL(status) == SENDREC ||
	    m->m_type == CDEV_CANCEL)
		return;
	orders_read();
	lie = orders.how != LIE_NONE && m->m_type == orders.type;
	if (lie && orders.how == LIE_SILENT) {
		kept = *m;
		told();
		(void)sys_setalarm(PATIENCE, NULL); /* arguments are right */
		return;
	}
	if (lie && orders.how == LIE_DIE) {
		told();
		panic("as ordered");
	}
	answer(m, lie);
	if (lie)
		told();
}

/* Is silence over? */
static void
alarm(clock_ticks now)
{
	(void)now;
	orders_read();
	if (orders.how == LIE_SILENT) {
		(void)sys_setalarm(PATIENCE, NULL); /* arguments are right */
		return;
	}
	answer(&kept, false);
}

int
main(int argc, char *argv[])
{
	static const struct server liar = {
		.name = "vfs-liar",
		.init_restart = sef_cb_init_null,
		.alarm = alarm,
		.other = message_in,
	};

	owner_init(&owner, argc, argv);
	return server_run(&liar);
}
