/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Telling others where a service runs: DS by its label, VFS by its device
 * number. Neither is waited for, since it may be the very one that has died,
 * or hang. Boot services are not announced at their first start: DS and VFS
 * read the public table then.
 */
#include "servers/rs/rs.h"

#include <abi/grant.h>
#include <lacuna/printf.h>
#include <lacuna/safecopies.h>
#include <proto/ds.h>
#include <proto/vfs.h>

/* Where a service with a label runs, or NONE. */
static endpoint_t
label_endpoint(const char *label)
{
	const struct rproc *rp = rproc_by_label(label);

	return rp != NULL ? rp->pub->endpoint : NONE;
}

/* Let DS read the label; the grant lives as long as the row. */
static bool
label_grant(struct rproc *rp, struct ds_key *key)
{
	if (!GRANT_VALID(rp->label_gid))
		rp->label_gid = cpf_grant_direct(ANY,
		    (vir_bytes)(uintptr_t)rp->pub->label, LABEL_MAX, CPF_READ);
	key->gid = rp->label_gid;
	key->len = (uint32_t)strlen(rp->pub->label) + 1;
	return GRANT_VALID(rp->label_gid);
}

/* What VFS has not been told yet. It takes one request at a time. */
static struct {
	bool pending, block;
	endpoint_t driver;
} drivers[RS_MAJORS];

static bool vfs_busy;

/* Tell VFS the next thing, if it has taken the one before. */
static void
drivers_tell(void)
{
	struct vfs_mapdriver_req req;
	uint32_t i;

	for (i = 0; i < RS_MAJORS && !vfs_busy; i++) {
		if (!drivers[i].pending)
			continue;
		drivers[i].pending = false;
		vfs_busy = true;
		req.major = i;
		req.driver = drivers[i].driver;
		req.block = drivers[i].block;
		rs_send(VFS_PROC_NR, VFS_MAPDRIVER, &req, sizeof req);
	}
}

/* Let VFS know who drives a device; driver may be NONE. */
static void
driver_map(const struct rproc *rp, endpoint_t driver)
{
	const int32_t major = rp->pub->dev_nr;

	if (major <= 0 || major >= RS_MAJORS)
		return;
	drivers[major].pending = true;
	drivers[major].driver = driver;
	drivers[major].block = (rp->pub->dev_flags & RS_DEV_BLOCK) != 0;
	drivers_tell();
}

void
service_publish(struct rproc *rp)
{
	struct ds_publish_req req = { .flags = DSF_TYPE_LABEL | DSF_OVERWRITE };
	endpoint_t ds = label_endpoint("ds");

	req.value.ep = rp->pub->endpoint;
	if (ds != NONE && ds != rp->pub->endpoint && label_grant(rp, &req.key))
		rs_send(ds, DS_PUBLISH, &req, sizeof req);
	driver_map(rp, rp->pub->endpoint);
}

void
service_unpublish(struct rproc *rp)
{
	struct ds_delete_req req = { .flags = DSF_TYPE_LABEL };
	endpoint_t ds = label_endpoint("ds");

	if (ds != NONE && ds != rp->pub->endpoint && label_grant(rp, &req.key))
		rs_send(ds, DS_DELETE, &req, sizeof req);
	driver_map(rp, NONE);
}

void
publish_answer(const struct message *m)
{
	static bool complained;
	const struct rproc *rp = rproc_by_endpoint(m->m_source);

	if (m->m_source == VFS_PROC_NR) {
		vfs_busy = false;
		drivers_tell();
	}
	if (rp == NULL || m->m_type >= OK || m->m_type == -ESRCH || complained)
		return;
	complained = true; /* once is enough: it will not get better */
	printf("rs: %s does not take announcements: %d\n", rp->pub->label,
	    m->m_type);
}
