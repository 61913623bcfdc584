/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Requests to file servers. Each server has one request at a time; the next
 * worker gets its turn when the answer is there.
 */
#include <abi/endpoint.h>
#include <abi/errno.h>
#include <lacuna/assert.h>
#include <lacuna/asynsend.h>
#include <lacuna/string.h>

#include "servers/vfs/calls.h"
#include "servers/vfs/dmap.h"
#include "servers/vfs/mount.h"
#include "servers/vfs/services.h"
#include "servers/vfs/vnode.h"
#include "servers/vfs/worker.h"

/* Let one worker that waits for the server have it. */
static inline void
next_turn(struct fs_peer *fs)
{
	struct worker *w;

	fs->active = NULL;
	if (!worker_waiting(WAIT_FS_TURN))
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

void
fs_turn_begin(struct fs_peer *fs)
{
	if (fs->active != NULL)
		(void)worker_wait(WAIT_FS_TURN, fs);
	fs->active = worker_self();
}

void
fs_turn_end(struct fs_peer *fs)
{
	next_turn(fs);
}

/* The body of fs_exchange() and, where it matters, of fs_call(). */
static inline int
exchange(struct fs_peer *fs, int type, const void *req, size_t reqlen,
    void *rep, size_t replen)
{
	struct worker *w = worker_self();
	struct message m;

	if (fs->ep == NONE)
		return -EIO;
	m.m_type = type;
	memcpy(m.m_body, req, reqlen);
	if (request_send(fs->ep, &m) != OK || worker_wait(WAIT_FS, fs) != OK)
		return -EIO;
	if (w->reply->m_type == OK && rep != NULL)
		memcpy(rep, w->reply->m_body, replen);
	return w->reply->m_type <= 0 ? w->reply->m_type : -EIO;
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
	int r = -EIO;

	if (fs->ep == NONE)
		return -EIO;
	fs_turn_begin(fs);
	/* A server that came meanwhile has no grants of this request. */
	if (fs->life == life)
		r = exchange(fs, type, req, reqlen, rep, replen);
	next_turn(fs);
	return r;
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

bool
fs_answer(const struct message *m)
{
	struct fs_peer *fs;
	struct worker *w;

	if (m->m_type > 0)
		return false;
	fs = peer_get(m->m_source);
	if (fs == NULL)
		return false;
	w = fs->active;
	if (w != NULL && w->wait == WAIT_FS && w->object == fs) {
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
}
