/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * free: how memory is used, as VM counts it.
 */
#include <errno.h>

#include <proto/vm.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>
#include <lacuna/msgcall.h>

static void
show(const char *what, uint64_t n)
{
	cmd_out_column(what, -14);
	cmd_out_number((int64_t)n, 10);
	cmd_outc('\n');
}

int
main(int argc, char *argv[])
{
	struct vm_info_req req = { .ep = NONE };
	struct vm_info_rep rep;
	int r;

	cmd_init(argv,
	    "free\nShow how much memory there is and is free, and "
	    "how often pages were filled, copied and shared.\n");
	if (argc > 1)
		cmd_usage();
	r = msg_call(VM_PROC_NR, VM_INFO, &req, sizeof req, &rep, sizeof rep);
	if (r != OK) {
		errno = -r;
		cmd_fail("memory");
	}
	show("total KiB", rep.frames_total * 4ull);
	show("used KiB", (rep.frames_total - rep.frames_free) * 4ull);
	show("free KiB", rep.frames_free * 4ull);
	show("regions", rep.regions);
	show("faults", rep.faults);
	show("cow faults", rep.cow_faults);
	show("pages copied", rep.pages_copied);
	show("pages shared", rep.shared);
	return 0;
}
