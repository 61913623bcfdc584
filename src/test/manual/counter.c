/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The server of service(7): it counts quarters of a second and
 * shows them in the data store. No crash or update loses one.
 */
#include <abi/errno.h>
#include <abi/signal.h>
#include <lacuna/ds.h>
#include <lacuna/kcall.h>
#include <lacuna/printf.h>
#include <lacuna/safecopies.h>
#include <lacuna/sef_lu.h>
#include <lacuna/server.h>
#include <lacuna/syslib.h>

static cp_grant_id_t keep; /* of RS, for what it keeps for us */
static uint32_t count;

/* Keep the count where no crash reaches it, then show it. */
static int
settle(void)
{
	const vir_bytes at = vir_addr(&count);
	int r;

	r = sys_safecopyto(RS_PROC_NR, keep, 0, at, sizeof count);
	if (r == OK)
		r = ds_publish_u32("counter", count, DSF_OVERWRITE);
	return r;
}

/* The first instance finds zero, each other what was kept. */
static int
begin(int type, const struct sef_init_info *info)
{
	const vir_bytes at = vir_addr(&count);
	int r;

	(void)type;
	if (info->keep_size != sizeof count)
		return -EINVAL; /* its entry lacks "keep 4" */
	keep = info->keep_gid;
	r = sys_safecopyfrom(RS_PROC_NR, keep, 0, at, sizeof count);
	if (r == OK)
		r = settle();
	if (r == OK)
		r = sys_setalarm(sys_hz() / 4, NULL);
	return r;
}

static void
on_alarm(clock_ticks now)
{
	int r;

	(void)now;
	count++;
	r = settle();
	if (r == OK)
		r = sys_setalarm(sys_hz() / 4, NULL);
	if (r != OK)
		sef_exit(r); /* the next instance tries again */
}

static void
on_signal(int signo)
{
	if (signo == SIGUSR1)
		count = 0;
	else if (signo == SIGTERM)
		sef_exit(OK); /* the store forgets what was ours */
}

/* Between two events nothing is half done, whatever RS asks for. */
static bool
is_known(int state)
{
	return sef_lu_state_is_standard(state);
}

static const struct server counter = {
	.name = "counter",
	.init_fresh = begin,
	.init_restart = begin,
	.init_lu = begin,
	.alarm = on_alarm,
	.signal = on_signal,
};

int
main(void)
{
	sef_setcb_lu_state_isvalid(is_known);
	return server_run(&counter);
}
