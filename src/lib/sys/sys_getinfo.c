/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Kernel call: copy a kernel table.
 */
#include <lacuna/sysinfo.h>

#include <lacuna/kcall.h>

int
sys_getinfo(int what, endpoint_t ep, void *buf, size_t size)
{
	struct sys_getinfo_req req = { what, ep, vir_addr(buf), size };

	return KCALL_REQ(SYS_GETINFO, &req);
}

int
sys_getkinfo(struct kinfo *info)
{
	return sys_getinfo(GET_KINFO, NONE, info, sizeof *info);
}

int
sys_getimage(struct boot_image image[NR_BOOT_PROCS])
{
	return sys_getinfo(GET_IMAGE, NONE, image,
	    NR_BOOT_PROCS * sizeof image[0]);
}

int
sys_getproctab(struct proc_info table[NR_PROCS + NR_TASKS])
{
	return sys_getinfo(GET_PROCTAB, NONE, table,
	    (NR_PROCS + NR_TASKS) * sizeof table[0]);
}

int
sys_getproc(struct proc_info *info, endpoint_t ep)
{
	return sys_getinfo(GET_PROC, ep, info, sizeof *info);
}

int
sys_getpriv(struct priv_spec *spec, endpoint_t ep)
{
	return sys_getinfo(GET_PRIV, ep, spec, sizeof *spec);
}

int
sys_getprivid(int *id, endpoint_t ep)
{
	return sys_getinfo(GET_PRIVID, ep, id, sizeof *id);
}

int
sys_getcounters(struct kernel_counters *counters)
{
	return sys_getinfo(GET_KCOUNTERS, NONE, counters, sizeof *counters);
}

int
sys_getusage(struct kernel_usage *usage)
{
	return sys_getinfo(GET_KUSAGE, NONE, usage, sizeof *usage);
}

int
sys_getmaps(struct map_info table[NR_MAPS])
{
	return sys_getinfo(GET_MAPS, NONE, table, NR_MAPS * sizeof table[0]);
}

int
sys_getgrants(struct grant_place *place, endpoint_t ep)
{
	return sys_getinfo(GET_GRANTS, ep, place, sizeof *place);
}

int
sys_getkmessages(char *buf, size_t size)
{
	return sys_getinfo(GET_KMESSAGES, NONE, buf, size);
}
