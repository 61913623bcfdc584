/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * File servers and block drivers, and the conversation with them: each has
 * one request at a time, and a worker waits for the answer.
 */
#pragma once

#include <lacuna/ipc.h>

struct worker;

/** A file server; one request may be outstanding at it. */
struct fs_peer {
	endpoint_t ep;         /**< NONE: dead */
	struct worker *active; /**< whose turn it is */
	uint32_t life;         /**< counts its deaths */
	struct message req;    /**< the last one, as it was sent */
	uint32_t since;        /**< when, see servers/vfs/watch.h */
	bool owes;             /**< its answer, which nobody waits for */
	bool blamed;           /**< RS has heard how long it takes */
};

/**
 * Ask a file server. Blocks the worker; waits for its turn.
 *
 * @param[in]  fs      server
 * @param[in]  type    FS_*
 * @param[in]  req     parameters
 * @param[in]  reqlen  bytes of them
 * @param[out] rep     results, on success; may be NULL
 * @param[in]  replen  bytes of them
 * @return the server's status; -EIO when it is dead, dies before it answers,
 * does not answer in time, or gives an answer that cannot be true. In the last
 * two cases RS is told. -EINTR: the caller is to end, and it took too long
 */
int fs_call(struct fs_peer *fs, int type, const void *req, size_t reqlen,
    void *rep, size_t replen);

/**
 * Have a file server to oneself, for fs_exchange(); waits for the turn.
 *
 * @param[in] fs  server
 * @retval OK      it is ours; it may have died, or another have come
 * @retval -EIO    the one before us waits too long for its answer
 * @retval -EINTR  so does it, and the caller is to end
 */
int fs_turn_begin(struct fs_peer *fs);

/** Let others have it. */
void fs_turn_end(struct fs_peer *fs);

/** fs_call() for the worker that has the server to itself. */
int fs_exchange(struct fs_peer *fs, int type, const void *req, size_t reqlen,
    void *rep, size_t replen);

/**
 * Is a message the answer of a file server? Then hand it to who waits.
 *
 * @param[in] m  message
 * @return whether it was one
 */
bool fs_answer(const struct message *m);

/**
 * Has a worker that waits for a file server, or for its turn there, waited too
 * long? Then it waits no more.
 *
 * @param[in] w  worker
 * @return whether it still waits
 */
bool fs_look(struct worker *w);

/**
 * A service has died: whoever waits for it gets -EIO.
 *
 * @param[in] ep  endpoint
 */
void fs_died(endpoint_t ep);
