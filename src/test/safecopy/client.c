/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Agents as a test sees them, see test/safecopy/client.h. */
#include "test/safecopy/client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lacuna/msgcall.h>
#include <proto/vm.h>

#include "test/report/checkpoint.h"

PROTO_STUB(VM_INFO, vm_info)

struct agent g, u, w;
bool sharing;

void
agent_begin(struct agent *who, int call)
{
	who->op.call = call;
	who->op.box.asked++;
}

int
agent_end(struct agent *who)
{
	mailbox_wait(&who->op.box);
	return who->op.result;
}

int
agent_do(struct agent *who, int call)
{
	agent_begin(who, call);
	return agent_end(who);
}

static int
start_with(struct agent *who, char letter,
    int (*start)(const char *, const char *, struct mailbox *, endpoint_t *))
{
	char label[] = "scopy.x";

	label[6] = letter;
	memset(&who->op, 0, sizeof who->op);
	memcpy(who->op.nonce, report_nonce(), NONCE_SIZE);
	return start("/test/safecopy-agent", label, &who->op.box, &who->ep);
}

int
agent_start(struct agent *who, char letter)
{
	return start_with(who, letter, service_start);
}

int
agent_start_once(struct agent *who, char letter)
{
	return start_with(who, letter, service_start_once);
}

/* The agents go; one may not have started. */
static void
agents_stop(void)
{
	(void)service_stop("scopy.g");
	(void)service_stop("scopy.u");
	(void)service_stop("scopy.w");
}

void
agents_open(int argc, char **argv, const char *test)
{
	int r;

	(void)report_begin(test, argc > 1 ? argv[1] : NULL);
	r = agent_start(&g, 'g');
	if (r == OK)
		r = agent_start(&u, 'u');
	if (r == OK)
		r = agent_start(&w, 'w');
	if (r != OK) {
		(void)report_obs("agent", "%d", r);
		agents_stop();
		exit(report_end());
	}
	strcpy(u.op.label, "cow");
	sharing = agent_do(&u, A_PARAM) != 0;
}

void
agent_place(const struct agent *who, const char *name, vir_bytes addr,
    vir_bytes len)
{
	CHECK(report_place(name, who->ep, addr, len) == 0);
}

/* A copy as all are meant to be. */
static void
control(void)
{
	const vir_bytes size = 4 * PAGE;
	vir_bytes src = agent_map(&g, 4), dst = agent_map(&u, 4);
	int before;

	agent_fill(&g, src, size, "control");
	agent_set(&u, dst, size, 0);
	before = shared_of(&u);
	CHECK(agent_move(A_FROM, &g, src, &u, dst, size) == OK);
	expect_shared("control", shared_of(&u) - before, 4);
	agent_place(&g, "control-src", src, size);
	agent_place(&u, "control-dst", dst, size);
	CHECK(report_checkpoint("control") == 0);
	agent_set(&g, src, size, 'g');
	agent_report(&u, "control", dst, size);
}

int
agents_close(void)
{
	control();
	agents_stop();
	return report_end();
}

vir_bytes
agent_map(struct agent *who, unsigned int pages)
{
	who->op.len = pages * PAGE;
	return (vir_bytes)agent_do(who, A_MAP);
}

/* An operation on a range. */
static int
on_range(struct agent *who, int call, vir_bytes addr, vir_bytes len, int access)
{
	who->op.addr = addr;
	who->op.len = len;
	who->op.access = access;
	return agent_do(who, call);
}

int
agent_unmap(struct agent *who, vir_bytes addr, vir_bytes len)
{
	return on_range(who, A_UNMAP, addr, len, 0);
}

void
agent_label(struct agent *who, const char *label)
{
	snprintf(who->op.label, sizeof who->op.label, "%s", label);
}

void
agent_fill(struct agent *who, vir_bytes addr, vir_bytes len, const char *label)
{
	agent_label(who, label);
	(void)on_range(who, A_FILL, addr, len, 0);
}

void
agent_set(struct agent *who, vir_bytes addr, vir_bytes len, int byte)
{
	(void)on_range(who, A_SET, addr, len, byte);
}

int
agent_peek(struct agent *who, vir_bytes addr)
{
	return on_range(who, A_PEEK, addr, 1, 0);
}

int
agent_count(struct agent *who, vir_bytes addr, vir_bytes len, int byte)
{
	return on_range(who, A_COUNT, addr, len, byte);
}

void
agent_report(struct agent *who, const char *name, vir_bytes addr, vir_bytes len)
{
	(void)on_range(who, A_SUM, addr, len, 0);
	(void)report_bytes(name, &who->op.sum, sizeof who->op.sum);
}

bool
agent_same(struct agent *a, vir_bytes at, struct agent *b, vir_bytes bt,
    vir_bytes len)
{
	return agent_sum_of(a, at, len) == agent_sum_of(b, bt, len);
}

uint64_t
agent_sum_of(struct agent *who, vir_bytes addr, vir_bytes len)
{
	(void)on_range(who, A_SUM, addr, len, 0);
	return who->op.sum;
}

int
agent_grant(struct agent *who, endpoint_t to, vir_bytes addr, vir_bytes len,
    int access)
{
	who->op.who = to;
	return on_range(who, A_GRANT, addr, len, access);
}

int
agent_revoke(struct agent *who, int gid)
{
	who->op.gid = gid;
	return agent_do(who, A_REVOKE);
}

int
agent_copy(struct agent *who, int call, endpoint_t from, int gid,
    vir_bytes addr, vir_bytes len)
{
	who->op.who = from;
	who->op.gid = gid;
	who->op.offset = 0;
	return on_range(who, call, addr, len, who->op.access);
}

int
agent_move(int call, struct agent *from, vir_bytes src, struct agent *to,
    vir_bytes dst, vir_bytes len)
{
	int gid, r;

	if (call == A_FROM) {
		gid = agent_grant(from, to->ep, src, len, CPF_READ);
		r = agent_copy(to, A_FROM, from->ep, gid, dst, len);
		(void)agent_revoke(from, gid); /* just made */
	} else {
		gid = agent_grant(to, from->ep, dst, len, CPF_WRITE);
		r = agent_copy(from, A_TO, to->ep, gid, src, len);
		(void)agent_revoke(to, gid); /* just made */
	}
	return r;
}

/* What VM says of a process, or with NONE of all. */
static struct vm_info_rep
info(endpoint_t ep)
{
	struct vm_info_req req = { .ep = ep };
	struct vm_info_rep rep = { 0 };

	CHECK(call_vm_info(VM_PROC_NR, &req, &rep) == OK);
	return rep;
}

int
shared_of(const struct agent *who)
{
	return (int)info(who->ep).shared;
}

int
frames_left(void)
{
	return (int)info(NONE).frames_free;
}

int
frames_of(const struct agent *who)
{
	return (int)info(who->ep).frames;
}

int
stores_of(const struct agent *who)
{
	return (int)info(who->ep).cow_faults;
}

int
copies_of(const struct agent *who)
{
	return (int)info(who->ep).pages_copied;
}

void
expect_shared(const char *name, int count, int pages)
{
	char obs[40];

	snprintf(obs, sizeof obs, "count.%s", name);
	(void)report_obs(obs, "%d", count);
	CHECK(count == (sharing ? pages : 0));
}
