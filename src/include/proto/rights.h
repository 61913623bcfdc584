/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What every service may do, whether it came with the boot image or is read
 * from a file: the rows of RS's boot table and the entries of system.conf(5)
 * begin with it, and add what one service needs beyond. A service may send to
 * everybody unless its entry has a list.
 */
#pragma once

#include <abi/kcall.h>
#include <proto/vm.h>

/** Kernel calls of every service: a list, to stand in braces. */
#define BASE_KCALLS                                                            \
	SYS_EXIT, SYS_WHOAMI, SYS_GETINFO, SYS_TIMES, SYS_SETALARM,            \
	    SYS_DIAGCTL, SYS_SETGRANT, SYS_SAFECOPYFROM, SYS_SAFECOPYTO,       \
	    SYS_VSAFECOPY, SYS_SAFEMEMSET, SYS_SAFEMAP, SYS_SAFEREVMAP,        \
	    SYS_SAFEUNMAP

/** Calls of VM of every service: a mask. */
#define BASE_VM_CALLS VM_USER_CALLS

/** KiB of memory that a service may have, unless its entry says otherwise. */
#define BASE_QUOTA 2048

/** Seconds between pings of a service, unless its entry says otherwise. It is
 * the time a hang may last, and much longer than anything that keeps a
 * service from listening. */
#define BASE_PERIOD 5
