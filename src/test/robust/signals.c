/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D13. Signals where they must not do harm: nobody but root
 * signals services or other users' processes, init shrugs SIGKILL off, and
 * the servers nothing works without cannot be killed by a program.
 */
#include <errno.h>
#include <signal.h>
#include <sys/lacuna.h>
#include <unistd.h>

#include <abi/endpoint.h>
#include <proto/pm.h>

#include "test/program/program.h"

/* Process number of a boot service. */
static int
pid_of(endpoint_t ep)
{
	struct pm_procinfo info;
	int slot = 0;

	while ((slot = getprocinfo(slot, &info)) >= 0)
		if (info.ep == ep)
			return info.pid;
	return 0;
}

static int
as_user(int victim)
{
	if (setuid(1000) != 0)
		return 1;
	if (kill(victim, SIGKILL) != -1 || (errno != EPERM && victim != 1))
		return 2;
	return kill(victim, 0) == -1 && errno == EPERM ? 0 : 3;
}

/* Everybody: but only one's own are there. */
static int
everybody(void)
{
	if (setuid(1000) != 0)
		return 1;
	(void)signal(SIGTERM, SIG_IGN);
	return kill(-1, SIGTERM) == 0 || errno == ESRCH || errno == EPERM ? 0
									  : 2;
}

/* No signal of the superuser reaches a server that all depend on. */
static bool
core_refuses(endpoint_t ep)
{
	const int pid = pid_of(ep);
	int sig;

	for (sig = 1; sig < NSIG; sig++)
		if (kill(pid, sig) != -1 || errno != EPERM)
			return CHECK(false);
	return CHECK(kill(pid, 0) == 0);
}

int
main(int argc, char **argv)
{
	endpoint_t ep;

	(void)report_begin("robust-signals", argc > 1 ? argv[1] : NULL);
	for (ep = PM_PROC_NR; ep <= INIT_PROC_NR; ep++)
		if (!CHECK(child_with(as_user, pid_of(ep)) == 0))
			(void)report_obs("failed", "%d", ep);
	CHECK(child_with(as_user, getpid()) == 0);
	CHECK(child(everybody) == 0);
	(void)core_refuses(PM_PROC_NR);
	(void)core_refuses(VFS_PROC_NR);
	(void)core_refuses(RS_PROC_NR);
	(void)core_refuses(VM_PROC_NR);
	(void)kill(1, SIGKILL); /* refused or ignored */
	(void)kill(1, SIGTERM);
	(void)kill(1, SIGHUP);
	CHECK(kill(1, 0) == 0);
	CHECK(system_alive());
	return report_end();
}
