/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A boot service that starts as the boot parameter `probe' says:
 *
 *     ok      as it should
 *     fail    its initialisation fails with -EIO
 *     crash   it touches memory that nobody has
 *     leave   it ends instead of reporting
 *     hang    it works for ever
 *     wait    it waits for nobody
 *     late    it takes half of the time it has, and looks who else may run at
 *             the beginning and at the end
 *     twice   it reports again, waiting for the answer, and not waiting
 *     talk    it asks, notifies and tells RS all sorts of things meanwhile
 *
 * It says when it is asked and, in `twice', what came of the second report. A
 * service that asks is told what it has seen, see test/probe/probe.h.
 */
#include <lacuna/asynsend.h>
#include <lacuna/msgcall.h>
#include <lacuna/printf.h>
#include <lacuna/server.h>
#include <lacuna/syslib.h>
#include <proto/rs.h>
#include <proto/sef.h>

#include "test/probe/probe.h"

PROTO_STUB(RS_LOOKUP, rs_lookup)

#define LATE_S 5 /* seconds */

static char mode[16] = "ok";
static struct probe_seen seen;

static bool
is(const char *word)
{
	return strcmp(mode, word) == 0;
}

/* Touch memory that nobody has. */
static void
crash(void)
{
	volatile char *volatile nowhere = (volatile char *)16;

	*nowhere = 1;
}

static void
sleep(unsigned int seconds)
{
	struct message m;

	if (sys_setalarm(seconds * sys_hz(), NULL) == OK)
		(void)ipc_receive(CLOCK, &m, NULL);
}

/* Talk to RS about everything but what it waits for. Says what it answers. */
static void
talk(void)
{
	struct rs_lookup_req where = { "ds" };
	struct rs_lookup_rep ds = { .ep = NONE };
	struct message m = { .m_type = 77 };
	int found, junk;

	(void)ipc_notify(RS_PROC_NR); /* as if it had been pinged */
	(void)asynsend3(RS_PROC_NR, &m, AMF_NOREPLY);
	found = call_rs_lookup(RS_PROC_NR, &where, &ds);
	junk = ipc_sendrec(RS_PROC_NR, &m);
	(void)ipc_notify(RS_PROC_NR);
	printf("probe: ds is %d, %d; junk is %d, %d\n", ds.ep, found, junk,
	    m.m_type);
}

/* How many processes of the boot image may run? */
static uint32_t
running(void)
{
	static struct proc_info table[NR_TASKS + NR_PROCS];
	const struct proc_info *boot = &table[NR_TASKS];
	uint32_t i, n = 0;

	if (sys_getproctab(table) != OK)
		return 0;
	for (i = 0; i < NR_BOOT_PROCS; i++)
		n += !(boot[i].rts_flags & (RTS_SLOT_FREE | RTS_NO_PRIV));
	return n;
}

static int
init(int type, const struct sef_init_info *info)
{
	struct message never;

	(void)type, (void)info;
	(void)env_get_param("probe", mode, sizeof mode); /* or it is ok */
	printf("probe: asked to be %s\n", mode);
	if (is("fail"))
		return -EIO;
	if (is("crash"))
		crash();
	if (is("leave"))
		sef_exit(0);
	while (is("hang"))
		;
	if (is("wait"))
		(void)ipc_receive(HARDWARE, &never, NULL);
	seen.before = running();
	if (is("talk"))
		talk();
	if (is("late"))
		sleep(LATE_S);
	seen.after = running();
	printf("probe: reports\n");
	return is("twice") ? sys_setalarm(1, NULL) : OK;
}

/* Report once more, which nobody has asked for. */
static void
report_again(clock_ticks now)
{
	struct message m = { .m_type = RS_INIT };
	int r;

	(void)now;
	(void)asynsend3(RS_PROC_NR, &m, AMF_NOREPLY);
	r = ipc_sendrec(RS_PROC_NR, &m);
	printf("probe: again: %d, %d\n", r, m.m_type);
}

/* Tell what was seen; of anything else, say that it came. */
static void
on_other(const struct message *m, int status)
{
	seen.now = running();
	if (IPC_STATUS_CALL(status) == SENDREC)
		server_reply(m->m_source, OK, &seen, sizeof seen);
	else
		printf("probe: %d from %d\n", m->m_type, m->m_source);
}

int
main(void)
{
	static const struct server probe = {
		.name = "probe",
		.init_fresh = init,
		.init_restart = init,
		.alarm = report_again,
		.other = on_other,
	};

	return server_run(&probe);
}
