/* SPDX-License-Identifier: BSD-2-Clause */
/** @file What processes can learn: boot parameters, and about each other. */
#include <abi/errno.h>
#include <abi/getinfo.h>
#include <lacuna/msgcall.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/vm.h>

#include "servers/pm/proc.h"
#include "servers/pm/table.h"

int
do_pm_getparam(struct mproc *mp, const struct pm_getparam_req *req,
    struct pm_getparam_rep *rep)
{
	static char value[BOOT_PARAMS_MAX];
	char key[64];
	uint32_t len;
	int r;

	(void)rep;
	if (req->key_len == 0 || req->key_len > sizeof key)
		return -EINVAL;
	r = sys_vircopy(mp->ep, req->key, SELF, (vir_bytes)key, req->key_len,
	    0);
	if (r != OK)
		return r;
	key[req->key_len - 1] = '\0';
	r = env_get_param(key, value, sizeof value);
	if (r != OK)
		return r;
	len = (uint32_t)strlen(value) + 1;
	if (len > req->value_size)
		return -E2BIG;
	return sys_vircopy(SELF, (vir_bytes)value, mp->ep, req->value, len, 0);
}

/* The letter of ps(1) for what a process is doing. */
static char
state_letter(const struct mproc *mp, const struct proc_info *p)
{
	if (mp->flags & ZOMBIE)
		return 'Z';
	if (mp->flags & STOPPED || p->rts_flags & (RTS_PROC_STOP | RTS_P_STOP))
		return 'T';
	return p->rts_flags == 0 ? 'R' : 'S';
}

static void
procinfo_fill(const struct mproc *mp, struct pm_procinfo *info)
{
	struct vm_info_req vreq = { mp->ep };
	struct vm_info_rep vrep;
	struct proc_info p;

	memset(info, 0, sizeof *info);
	info->slot = proc_slot(mp);
	info->pid = mp->pid;
	info->ppid = mp->pid == INIT_PID ? 0 : mproc[mp->parent].pid;
	info->pgrp = mp->pgrp;
	info->uid = mp->euid;
	info->gid = mp->egid;
	info->ep = mp->ep;
	info->kind = mp->flags & PRIV_PROC ? 's' : 'u';
	info->nice = (int8_t)mp->nice;
	info->blocked_on = NONE;
	memcpy(info->name, mp->name, sizeof info->name);
	info->state = 'Z';
	if (mp->flags & EXITING || sys_getproc(&p, mp->ep) != OK)
		return;
	info->state = state_letter(mp, &p);
	info->priority = (int8_t)p.priority;
	info->user = p.user_ticks;
	info->system = p.system_ticks;
	if (p.rts_flags & RTS_SENDING)
		info->blocked_on = p.sendto;
	else if (p.rts_flags & RTS_RECEIVING)
		info->blocked_on = p.getfrom;
	if (msg_call(VM_PROC_NR, VM_INFO, &vreq, sizeof vreq, &vrep,
		sizeof vrep) == OK)
		info->frames = vrep.frames;
}

int
do_pm_procinfo(struct mproc *mp, const struct pm_procinfo_req *req,
    struct pm_procinfo_rep *rep)
{
	struct pm_procinfo info;
	int slot = req->slot < 0 ? NR_PROCS : slot_next(req->slot);

	if (slot >= NR_PROCS)
		return -ESRCH;
	procinfo_fill(&mproc[slot], &info);
	rep->next = slot + 1;
	return sys_vircopy(SELF, (vir_bytes)&info, mp->ep, req->info,
	    sizeof info, 0);
}
