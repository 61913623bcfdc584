/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A complaint, from the service that makes it. RS may be waiting for somebody
 * who waits for us, so we do not wait for RS. It need not arrive: whoever has
 * reason to complain will have more of it.
 */
#include <lacuna/asynsend.h>
#include <lacuna/sef.h>
#include <lacuna/string.h>
#include <proto/sef.h>

void
sef_complain(endpoint_t ep, enum sef_evidence evidence)
{
	struct rs_complain_msg complaint = { ep, (int32_t)evidence };
	struct message m;

	memset(&m, 0, sizeof m);
	m.m_type = RS_COMPLAIN;
	memcpy(m.m_body, &complaint, sizeof complaint);
	(void)asynsend3(RS_PROC_NR, &m, AMF_NOREPLY);
}
