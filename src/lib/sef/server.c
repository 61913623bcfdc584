/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The main loop of a server, see <lacuna/server.h>.
 */
#include <lacuna/server.h>

#include <lacuna/assert.h>
#include <lacuna/asynsend.h>
#include <lacuna/printf.h>

#include "lib/sef/sef_private.h"
#include "lib/sef/wait.h"

/* Send an answer. Who waits in a SENDREC takes it at once; a service that
 * sent its request in another way gets it when it is ready. */
static void
answer(endpoint_t to, const struct message *out)
{
	if (ipc_sendnb(to, out) == -ENOTREADY)
		(void)asynsend3(to, out, AMF_NOREPLY); /* or it never listens */
}

void
server_reply(endpoint_t to, int status, const void *rep, size_t size)
{
	struct message out;

	assert(size <= MSG_BODY);
	memset(&out, 0, sizeof out);
	out.m_type = status;
	if (rep != NULL)
		memcpy(out.m_body, rep, size);
	answer(to, &out);
}

/* Handle a notification that SEF has left to us. */
static void
on_notify(const struct server *srv, const struct message *m)
{
	struct notify_msg n;

	memcpy(&n, m->m_body, sizeof n);
	if (m->m_source == HARDWARE) {
		if (srv->irq != NULL)
			srv->irq(n.irqs);
	} else if (srv->notified != NULL) {
		srv->notified(m->m_source);
	}
}

/* Handle a request: run its handler and answer. */
static void
on_request(const struct server *srv, const struct message *m, int status)
{
	struct message out;
	size_t i;
	int r = EDONTREPLY;

	/* A number below base wraps: too big. */
	i = (uint32_t)m->m_type - (uint32_t)srv->base;
	memset(&out, 0, sizeof out); /* the body goes out as a whole */
	if (i < srv->ncalls)
		r = srv->calls[i].serve(m, &out);
	else if (srv->other != NULL)
		srv->other(m, status);
	else if (IPC_STATUS_CALL(status) == SENDREC)
		r = -ENOSYS;
	if (r == EDONTREPLY)
		return;
	out.m_type = r;
	answer(m->m_source, &out);
}

static const struct server *server; /* that runs */

static void
signal_deliver(int signo)
{
	if (server->signal != NULL)
		server->signal(signo);
	else
		sef_cb_signal_handler_term(signo);
}

/* A signal in the middle of a request would find it half done. */
static void
on_signal(int signo)
{
	if (!wait_signal(signo))
		signal_deliver(signo);
}

static void
on_alarm(clock_ticks now)
{
	if (!wait_alarm(now) && server->alarm != NULL)
		server->alarm(now);
}

/* The next message: what was put off comes before what is new. */
static int
next_receive(struct message *m, int *status)
{
	int signo;

	if (!wait_left)
		return sef_receive_top(m, status);
	while ((signo = wait_signal_take()) != 0)
		signal_deliver(signo);
	if (wait_deferred(m, status))
		return OK;
	return sef_receive_top(m, status);
}

/* Register what the server has. */
static void
callbacks_set(const struct server *srv)
{
	server = srv;
	if (srv->init_fresh != NULL)
		sef_setcb_init_fresh(srv->init_fresh);
	if (srv->init_restart != NULL)
		sef_setcb_init_restart(srv->init_restart);
	if (srv->init_lu != NULL)
		sef_setcb_init_lu(srv->init_lu);
	sef_setcb_signal_handler(on_signal);
	if (srv->signal_manager != NULL)
		sef_setcb_signal_manager(srv->signal_manager);
	sef_setcb_alarm(on_alarm);
	if (srv->dump != NULL)
		sef_setcb_dump(srv->dump);
}

int
server_run(const struct server *srv)
{
	struct message m;
	int r, status;

	callbacks_set(srv);
	sef_startup();
	sef_state.loop = true;
	for (;;) {
		r = next_receive(&m, &status);
		if (r != OK && r != -EINTR)
			panic("cannot receive: %d", r);
		if (r == OK) {
			if (is_ipc_notify(status))
				on_notify(srv, &m);
			else if (!((unsigned)status & IPC_FLG_MSG_FROM_KERNEL))
				on_request(srv, &m, status);
			else if (srv->kernel != NULL)
				srv->kernel(&m);
		}
		if (srv->after != NULL)
			srv->after();
	}
}
