/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * ps: processes, as PM describes them.
 */
#include <string.h>
#include <unistd.h>

#include <proto/pm.h>
#include <sys/lacuna.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

static int services;

/* Ticks as M:SS.C; there are hz of them in a second. */
static void
show_time(uint64_t ticks, unsigned hz)
{
	uint64_t s = ticks / hz;

	cmd_out_number((int64_t)(s / 60), 5);
	cmd_outc(':');
	cmd_out_digits(s % 60, 10, 2);
	cmd_outc('.');
	cmd_out_digits(ticks % hz * 10 / hz, 10, 1);
}

static void
show(const struct pm_procinfo *p, unsigned hz)
{
	size_t n = strnlen(p->name, sizeof p->name);

	cmd_out_number(p->pid, 5);
	cmd_out_number(p->ppid, 6);
	cmd_outc(' ');
	cmd_out_column(cmd_id_name("/etc/passwd", p->uid), -8);
	cmd_outc(p->state);
	cmd_outc(p->kind == 's' ? 's' : ' ');
	cmd_out_number(p->priority, 4);
	cmd_out_number(p->ep, 9);
	cmd_out_number((int64_t)p->frames * 4, 7);
	show_time((uint64_t)p->user + p->system, hz);
	cmd_outc(' ');
	cmd_out(p->name, n);
	cmd_outc('\n');
}

int
main(int argc, char *argv[])
{
	long hz = sysconf(_SC_CLK_TCK);
	struct pm_procinfo p;
	int slot, c;

	cmd_init(argv,
	    "ps [-a | -s]\n"
	    "Show processes: of users, services (-s), or all (-a). "
	    "State: R runs or could, S waits, W waits for a message, "
	    "T is stopped, Z has ended; s marks services.\n");
	while ((c = cmd_option(argc, argv, "as")) != -1)
		services = c;
	cmd_outs("  PID  PPID USER    ST PRI ENDPOINT    KiB    TIME NAME\n");
	for (slot = 0; (slot = getprocinfo(slot, &p)) >= 0;) {
		if (services == 'a' || (p.kind == 's') == (services == 's'))
			show(&p, hz > 0 ? (unsigned)hz : 100);
	}
	return cmd_status;
}
