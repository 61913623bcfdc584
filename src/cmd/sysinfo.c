/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * sysinfo: what is in use of the system's tables, as those who keep them
 * count it. Two outputs compared show what was not given back in between.
 */
#include <errno.h>
#include <string.h>
#include <sys/lacuna.h>

#include <proto/is.h>
#include <proto/pm.h>
#include <proto/rs.h>
#include <proto/vfs.h>
#include <proto/vm.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>
#include <lacuna/msgcall.h>

PROTO_STUB(IS_USAGE, is_usage)
PROTO_STUB(RS_GETSYSINFO, rs_getsysinfo)
PROTO_STUB(RS_LOOKUP, rs_lookup)
PROTO_STUB(VFS_USAGE, vfs_usage)
PROTO_STUB(VM_INFO, vm_info)

static struct rs_info services[NR_SYS_PROCS];
static uint32_t nr_services;

/* End if somebody did not answer. */
static void
need(int r, const char *who)
{
	if (r == OK)
		return;
	errno = -r;
	cmd_fail(who);
}

static void
services_get(void)
{
	struct rs_getsysinfo_req req = { (vir_bytes)services, NR_SYS_PROCS };
	struct rs_getsysinfo_rep rep = { 0 };

	need(call_rs_getsysinfo(RS_PROC_NR, &req, &rep), "rs");
	nr_services = rep.rows;
}

/* Ask IS, which runs somewhere else when it was started again. */
static struct is_usage_rep
usage(endpoint_t ep)
{
	struct rs_lookup_req where = { "is" };
	struct rs_lookup_rep is = { 0 };
	struct is_usage_req req = { ep };
	struct is_usage_rep rep = { 0 };

	need(call_rs_lookup(RS_PROC_NR, &where, &is), "is");
	need(call_is_usage(is.ep, &req, &rep), "is");
	return rep;
}

static struct vm_info_rep
memory(endpoint_t ep)
{
	struct vm_info_req req = { ep };
	struct vm_info_rep rep = { 0 };

	need(call_vm_info(VM_PROC_NR, &req, &rep), "vm");
	return rep;
}

static void
show(const char *what, uint32_t n)
{
	cmd_out_column(what, -14);
	cmd_out_number(n, 8);
	cmd_outc('\n');
}

static void
show_kernel(void)
{
	struct is_usage_rep k = usage(NONE);

	show("slots", k.processes);
	show("privileges", k.privileges);
	show("irq hooks", k.hooks);
	show("grants", k.grants);
	show("mappings", k.maps);
	show("ds entries", k.entries);
}

static void
show_memory(void)
{
	struct vm_info_rep m = memory(NONE);

	show("frames", m.frames);
	show("regions", m.regions);
}

static void
show_processes(void)
{
	struct pm_procinfo p;
	uint32_t n = 0;
	int slot;

	for (slot = 0; (slot = getprocinfo(slot, &p)) >= 0;)
		n++;
	show("processes", n);
	show("services", nr_services);
}

static void
show_files(void)
{
	struct no_payload req = { 0 };
	struct vfs_usage_rep f = { 0 };

	need(call_vfs_usage(VFS_PROC_NR, &req, &f), "vfs");
	show("fs processes", f.processes);
	show("descriptors", f.descriptors);
	show("open files", f.files);
	show("vnodes", f.vnodes);
	show("mounts", f.mounts);
	show("locks", f.locks);
	show("fs workers", f.workers);
}

/* A line for each service. */
static void
show_services(void)
{
	const struct rs_info *s;
	struct vm_info_rep m;

	cmd_outs("SERVICE         ENDPOINT  FRAMES REGIONS  GRANTS\n");
	for (s = services; s < services + nr_services; s++) {
		if (s->pub.endpoint == NONE)
			continue;
		m = memory(s->pub.endpoint);
		cmd_out_column(s->pub.label, -16);
		cmd_out_number(s->pub.endpoint, 8);
		cmd_out_number(m.frames, 8);
		cmd_out_number(m.regions, 8);
		cmd_out_number(usage(s->pub.endpoint).grants, 8);
		cmd_outc('\n');
	}
}

int
main(int argc, char *argv[])
{
	int by_service = 0;

	cmd_init(argv,
	    "sysinfo [-s]\nShow what is in use of the system's tables: of "
	    "the kernel's, VM's, PM's, RS's and VFS's; or (-s) by service.\n");
	while (cmd_option(argc, argv, "s") != -1)
		by_service = 1;
	if (cmd_operand != argc)
		cmd_usage();
	services_get();
	if (by_service) {
		show_services();
		return 0;
	}
	show_memory();
	show_kernel();
	show_processes();
	show_files();
	return 0;
}
