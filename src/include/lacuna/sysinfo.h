/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel calls on time and information, and the way to the kernel log.
 */
#pragma once

#include <abi/errno.h>
#include <abi/getinfo.h>
#include <abi/kcall.h>
#include <abi/priv.h>

/**
 * Who am I? Out parameters may be NULL.
 *
 * @param[out] ep          own endpoint
 * @param[out] name        PROC_NAME_MAX bytes
 * @param[out] priv_flags  flags of <abi/priv.h>
 *
 * @retval OK  all are set
 * @source own design, after MINIX 3
 */
int sys_whoami(endpoint_t *ep, char *name, uint32_t *priv_flags);

/**
 * Copy a table out of the kernel. May wait for VM.
 *
 * @param[in]  what  GET_*; <abi/getinfo.h> names the type of each
 * @param[in]  ep    process, for requests about one
 * @param[out] buf   where to
 * @param[in]  size  bytes in buf
 *
 * @retval OK       done
 * @retval -EINVAL  no such table, or no such process
 * @retval -E2BIG   buf is too small
 * @retval -EFAULT  buf is not memory of the caller
 * @source own design, after MINIX 3
 */
int sys_getinfo(int what, endpoint_t ep, void *buf, size_t size);

/* sys_getinfo() for each table; errors as there. */
int sys_getkinfo(struct kinfo *info);
int sys_getimage(struct boot_image image[NR_BOOT_PROCS]);
int sys_getproctab(struct proc_info table[NR_PROCS + NR_TASKS]);
int sys_getproc(struct proc_info *info, endpoint_t ep);
int sys_getpriv(struct priv_spec *spec, endpoint_t ep);
int sys_getprivid(int *id, endpoint_t ep);
int sys_getcounters(struct kernel_counters *counters);
int sys_getusage(struct kernel_usage *usage);
int sys_getmaps(struct map_info table[NR_MAPS]);
int sys_getgrants(struct grant_place *place, endpoint_t ep);
int sys_getkmessages(char *buf, size_t size);

/**
 * Look up a boot parameter.
 *
 * @param[in]  key   its name
 * @param[out] buf   its value
 * @param[in]  size  bytes in buf
 *
 * @retval OK       buf holds the value
 * @retval -ESRCH   there is no such parameter
 * @retval -E2BIG   buf is too small
 * @source own design, after MINIX 3
 */
int env_get_param(const char *key, char *buf, size_t size);

/** A boot parameter as a number, or dflt if it is missing or no number. */
long env_get_number(const char *key, long dflt);

/**
 * Read the clocks, and the accounts of a process.
 *
 * @param[in]  ep     process; NONE: only the clocks
 * @param[out] times  ticks; there are times->hz of them in a second
 *
 * @retval OK       done
 * @retval -EINVAL  ep is no process
 * @source own design, after MINIX 3
 */
int sys_times(endpoint_t ep, struct sys_times_rep *times);

/** Ticks since boot. @source own design, after MINIX 3 getticks() */
int getticks(clock_ticks *ticks);

/** Ticks in a second: a constant of this run. @source own design */
uint32_t sys_hz(void);

/** Set the time of boot, in seconds since 1970. @source own design */
int sys_settime(int64_t boot_time);

/**
 * Set the one alarm of this service, in place of the one before. CLOCK
 * notifies the service when the time has come.
 *
 * @param[in]  ticks  from now on; 0: no alarm
 * @param[out] left   what the previous alarm still had to go; may be NULL
 *
 * @retval OK      done
 * @retval -EPERM  the caller is not a service
 * @source own design, after MINIX 3
 */
int sys_setalarm(clock_ticks ticks, clock_ticks *left);

/**
 * Read, and perhaps set, a timer on the processor time of a process.
 *
 * @param[in]  ep     process
 * @param[in]  which  VT_VIRTUAL, VT_PROF
 * @param[in]  ticks  new value, 0: off; NULL: leave it alone
 * @param[out] left   what it had to go before; may be NULL
 *
 * @retval OK       done
 * @retval -EINVAL  ep is no process, or which is neither
 * @retval -EPERM   ep is a source of notifications
 * @source own design, after MINIX 3
 */
int sys_vtimer(endpoint_t ep, int which, const clock_ticks *ticks,
    clock_ticks *left);

/**
 * Print up to DIAG_MAX bytes to the kernel log. printf() does this for you.
 *
 * @retval OK       printed
 * @retval -EPERM   the caller is not a service
 * @retval -EINVAL  more than DIAG_MAX
 * @retval -EFAULT  not memory of the caller
 * @source own design, after MINIX 3 sys_diagctl_diag()
 */
int sys_diagctl_print(const char *text, size_t size);

/** Print a stack trace of a process to the kernel log. Errors as above. */
int sys_diagctl_stacktrace(endpoint_t ep);

/** Give the host, and nobody else, a line. Every process may. As above. */
int sys_diagctl_report(const char *text, size_t size);

/** End the machine's run. Returns only an error. @source own design */
int sys_abort(enum abort_how how);
