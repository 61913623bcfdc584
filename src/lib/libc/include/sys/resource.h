/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Use of the processor, priorities and limits.
 */
#ifndef LACUNA_SYS_RESOURCE_H
#define LACUNA_SYS_RESOURCE_H

#include <sys/types.h>

#include_next <sys/resource.h>

#define PRIO_PROCESS 0
#define PRIO_PGRP    1
#define PRIO_USER    2

#define PRIO_MIN (-20)
#define PRIO_MAX 20

#define RLIMIT_CPU    0
#define RLIMIT_FSIZE  1
#define RLIMIT_DATA   2
#define RLIMIT_STACK  3
#define RLIMIT_CORE   4
#define RLIMIT_NOFILE 5
#define RLIMIT_AS     6
#define RLIMIT_NPROC  7
#define RLIM_NLIMITS  8

typedef unsigned long rlim_t;

#define RLIM_INFINITY  (~0UL)
#define RLIM_SAVED_MAX RLIM_INFINITY
#define RLIM_SAVED_CUR RLIM_INFINITY

struct rlimit {
	rlim_t rlim_cur;
	rlim_t rlim_max;
};

_BEGIN_STD_C

int getpriority(int __which, id_t __who);
int setpriority(int __which, id_t __who, int __value);
int getrlimit(int __resource, struct rlimit *__limit);
int setrlimit(int __resource, const struct rlimit *__limit);

_END_STD_C

#endif
