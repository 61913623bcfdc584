/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The Data Store: see servers/ds/ds.h.
 */
#include <lacuna/server.h>

extern const struct server ds_server; /* table.c */

int
main(void)
{
	return server_run(&ds_server);
}
