/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The order of the first start. This file is yours to write: what each
 * function must do is said in servers/rs/boot_order.h, what the marks mean in
 * servers/rs/boot_table.h. Until then everything may run at once, in the
 * order of the table.
 */
#include "servers/rs/boot_order.h"

#include <lacuna/printf.h>
#include <lacuna/sef.h>
#include <lacuna/syslib.h>

#include "servers/rs/boot_table.h"
#include "servers/rs/init.h"
#include "servers/rs/table.h"

/* Let one service run. */
static void
service_allow(const struct boot_row *row)
{
	int r = OK;

	if (row->sys_flags & SF_USER)
		r = sys_privctl(row->ep, SYS_PRIV_SET_USER, NULL);
	if (r == OK)
		r = sys_privctl(row->ep, SYS_PRIV_ALLOW, NULL);
	if (r != OK)
		panic("cannot let %s run: %d", row->label, r);
	if (!(row->sys_flags & SF_USER))
		init_request(rproc_by_endpoint(row->ep), SEF_INIT_FRESH);
}

void
boot_begin(void)
{
	const struct boot_row *row;

	for (row = boot_table; row < &boot_table[NR_BOOT_PROCS]; row++)
		if (row->sys_flags & SF_USER ||
		    (row->ep != RS_PROC_NR &&
			rproc_by_endpoint(row->ep) != NULL))
			service_allow(row);
}

void
boot_step(void)
{
}

bool
boot_busy(void)
{
	return false;
}
