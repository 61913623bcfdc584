/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Requests to file servers. Each server has one request at a time; the next
 * worker gets its turn when the answer is there. A worker that has waited too
 * long goes away without it. Then the server owes an answer, and nobody has
 * the next turn before that has come, or the server has died: what it does
 * meanwhile is still the old request.
 */
#include <abi/endpoint.h>
#include <abi/errno.h>
#include <lacuna/assert.h>
#include <lacuna/asynsend.h>
#include <lacuna/sef.h>
#include <lacuna/string.h>

#include "servers/vfs/answer.h"
#include "servers/vfs/calls.h"
#include "servers/vfs/dmap.h"
#include "servers/vfs/mount.h"
#include "servers/vfs/services.h"
#include "servers/vfs/unsynced.h"
#include "servers/vfs/vnode.h"
#include "servers/vfs/watch.h"
#include "servers/vfs/worker.h"

/* Let one worker that waits for the server have it. */
static inline void
next_turn(struct fs_peer *fs)
{
	struct worker *w;

	fs->active = NULL;
	if (fs->owes || !worker_waiting(WAIT_FS_TURN))
		return;
	FOR_EACH_BUSY(w)
	{
		if (w->wait == WAIT_FS_TURN && w->object == fs) {
			fs->active = w; /* nobody can come between */
			worker_wake(w, OK);
			return;
		}
	}
}

/* A server that waits takes the message at once; else it goes by mail. */
static int
request_send(endpoint_t ep, const struct message *m)
{
	int r = ipc_sendnb(ep, m);

	return r == -ENOTREADY ? asynsend3(ep, m, 0) : r;
}

/* Has the request at a server taken longer than a worker waits? */
static bool
too_old(const struct fs_peer *fs, const struct worker *w)
{
	return watch_time() - fs->since > watch_patience(w);
}

/* What a worker's caller is told that goes away without an answer. */
static int
gone_away(const struct worker *w)
{
	return w->dying ? -EINTR : -EIO;
}

int
fs_turn_begin(struct fs_peer *fs)
{
	struct worker *w = worker_self();

	if (fs->active != NULL || fs->owes) {
		if (fs->owes && too_old(fs, w))
			return gone_away(w);
		watch_begin();
		w->peer = fs;
		if (worker_wait(WAIT_FS_TURN, fs) != OK)
			return gone_away(w);
	}
	fs->active = w;
	return OK;
}

void
fs_turn_end(struct fs_peer *fs)
{
	next_turn(fs);
}

/* A server has died, or is dead: the worker's request may be made again. */
static int
no_server(const struct fs_peer *fs)
{
	worker_self()->no_server = fs;
	return -EIO;
}

/* Does a request change nothing on the disk? Then it does no harm twice. */
static bool
reads_only(int type)
{
	return type == FS_LOOKUP || type == FS_GETNODE || type == FS_PUTNODE ||
	    type == FS_STAT || type == FS_READ || type == FS_GETDENTS ||
	    type == FS_READLINK || type == FS_STATVFS || type == FS_SYNC ||
	    type < FS_BASE;
}

/* Send the request that is in fs->req, and wait for its answer. */
static inline int
answer_wait(struct fs_peer *fs)
{
	static uint32_t number;

	answer_number(&fs->req, ++number);
	fs->since = watch_time();
	fs->blamed = false;
	if (request_send(fs->ep, &fs->req) != OK)
		return -EIO;
	watch_begin();
	worker_self()->peer = fs;
	return worker_wait(WAIT_FS, fs);
}

/* The body of fs_exchange() and, where it matters, of fs_call(). */
static inline int
exchange(struct fs_peer *fs, int type, const void *req, size_t reqlen,
    void *rep, size_t replen)
{
	struct worker *w = worker_self();
	int r;

	if (fs->owes)
		return -EIO;
	if (fs->ep == NONE)
		return no_server(fs);
	fs->req.m_type = type;
	memcpy(fs->req.m_body, req, reqlen);
	w->changed |= !reads_only(type);
	r = answer_wait(fs);
	if (r != OK)
		return r == -ETIMEDOUT ? gone_away(w) : no_server(fs);
	r = answer_judge(&fs->req, w->reply);
	if (r != 0) {
		sef_complain(fs->ep, (enum sef_evidence)r);
		return -EIO;
	}
	if (w->reply->m_type == OK)
		unsynced_note(fs, &fs->req, w->reply);
	if (w->reply->m_type == OK && rep != NULL)
		memcpy(rep, w->reply->m_body, replen);
	return w->reply->m_type;
}

int
fs_exchange(struct fs_peer *fs, int type, const void *req, size_t reqlen,
    void *rep, size_t replen)
{
	return exchange(fs, type, req, reqlen, rep, replen);
}

int
fs_call(struct fs_peer *fs, int type, const void *req, size_t reqlen, void *rep,
    size_t replen)
{
	const uint32_t life = fs->life;
	int r;

	if (fs->ep == NONE)
		return no_server(fs);
	r = fs_turn_begin(fs);
	if (r != OK)
		return r;
	/* A server that came meanwhile has no grants of this request. */
	if (fs->life == life)
		r = exchange(fs, type, req, reqlen, rep, replen);
	else
		r = no_server(fs);
	next_turn(fs);
	return r;
}

bool
fs_look(struct worker *w)
{
	struct fs_peer *fs = w->peer;

	if (watch_time() - fs->since > PATIENCE && !fs->blamed) {
		fs->blamed = true;
		sef_complain(fs->ep, SEF_NO_ANSWER);
	}
	if (!too_old(fs, w))
		return true;
	if (w->wait == WAIT_FS)
		fs->owes = true;
	worker_wake(w, -ETIMEDOUT);
	return false;
}

/* The file server with an endpoint; the ones that are asked most come first. */
static struct fs_peer *
peer_get(endpoint_t ep)
{
	struct fs_peer *service;
	int i;

	if (pipe_mount.fs.ep == ep)
		return &pipe_mount.fs;
	for (i = 0; i < NR_MOUNTS; i++) {
		if (mounts[i].used && mounts[i].fs.ep == ep)
			return &mounts[i].fs;
	}
	service = service_peer(ep);
	return service != NULL ? service : dmap_peer(ep);
}

/* Give back what a late answer has given: a reference, or a mount. */
static void
late_run(struct worker *w)
{
	struct fs_peer *fs = peer_get(w->in.m_source);
	struct fs_putnode_req back = { .count = 1 };
	char none = 0;

	if (fs == NULL)
		return;
	if (w->in.m_type == FS_MOUNT) {
		(void)fs_call(fs, FS_UNMOUNT, &none, sizeof none, NULL, 0);
		mount_over(fs);
	} else {
		memcpy(&back.ino, w->in.m_body, sizeof back.ino);
		(void)fs_call(fs, FS_PUTNODE, &back, sizeof back, NULL, 0);
	}
}

/* Does a success of this request leave VFS with something to give back? */
static bool
gives_reference(int type)
{
	return type == FS_MOUNT || type == FS_LOOKUP || type == FS_CREATE ||
	    type == FS_NEWNODE || type == FS_GETNODE;
}

/* The answer a server owes has come. */
static void
answer_late(struct fs_peer *fs, const struct message *m)
{
	const int type = fs->req.m_type;
	struct message took = *m;

	if (!answer_is_for(&fs->req, m)) {
		sef_complain(fs->ep, SEF_BAD_IDENTITY);
		return;
	}
	fs->owes = false;
	took.m_type = type; /* its body begins with the node */
	if (m->m_type != OK || answer_judge(&fs->req, m) != 0 ||
	    !gives_reference(type) ||
	    worker_start(NULL, &took, late_run, true) != OK)
		mount_over(fs);
	next_turn(fs);
}

/* Is a message, of a service we talk with, the answer? Others than file
 * servers and block drivers send requests, too. */
static bool
is_answer(const struct fs_peer *fs, const struct message *m)
{
	return m->m_type <= 0 ||
	    (fs != service_peer(m->m_source) &&
		(fs->active != NULL || fs->owes));
}

bool
fs_answer(const struct message *m)
{
	struct fs_peer *fs = peer_get(m->m_source);
	struct worker *w;

	if (fs == NULL || !is_answer(fs, m))
		return false;
	w = fs->active;
	if (fs->owes) {
		answer_late(fs, m);
	} else if (w != NULL && w->wait == WAIT_FS && w->object == fs) {
		w->reply = m;
		worker_wake(w, OK);
	}
	return true;
}

void
fs_died(endpoint_t ep)
{
	struct fs_peer *fs = peer_get(ep);
	struct worker *w;

	if (fs == NULL)
		return;
	fs->ep = NONE;
	fs->life++;
	mount_lost(fs);
	w = fs->active;
	if (w != NULL && w->wait == WAIT_FS && w->object == fs)
		worker_wake(w, -EIO);
	if (fs->owes) {
		fs->owes = false;
		mount_over(fs);
		next_turn(fs);
	}
}
