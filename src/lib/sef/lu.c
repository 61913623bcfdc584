/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Live update, seen from the service that is to be replaced. No service can
 * be replaced while it runs so far: every request is answered at once with
 * -ENOSYS, so that RS need not wait for a time-out.
 */
#include "lib/sef/sef_private.h"

#include <lacuna/asynsend.h>
#include <lacuna/string.h>
#include <proto/sef.h>

void
sef_lu_prepare(const struct message *m)
{
	struct message out;
	struct rs_lu_msg lu;

	memcpy(&lu, m->m_body, sizeof lu);
	lu.result = -ENOSYS;
	memset(&out, 0, sizeof out);
	out.m_type = RS_LU_PREPARE;
	memcpy(out.m_body, &lu, sizeof lu);
	(void)asynsend3(RS_PROC_NR, &out, AMF_NOREPLY); /* RS listens */
}
