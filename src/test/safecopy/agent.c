/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The agent itself: see test/safecopy/agent.h.
 */
#include "test/safecopy/agent.h"

#include <abi/signal.h>
#include <lacuna/ipc.h>
#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <lacuna/safecopies.h>
#include <lacuna/syslib.h>
#include <proto/vm.h>

#include "test/service/owner.h"

#define CHUNKS 64 /* pieces of memory taken by A_HOG */

PROTO_STUB(VM_MMAP, vm_mmap)
PROTO_STUB(VM_MUNMAP, vm_munmap)
PROTO_STUB(VM_INFO, vm_info)
PROTO_STUB(VM_MAP_PHYS, vm_map_phys)
PROTO_STUB(VM_UNMAP_PHYS, vm_unmap_phys)

static struct owner owner;

/** Memory that A_HOG has taken. */
static struct chunk {
	vir_bytes addr, len;
} chunks[CHUNKS];

static uint32_t nchunks;

static void *
at(vir_bytes addr)
{
	return (void *)(uintptr_t)addr;
}

static int
info(endpoint_t ep, struct vm_info_rep *rep)
{
	struct vm_info_req req = { .ep = ep };

	return call_vm_info(VM_PROC_NR, &req, rep);
}

int
agent_shared(endpoint_t ep)
{
	struct vm_info_rep rep;
	int r = info(ep, &rep);

	return r == OK ? (int)rep.shared : r;
}

/* New memory; addr 0: anywhere. */
static int
map(vir_bytes addr, vir_bytes len, uint32_t prot, uint32_t flags)
{
	struct vm_mmap_req req = { .addr = addr,
		.length = len,
		.prot = prot,
		.flags = flags };
	struct vm_mmap_rep rep;
	int r = call_vm_mmap(VM_PROC_NR, &req, &rep);

	return r == OK ? (int)rep.addr : r;
}

static int
unmap(vir_bytes addr, vir_bytes len)
{
	struct vm_munmap_req req = { .addr = addr, .length = len };
	struct no_payload none;

	return call_vm_munmap(VM_PROC_NR, &req, &none);
}

/* Take so many pages; false if there are none or no room to note them. */
static bool
take(uint32_t pages)
{
	const uint32_t prot = VM_PROT_READ | VM_PROT_WRITE;
	int r;

	if (nchunks == CHUNKS)
		return false;
	r = map(0, pages * PAGE, prot, VM_MAP_PREALLOC);
	if (r < 0)
		return false;
	chunks[nchunks].addr = (vir_bytes)r;
	chunks[nchunks++].len = pages * PAGE;
	return true;
}

/* Take frames until only so many are left. */
static int
hog(uint32_t left)
{
	struct vm_info_rep rep;
	uint32_t pages = 1u << 16, n = 0;

	while (pages > 0 && info(SELF, &rep) == OK) {
		while (pages > 0 && pages + left > rep.frames_free)
			pages /= 2;
		if (pages > 0 && take(pages))
			n += pages;
		else
			pages /= 2;
	}
	while (left == 0 && take(1)) /* what a page table needed, too */
		n++;
	return (int)n;
}

static int
unhog(void)
{
	int r = OK;

	while (nchunks > 0 && r == OK) {
		nchunks--;
		r = unmap(chunks[nchunks].addr, chunks[nchunks].len);
	}
	return r;
}

/* Are the next four bytes of memory those of a word? */
static bool
is_word(const uint8_t *p, const uint8_t *end, uint32_t all)
{
	uint32_t word;

	if (end - p < (int)sizeof word)
		return false;
	__builtin_memcpy(&word, p, sizeof word);
	return word == all;
}

static int
count(const struct agent_op *op)
{
	const uint8_t *p = at(op->addr), *end = p + op->len;
	const uint32_t all = (uint8_t)op->access * 0x01010101u;
	int n = 0;

	while (p < end) {
		if (is_word(p, end, all)) { /* most are, so look at four */
			n += (int)sizeof all;
			p += sizeof all;
		} else {
			n += *p++ == (uint8_t)all;
		}
	}
	return n;
}

/* Copy again and again, with new contents at both ends each time. */
static int
again(const struct agent_op *op)
{
	const vir_bytes last = (op->len - 4) & ~3u;
	volatile uint32_t *head = at(op->addr), *tail = at(op->addr + last);
	int i, r, right = 0;

	for (i = 1; i <= op->access; i++) {
		r = sys_datacopy(SELF, vir_addr(&i), op->who, op->offset, 4);
		if (r == OK)
			r = sys_datacopy(SELF, vir_addr(&i), op->who,
			    op->offset + last, 4);
		if (r == OK)
			r = sys_safecopyfrom(op->who, op->gid, 0, op->addr,
			    op->len);
		if (r != OK)
			return r;
		right += *head == (uint32_t)i && *tail == (uint32_t)i;
	}
	return right;
}

static int
map_device(phys_bytes phys, vir_bytes len)
{
	struct priv_range range = { phys, phys + len - 1 };
	struct vm_map_phys_req req = { phys, len };
	struct vm_map_phys_rep rep = { 0 };
	int r = sys_privctl(SELF, SYS_PRIV_ADD_MEM, &range);

	if (r == OK || r == -ENOMEM) /* it may be there already */
		r = call_vm_map_phys(VM_PROC_NR, &req, &rep);
	return r == OK ? (int)rep.addr : r;
}

static int
unmap_device(vir_bytes addr)
{
	struct vm_unmap_phys_req req = { addr };
	struct no_payload none;

	return call_vm_unmap_phys(VM_PROC_NR, &req, &none);
}

/* A device writes where it was told to. */
static int
dma(const struct agent_op *op)
{
	static uint8_t data[PAGE];

	if (op->len > sizeof data)
		return -EINVAL;
	memset(data, op->access, op->len);
	return sys_vircopy(SELF, vir_addr(data), NONE, op->addr, op->len,
	    VIRCOPY_PHYS);
}

static int
umap(const struct agent_op *op)
{
	phys_bytes phys;
	int r = sys_umap(SELF, op->addr, op->len, &phys);

	return r == OK ? (int)phys : r;
}

/* A request, at addr, which VM will be asked. */
static int
request(vir_bytes addr)
{
	struct vm_info_req req = { .ep = NONE };
	struct message *m = at(addr);

	memset(m, 0, sizeof *m);
	m->m_type = VM_INFO;
	memcpy(m->m_body, &req, sizeof req);
	return OK;
}

/* A table, at addr, with one message. */
static int
table(vir_bytes addr, endpoint_t dst)
{
	struct asynmsg *t = at(addr);

	memset(t, 0, sizeof *t);
	t->dst = dst;
	t->msg.m_type = 1;
	t->flags = AMF_VALID | AMF_NOREPLY;
	return OK;
}

static int
grants(const struct agent_op *op)
{
	switch (op->call) {
	case A_GRANT:
		return cpf_grant_direct(op->who, op->addr, op->len, op->access);
	case A_INDIRECT:
		return cpf_grant_indirect(op->who, op->from, op->gid);
	case A_REVOKE:
		return cpf_revoke(op->gid);
	case A_FROM:
		return sys_safecopyfrom(op->who, op->gid, op->offset, op->addr,
		    op->len);
	case A_TO:
		return sys_safecopyto(op->who, op->gid, op->offset, op->addr,
		    op->len);
	case A_VECTOR:
		return sys_vsafecopy(op->vec, op->access);
	case A_AGAIN:
		return again(op);
	case A_WINDOW:
		return sys_safemap(op->who, op->gid, op->offset, op->addr,
		    op->len, op->access);
	case A_UNWINDOW:
		return sys_safeunmap(op->addr);
	default:
		return -ENOSYS;
	}
}

static int
system_calls(struct agent_op *op)
{
	switch (op->call) {
	case A_UMAP:
		return umap(op);
	case A_DMA:
		return dma(op);
	case A_PHYS:
		return map_device(op->addr, op->len);
	case A_UNPHYS:
		return unmap_device(op->addr);
	case A_POKE:
		return sys_memset(op->who, op->addr, op->access, op->len);
	case A_RECEIVE:
		return ipc_sendrec(VM_PROC_NR, at(op->addr));
	case A_SENDA:
		return ipc_senda(at(op->addr), op->addr != 0);
	case A_PARAM:
		return (int)env_get_number(op->label, -1);
	case A_COUNTERS:
		return sys_getcounters(&op->counters);
	case A_STOP:
		return sys_stop(op->who);
	case A_RESUME:
		return sys_resume(op->who);
	case A_KILL:
		return sys_kill(op->who, SIGKILL);
	default:
		return grants(op);
	}
}

static int
run(struct agent_op *op)
{
	const uint32_t prot = VM_PROT_READ | VM_PROT_WRITE;

	switch (op->call) {
	case A_MAP:
		return map(0, op->len, prot, 0);
	case A_MAP_AT:
		return map(op->addr, op->len, (uint32_t)op->access,
		    VM_MAP_FIXED);
	case A_UNMAP:
		return unmap(op->addr, op->len);
	case A_FILL:
		nonce_spread(op->nonce, op->label, at(op->addr), op->len);
		return OK;
	case A_SET:
		memset(at(op->addr), op->access, op->len);
		return OK;
	case A_PEEK:
		return *(volatile unsigned char *)at(op->addr);
	case A_WORD:
		return *(volatile int *)at(op->addr);
	case A_COUNT:
		return count(op);
	case A_SUM:
		op->sum = nonce_sum(at(op->addr), op->len);
		return OK;
	case A_SWEEP:
		return agent_sweep(op);
	case A_HOG:
		return hog((uint32_t)op->access);
	case A_UNHOG:
		return unhog();
	case A_STAMP:
		return agent_stamp(op);
	case A_STAMPED:
		return agent_stamped(op);
	case A_FORK:
		return agent_fork(op);
	case A_LET:
		return agent_let(op);
	case A_REQUEST:
		return request(op->addr);
	case A_TABLE:
		return table(op->addr, op->who);
	default:
		return system_calls(op);
	}
}

static void
carry_out(void *work)
{
	struct agent_op *op = work;

	op->result = run(op);
}

int
main(int argc, char *argv[])
{
	static struct agent_op op; /* granted, so not on the stack */
	static const struct owner_agent agent = {
		.name = "safecopy-agent",
		.owner = &owner,
		.work = &op,
		.size = sizeof op,
		.carry_out = carry_out,
	};

	return owner_serve(&agent, argc, argv);
}
