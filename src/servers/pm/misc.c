/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Time, priorities, information, and the processes of the boot image.
 */
#include <abi/errno.h>
#include <abi/getinfo.h>
#include <lacuna/msgcall.h>
#include <lacuna/printf.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/vm.h>

#include "servers/pm/pm.h"

#define NICE_RANGE  (PM_PRIO_MAX - PM_PRIO_MIN + 1)
#define USER_QUEUES 15 /* 0 .. 14: the last queue is for nobody but idle */

int
do_pm_times(struct mproc *mp, const struct pm_times_req *req,
    struct pm_times_rep *rep)
{
	struct sys_times_rep t;
	int r = sys_times(mp->ep, &t);

	(void)req;
	if (r != OK)
		return r;
	rep->user = t.user;
	rep->system = t.system;
	rep->child_user = mp->child_user;
	rep->child_system = mp->child_system;
	rep->uptime = t.uptime;
	rep->hz = t.hz;
	return OK;
}

int
do_pm_gettime(struct mproc *mp, const struct pm_gettime_req *req,
    struct pm_gettime_rep *rep)
{
	struct sys_times_rep t;
	int r = sys_times(NONE, &t);

	(void)mp, (void)req;
	if (r != OK)
		return r;
	rep->seconds = t.boot_time + t.uptime / t.hz;
	rep->nanoseconds = t.uptime % t.hz * (1000000000u / t.hz);
	rep->uptime_ms = (uint32_t)((uint64_t)t.uptime * 1000 / t.hz);
	return OK;
}

int
do_pm_settime(struct mproc *mp, const struct pm_settime_req *req,
    struct pm_settime_rep *rep)
{
	struct sys_times_rep t;
	int r;

	(void)rep;
	if (mp->euid != 0)
		return -EPERM;
	r = sys_times(NONE, &t);
	return r != OK ? r : sys_settime(req->seconds - t.uptime / t.hz);
}

int
sched_nice(struct mproc *mp, int nice)
{
	int r;

	if (nice < PM_PRIO_MIN || nice > PM_PRIO_MAX)
		return -EINVAL;
	r = sys_schedule(mp->ep,
	    (nice - PM_PRIO_MIN) * USER_QUEUES / NICE_RANGE, -1);
	if (r == OK)
		mp->nice = nice;
	return r;
}

/* Whom a priority call is about: 0 is the caller. */
static struct mproc *
priority_target(struct mproc *mp, int32_t pid)
{
	struct mproc *who = pid == 0 ? mp : proc_by_pid(pid);

	return who != NULL && !(who->flags & EXITING) ? who : NULL;
}

int
do_pm_getpriority(struct mproc *mp, const struct pm_getpriority_req *req,
    struct pm_getpriority_rep *rep)
{
	const struct mproc *who = priority_target(mp, req->pid);

	if (who == NULL)
		return -ESRCH;
	rep->nice = who->nice;
	return OK;
}

int
do_pm_setpriority(struct mproc *mp, const struct pm_setpriority_req *req,
    struct pm_setpriority_rep *rep)
{
	struct mproc *who = priority_target(mp, req->pid);

	(void)rep;
	if (who == NULL)
		return -ESRCH;
	if (mp->euid != 0 && mp->euid != who->euid && mp->euid != who->uid)
		return -EPERM;
	if (mp->euid != 0 && req->nice < who->nice)
		return -EACCES;
	return sched_nice(who, req->nice);
}

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
	if (p->rts_flags & (RTS_PROC_STOP | RTS_P_STOP))
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
	int slot;

	for (slot = req->slot; slot >= 0 && slot < NR_PROCS; slot++) {
		if (!(mproc[slot].flags & IN_USE))
			continue;
		procinfo_fill(&mproc[slot], &info);
		rep->next = slot + 1;
		return sys_vircopy(SELF, (vir_bytes)&info, mp->ep, req->info,
		    sizeof info, 0);
	}
	return -ESRCH;
}

/* Enter one process of the boot image. */
static void
boot_proc(const struct boot_image *bi)
{
	int slot = endpoint_slot(bi->ep);
	struct mproc *mp = &mproc[slot];
	bool user = bi->ep == INIT_PROC_NR;

	mp->flags = user ? IN_USE : IN_USE | PRIV_PROC;
	mp->ep = bi->ep;
	mp->pid = user ? INIT_PID : proc_new_pid();
	mp->pgrp = mp->sid = mp->pid;
	mp->parent = endpoint_slot(user ? INIT_PROC_NR : RS_PROC_NR);
	if (bi->ep == RS_PROC_NR)
		mp->parent = endpoint_slot(INIT_PROC_NR);
	memcpy(mp->name, bi->name, sizeof mp->name);
	mp->name[sizeof mp->name - 1] = '\0';
}

int
boot_procs(void)
{
	static struct boot_image image[NR_BOOT_PROCS];
	int i, r = sys_getimage(image);

	if (r != OK)
		return r;
	for (i = 0; i < NR_BOOT_PROCS; i++) {
		if (image[i].file_size != 0) /* its module was there */
			boot_proc(&image[i]);
	}
	return OK;
}
