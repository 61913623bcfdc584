/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: access to a process for its debugger. Whether the caller acts
 * for the right debugger, and whether the process is stopped, is PM's affair.
 */
#include "kernel/call/call.h"

#include <abi/ptrace.h>
#include <lacuna/string.h>

#include "kernel/arch/i386/arch.h"
#include "kernel/ipc/tracing.h"

#define WORD sizeof(uint32_t)

_Static_assert((uint32_t)MF_SC_ACTIVE == TRACE_IN_CALL &&
	(uint32_t)MF_SC_DEFER == TRACE_AT_ENTRY,
    "where it stands");

static int
memory_read(struct proc *caller, struct proc *p, vir_bytes addr, uint32_t size,
    uint32_t *data)
{
	uint32_t value = 0;
	int r;

	r = copy_from_user(caller, place_in(p, addr), &value, size);
	if (r == OK)
		*data = value;
	return r;
}

/* A debugger also writes code: that is what breakpoints are. */
static int
memory_write(struct proc *caller, struct proc *p, vir_bytes addr, uint32_t size,
    const uint32_t *data)
{
	return data_copy(caller, place_kernel(data), place_in(p, addr), size,
	    COPY_FORCE);
}

static int
user_read(const struct proc *p, vir_bytes offset, uint32_t *data)
{
	struct trace_user user;

	if (offset % WORD != 0 || offset >= sizeof user)
		return -EFAULT;
	memset(&user, 0, sizeof user); /* between its members, too */
	user.regs = p->regs;
	proc_describe(p, &user.info);
	priv_describe(p->priv, &user.priv);
	*data = ((const uint32_t *)&user)[offset / WORD];
	return OK;
}

/* May a debugger set this register? */
static bool
register_ok(vir_bytes offset)
{
	const vir_bytes first = offsetof(struct reg_frame, edi);
	const vir_bytes gap = offsetof(struct reg_frame, kesp);
	const vir_bytes last = offsetof(struct reg_frame, eax);

	if (offset % WORD != 0)
		return false;
	return (offset >= first && offset <= last && offset != gap) ||
	    offset == offsetof(struct reg_frame, eip) ||
	    offset == offsetof(struct reg_frame, esp) ||
	    offset == offsetof(struct reg_frame, eflags);
}

static int
register_write(struct proc *p, vir_bytes offset, uint32_t value)
{
	if (!register_ok(offset))
		return -EFAULT;
	if (offset == offsetof(struct reg_frame, eflags))
		value = (p->regs.eflags & ~EFLAGS_USER) | (value & EFLAGS_USER);
	((uint32_t *)&p->regs)[offset / WORD] = value;
	return OK;
}

/* Requests on memory and registers. */
static int
access(struct proc *caller, struct proc *p, const struct sys_trace_req *req,
    uint32_t *data)
{
	switch (req->request) {
	case T_GETINS:
	case T_GETDATA:
		return memory_read(caller, p, req->addr, WORD, data);
	case T_READB_INS:
		return memory_read(caller, p, req->addr, 1, data);
	case T_GETUSER:
		return user_read(p, req->addr, data);
	case T_SETINS:
	case T_SETDATA:
		return memory_write(caller, p, req->addr, WORD, &req->data);
	case T_WRITEB_INS: /* the low byte comes first */
		return memory_write(caller, p, req->addr, 1, &req->data);
	case T_SETUSER:
		return register_write(p, req->addr, req->data);
	default:
		return -EINVAL;
	}
}

int
do_sys_trace(struct proc *caller, const struct sys_trace_req *req,
    struct sys_trace_rep *rep)
{
	struct proc *p;
	int r;

	r = target_find(caller, req->ep, &p);
	if (r != OK)
		return r;
	switch (req->request) {
	case T_ATTACH:
		p->misc_flags |= MF_TRACED;
		return OK;
	case T_STOP:
		tracing_stop(p);
		return OK;
	case T_RESUME:
	case T_STEP:
	case T_SYSCALL:
	case T_DETACH:
		return tracing_resume(p, req->request);
	default:
		return access(caller, p, req, &rep->data);
	}
}
