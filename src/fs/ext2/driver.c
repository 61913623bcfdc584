/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Where the driver of a device runs, see fs/ext2/driver.h. */
#include "fs/ext2/driver.h"

#include <abi/dev.h>
#include <abi/endpoint.h>
#include <abi/limits.h>
#include <lacuna/asynsend.h>
#include <lacuna/kcall.h>
#include <lacuna/safecopies.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/ds.h>
#include <proto/rs.h>

static cp_grant_id_t table_gid = GRANT_INVALID;

/* The subscription: to this label, at this DS. One that was started again has
 * forgotten it. */
static struct {
	char label[LABEL_MAX];
	cp_grant_id_t gid;
	endpoint_t ds;
} news = { .gid = GRANT_INVALID, .ds = NONE };

void
driver_table_set(cp_grant_id_t gid)
{
	table_gid = gid;
}

/* Ask DS to tell us of a label. Its answer would tell us nothing: without
 * news the table is looked at from time to time. */
static void
subscribe(const char *label, endpoint_t ds)
{
	struct ds_subscribe_req req = { .flags =
					    DSF_TYPE_LABEL | DSF_OVERWRITE };
	struct message m;

	if (news.ds == ds && strcmp(news.label, label) == 0)
		return;
	if (!GRANT_VALID(news.gid))
		news.gid = cpf_grant_direct(ANY, vir_addr(news.label),
		    sizeof news.label, CPF_READ);
	if (!GRANT_VALID(news.gid))
		return;
	strlcpy(news.label, label, sizeof news.label);
	news.ds = ds;
	req.regex.gid = news.gid;
	req.regex.len = (uint32_t)strlen(news.label) + 1;
	memset(&m, 0, sizeof m);
	m.m_type = DS_SUBSCRIBE;
	memcpy(m.m_body, &req, sizeof req);
	(void)asynsend3(ds, &m, AMF_NOREPLY);
}

endpoint_t
driver_find(uint32_t dev)
{
	static struct rprocpub table[NR_SYS_PROCS];
	const struct rprocpub *p, *driver = NULL, *ds = NULL;

	if (sys_safecopyfrom(RS_PROC_NR, table_gid, 0, vir_addr(table),
		sizeof table) != OK)
		return NONE;
	for (p = table; p < table + NR_SYS_PROCS; p++) {
		if (!p->in_use)
			continue;
		if ((p->dev_flags & RS_DEV_BLOCK) != 0 &&
		    p->dev_nr == (int32_t)dev_major(dev))
			driver = p;
		if (strcmp(p->label, "ds") == 0)
			ds = p;
	}
	if (driver == NULL)
		return NONE;
	if (ds != NULL && ds->endpoint != NONE)
		subscribe(driver->label, ds->endpoint);
	return driver->endpoint;
}
