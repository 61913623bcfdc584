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
#include "servers/vfs/vnode.h"
#include "servers/vfs/worker.h"

/* Let one worker that waits for the server have it. */
static void
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

int
fs_call(struct fs_peer *fs, int type, const void *req, size_t reqlen, void *rep,
    size_t replen)
{
	struct worker *w = worker_self();
	struct message m;
	int r = OK;

	if (fs->active != NULL)
		r = worker_wait(WAIT_FS_TURN, fs);
	fs->active = w;
	if (r == OK && fs->ep != NONE) {
		m.m_type = type;
		memcpy(m.m_body, req, reqlen);
		r = request_send(fs->ep, &m);
	} else {
		r = -EIO;
	}
	if (r == OK)
		r = worker_wait(WAIT_FS, fs);
	else
		r = -EIO;
	next_turn(fs);
	if (r != OK)
		return r;
	if (w->reply->m_type == OK && rep != NULL)
		memcpy(rep, w->reply->m_body, replen);
	return w->reply->m_type <= 0 ? w->reply->m_type : -EIO;
}

/* The file server with an endpoint. */
static struct fs_peer *
peer_get(endpoint_t ep)
{
	int i;

	if (pipe_mount.fs.ep == ep)
		return &pipe_mount.fs;
	for (i = 0; i < NR_MOUNTS; i++) {
		if (mounts[i].used && mounts[i].fs.ep == ep)
			return &mounts[i].fs;
	}
	return dev_peer(ep);
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
	w = fs->active;
	if (w != NULL && w->wait == WAIT_FS && w->object == fs)
		worker_wake(w, -EIO);
}
