/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The example of sef(3): a service that sends each request back.
 */
#include <abi/errno.h>
#include <lacuna/sef.h>

int
main(void)
{
	struct message m;

	sef_setcb_init_restart(SEF_CB_INIT_RESTART_NULL);
	sef_startup();
	for (;;) {
		if (sef_receive(ANY, &m) != OK)
			continue;
		m.m_type = OK;
		/* One that is gone, or does not wait, gets none. */
		(void)ipc_sendnb(m.m_source, &m);
	}
}
