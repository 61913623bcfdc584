/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A service that sends every message back.
 */
#include <lacuna/sef.h>

int
main(void)
{
	struct message m;
	int status;

	sef_startup();
	for (;;) {
		if (sef_receive_status(ANY, &m, &status) != OK ||
		    is_ipc_notify(status))
			continue;
		m.m_type = OK;
		(void)ipc_sendnb(m.m_source, &m); /* the asker waits, or died */
	}
}
