/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Requests of ptrace(). PM decides who may debug whom; the kernel, by
 * sys_trace(), serves those marked K.
 */
#pragma once

#include <abi/getinfo.h>
#include <abi/grant.h>
#include <abi/priv.h>
#include <abi/signal.h>

enum trace_request {
	T_STOP = -1,        /* K: stop the process */
	T_OK = 0,           /* debug me, says a child to its parent */
	T_GETINS = 1,       /* K: read a word of text */
	T_GETDATA = 2,      /* K: read a word of data */
	T_GETUSER = 3,      /* K: read a word of struct trace_user */
	T_SETINS = 4,       /* K: write a word of text */
	T_SETDATA = 5,      /* K: write a word of data */
	T_SETUSER = 6,      /* K: write a register in struct trace_user */
	T_RESUME = 7,       /* K: go on */
	T_EXIT = 8,         /* make it exit */
	T_STEP = 9,         /* K: go on for one instruction */
	T_SYSCALL = 10,     /* K: go on to the next entry or end of a call */
	T_ATTACH = 11,      /* K: debug a process that runs */
	T_DETACH = 12,      /* K: stop debugging */
	T_SETOPT = 13,      /* set options, TO_* */
	T_GETRANGE = 14,    /* read memory */
	T_SETRANGE = 15,    /* write memory */
	T_READB_INS = 100,  /* K: read a byte of text */
	T_WRITEB_INS = 101, /* K: write a byte of text */
};

/* Options of a process that is traced, for T_SETOPT. */
#define TO_TRACEFORK 1u /* its children are traced too, from their first step */
#define TO_ALTEXEC   2u /* exec ends with SIGSTOP, not SIGTRAP */
#define TO_NOEXEC    4u /* exec ends with no signal */
#define TO_ALL       (TO_TRACEFORK | TO_ALTEXEC | TO_NOEXEC)

enum trace_space {
	TS_INS,  /* text; it is where the data are */
	TS_DATA, /* data */
};

/** Argument of T_GETRANGE and T_SETRANGE, in the debugger's memory. */
struct trace_range {
	int32_t space;  /**< enum trace_space */
	vir_bytes addr; /**< in the process */
	vir_bytes ptr;  /**< in the debugger */
	uint32_t size;  /**< bytes, 1 .. INT32_MAX */
};

/** Words of a bitmap with a bit for each task, then each service. */
#define TRACE_MAP_WORDS ((NR_TASKS + NR_SYS_PROCS + 31) / 32)

/** Privileges of a process, and what is pending for it. All users share. */
struct trace_priv {
	struct priv_spec spec;
	int32_t id;
	endpoint_t owner;                         /**< NONE: the users */
	uint32_t notify_pending[TRACE_MAP_WORDS]; /**< by sender */
	uint32_t irqs;                            /**< interrupts */
	ksigset_t sigset;                         /**< system signals */
	vir_bytes asyn_table, grant_table;        /**< in its memory */
	uint32_t asyn_size;
	int32_t grant_entries;
};

/* Where a process stands, in misc_flags of its struct proc_info. */
#define TRACE_IN_CALL  0x20u /* in a call whose entry was told */
#define TRACE_AT_ENTRY 0x40u /* at its entry: it is not made yet */

/** What T_GETUSER sees of a process, by byte offset in multiples of 4. */
struct trace_user {
	struct reg_frame regs;  /**< T_SETUSER: all but segments; of the flags
				    only those a process can set itself */
	struct proc_info info;  /**< to be read */
	struct trace_priv priv; /**< to be read */
};
