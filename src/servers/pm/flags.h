/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What PM knows of the state of a process. See proc.h for the rules.
 */
#pragma once

enum mproc_flag {
	IN_USE = 0x0001,
	WAITING = 0x0002,       /* blocked in wait */
	ZOMBIE = 0x0004,        /* dead, parent has not collected */
	EXITING = 0x0008,       /* exit begun */
	TOLD_PARENT = 0x0010,   /* collected; the slot waits for VFS */
	SIGSUSPENDED = 0x0020,  /* blocked in sigsuspend */
	VFS_CALL = 0x0040,      /* one request to VFS is outstanding */
	NEW_PARENT = 0x0080,    /* parent died while VFS had the fork request */
	UNPAUSED = 0x0100,      /* VFS confirmed: in no blocking call */
	PRIV_PROC = 0x0200,     /* a service */
	DELAY_CALL = 0x0400,    /* the stop was refused: wait for SIGSNDELAY */
	PROC_STOPPED = 0x0800,  /* PM has stopped it in the kernel */
	SRV_FORKED = 0x1000,    /* RS has ordered it, VFS not yet answered */
	DUMPED = 0x2000,        /* VFS has written a core file */
	FORKING = 0x4000,       /* VFS has its child's fork: no answer yet */
	TRACE_STOPPED = 0x8000, /* stopped for its tracer, also in the kernel */
	TRACE_ZOMBIE = 0x10000, /* dead, its tracer has not collected */
	TRACE_EXIT = 0x20000,   /* its tracer waits until it has exited */
	STOPPED = 0x40000,      /* by a signal, until SIGCONT */
	STOP_NEWS = 0x80000,    /* its parent may learn of that by wait */
	CONT_NEWS = 0x100000,   /* it has gone on: the same */
	GUARDED = 0x200000,     /* has what its user may not: no core file */
};
