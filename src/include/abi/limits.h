/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Sizes of the system-wide tables.
 */
#pragma once

#define NR_TASKS        5   /* names notifications come from: slots -5 .. -1 */
#define NR_PROCS        256 /* process slots 0 .. NR_PROCS-1 */
#define NR_SYS_PROCS    64  /* privilege structures, one per service */
#define NR_SCHED_QUEUES 16

#define PROC_NAME_MAX 16    /* bytes in a process name, with its NUL */
#define LABEL_MAX     16    /* bytes in a service label, with its NUL */
#define PATH_MAX      1024  /* bytes in a path, with its NUL */
#define NAME_MAX      255   /* bytes in a file name, without NUL */
#define ARG_MAX       65536 /* bytes of arguments and environment of exec */
#define OPEN_MAX      64    /* file descriptors of one process */
#define PIPE_BUF      4096  /* a pipe write of at most this size is atomic */
#define PIPE_CAPACITY 16384 /* bytes in flight in a pipe: power of two */
