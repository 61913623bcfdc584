/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The order of the first start, see servers/rs/boot_order.h. RS works in its
 * main loop meanwhile; each report moves the boot one step on. A boot service
 * that fails is fatal.
 */
#include "servers/rs/boot_order.h"

#include <lacuna/printf.h>
#include <lacuna/sef.h>
#include <lacuna/syslib.h>

#include "servers/rs/boot_table.h"
#include "servers/rs/init.h"
#include "servers/rs/rs.h"
#include "servers/rs/table.h"

static size_t next; /* in the boot table: first that does not run yet */

/* Let one service run. */
static void
service_allow(const struct boot_row *row)
{
	struct rproc *rp;
	int r = OK;

	if (row->sys_flags & SF_USER)
		r = sys_privctl(row->ep, SYS_PRIV_SET_USER, NULL);
	if (r == OK)
		r = sys_privctl(row->ep, SYS_PRIV_ALLOW, NULL);
	if (r != OK)
		panic("cannot let %s run: %d", row->label, r);
	rs_tell(row->label, "may run");
	if (row->sys_flags & SF_USER)
		return;
	rp = rproc_by_endpoint(row->ep);
	keep_grant(rp); /* VM, which gives it, keeps nothing */
	init_request(rp, SEF_INIT_FRESH);
}

/* Is there such a process? RS itself runs already, and a service without a
 * row was not among the boot modules. */
static bool
to_be_allowed(const struct boot_row *row)
{
	if (row->sys_flags & SF_USER)
		return true;
	return row->ep != RS_PROC_NR && rproc_by_endpoint(row->ep) != NULL;
}

/* Is there a service that all others, or those after it, wait for? */
static bool
must_wait(uint32_t sys_flags)
{
	const struct rproc *rp;

	for (rp = rproc; rp < &rproc[NR_SYS_PROCS]; rp++)
		if (rp->flags & RF_INITIALIZING &&
		    (rp->pub->sys_flags & sys_flags) == sys_flags)
			return true;
	return false;
}

void
boot_step(void)
{
	const struct boot_row *row;

	for (; next < NR_BOOT_PROCS; next++) {
		row = &boot_table[next];
		/* A user process comes when every service is ready. */
		if (must_wait(row->sys_flags & SF_USER ? 0 : SF_SYNCH_BOOT))
			return;
		if (to_be_allowed(row))
			service_allow(row);
	}
}

void
boot_begin(void)
{
	next = 0;
	boot_step();
}

bool
boot_busy(void)
{
	return next < NR_BOOT_PROCS;
}
