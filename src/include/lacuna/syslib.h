/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The kernel calls, as functions, by topic. Each call has a triple of names:
 * SYS_FORK is its number, sys_fork() in lib/sys/sys_fork.c its stub,
 * do_sys_fork() in kernel/call/fork.c its handler. Any of them can fail with
 * -ECALLDENIED when RS has not given the caller that call; the contracts name
 * the other errors.
 */
#pragma once

#include <lacuna/sysdev.h>
#include <lacuna/sysinfo.h>
#include <lacuna/sysmap.h>
#include <lacuna/sysmem.h>
#include <lacuna/sysproc.h>
#include <lacuna/syssig.h>
#include <lacuna/sysvm.h>
