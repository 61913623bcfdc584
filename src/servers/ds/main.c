/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The Data Store: see servers/ds/ds.h.
 */
#include <lacuna/sef_lu.h>
#include <lacuna/server.h>

extern const struct server ds_server; /* table.c */

int
main(void)
{
	/* RS keeps all that outlives a request. */
	sef_setcb_lu_state_isvalid(sef_cb_lu_state_isvalid_standard);
	return server_run(&ds_server);
}
