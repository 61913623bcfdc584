/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A service that sends every message back, as fast as can be: once started it
 * meets no event but RS's wish that it should end.
 */
#include <lacuna/sef.h>

int
main(void)
{
	struct message m;
	int status;

	sef_startup();
	for (;;) {
		if (ipc_receive(ANY, &m, &status) != OK ||
		    is_ipc_notify(status))
			continue;
		if (m.m_source == RS_PROC_NR)
			sef_exit(OK);
		m.m_type = OK;
		(void)ipc_send(m.m_source, &m); /* it waits, or has died */
	}
}
