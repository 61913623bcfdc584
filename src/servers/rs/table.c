/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * RS's interface, its tables, and how rows are found.
 */
#include "servers/rs/rs.h"

#include <lacuna/assert.h>
#include <lacuna/asynsend.h>
#include <lacuna/printf.h>
#include <lacuna/syslib.h>

struct rproc rproc[NR_SYS_PROCS];
struct rprocpub rprocpub[NR_SYS_PROCS];
bool rs_shutting_down;
bool rs_verbose;

static struct rproc *by_slot[NR_PROCS];

RS_CALLS(PROTO_UNPACK)

static const struct call_entry calls[] = { RS_CALLS(PROTO_ENTRY) };

/* Everything that is no request of a client. */
static void
on_other(const struct message *m, int status)
{
	if (m->m_type == RS_INIT)
		init_report(m, status);
	else if (m->m_type == RS_EXIT)
		death_exit(m);
	else if (IPC_STATUS_CALL(status) == SENDREC)
		server_reply(m->m_source, -ENOSYS, NULL, 0);
	else
		publish_answer(m);
}

extern const struct server rs_server; /* used by main.c */
const struct server rs_server = {
	.name = "rs",
	.base = RS_BASE,
	.ncalls = sizeof calls / sizeof calls[0],
	.calls = calls,
	.init_fresh = boot_start,
	.signal = sef_cb_signal_handler_null,
	.signal_manager = death_signal,
	.alarm = supervise,
	.notified = supervise_pong,
	.other = on_other,
};

clock_ticks
rs_now(void)
{
	clock_ticks now;
	int r = getticks(&now);

	assert(r == OK); /* this call cannot fail */
	return now;
}

struct rproc *
rproc_by_endpoint(endpoint_t ep)
{
	int slot = endpoint_slot(ep);
	struct rproc *rp;

	if (slot < 0 || slot >= NR_PROCS)
		return NULL;
	rp = by_slot[slot];
	return rp != NULL && rp->pub->endpoint == ep ? rp : NULL;
}

struct rproc *
rproc_by_label(const char *label)
{
	struct rproc *rp;

	for (rp = rproc; rp < &rproc[NR_SYS_PROCS]; rp++)
		if (rp->flags & RF_IN_USE && strcmp(rp->pub->label, label) == 0)
			return rp;
	return NULL;
}

struct rproc *
rproc_alloc(void)
{
	size_t i;

	for (i = 0; i < NR_SYS_PROCS; i++)
		if (!(rproc[i].flags & RF_IN_USE))
			break;
	if (i == NR_SYS_PROCS)
		return NULL;
	memset(&rproc[i], 0, sizeof rproc[i]);
	memset(&rprocpub[i], 0, sizeof rprocpub[i]);
	rproc[i].pub = &rprocpub[i];
	rproc[i].pub->endpoint = NONE;
	rproc[i].pid = -1;
	rproc[i].old_endpoint = NONE;
	rproc[i].caller = NONE;
	return &rproc[i];
}

void
rproc_free(struct rproc *rp)
{
	rproc_set_process(rp, NONE, -1);
	image_free(&rp->image);
	rp->pub->in_use = 0;
	rp->flags = 0;
}

void
rproc_set_process(struct rproc *rp, endpoint_t ep, int32_t pid)
{
	if (rp->pub->endpoint != NONE) {
		by_slot[endpoint_slot(rp->pub->endpoint)] = NULL;
		rp->old_endpoint = rp->pub->endpoint;
	}
	if (ep != NONE)
		by_slot[endpoint_slot(ep)] = rp;
	rp->pub->endpoint = ep;
	rp->pid = pid;
}

void
rs_send(endpoint_t to, int type, const void *payload, size_t size)
{
	static endpoint_t deaf = NONE; /* of whom we have complained */
	struct message m;
	int r;

	assert(size <= MSG_BODY);
	memset(&m, 0, sizeof m);
	m.m_type = type;
	memcpy(m.m_body, payload, size);
	r = asynsend3(to, &m, AMF_NOREPLY);
	if (r == -EAGAIN && to != deaf) {
		printf("rs: %d takes no messages, some are lost\n", to);
		deaf = to;
	} else if (r != OK && r != -EAGAIN) {
		panic("cannot send without waiting: %d", r);
	}
}
