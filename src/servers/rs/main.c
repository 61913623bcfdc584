/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The Reincarnation Server: see servers/rs/rs.h.
 */
#include <lacuna/server.h>

extern const struct server rs_server; /* table.c */

int
main(void)
{
	return server_run(&rs_server);
}
