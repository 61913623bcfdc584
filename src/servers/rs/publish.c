/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Telling others where a service runs: DS by its label, VFS by its device
 * number. Neither is waited for, since it may be the very one that has died,
 * or hang. Boot services are not announced at their first start: DS and VFS
 * read the public table then.
 *
 * A service is announced when it has reported that it is initialised, and not
 * while it may still fail. But it may want to publish something itself before
 * that, for which DS must know its label: so before it runs DS gets the label
 * as an entry of RS's own, that subscribers and others do not see. To them the
 * service has gone when the next instance is begun, and comes when that is
 * ready.
 */
#include "servers/rs/publish.h"

#include <abi/dev.h>
#include <abi/grant.h>
#include <lacuna/printf.h>
#include <lacuna/safecopies.h>
#include <lacuna/string.h>
#include <proto/ds.h>
#include <proto/vfs.h>

#include "servers/rs/rs.h"

/* Labels on their way to DS, oldest first. Each stays where DS reads it
 * until DS has answered, which it does in order. There is room for the name and
 * the announcement of each service while DS is busy. */
#define DS_QUEUE (2 * NR_SYS_PROCS)

static struct {
	char label[LABEL_MAX];
	cp_grant_id_t gid; /* made once; anybody may read a label */
} ds_queue[DS_QUEUE];

static unsigned int ds_first, ds_count, ds_granted;

/* Say once that somebody does not listen: it will not get better. */
static void
complain(const char *who, int r)
{
	static bool complained;

	if (!complained)
		printf("rs: %s does not take announcements: %d\n", who, r);
	complained = true;
}

/* Put a label into the queue, for a request with this key. */
static bool
ds_enqueue(const char *label, struct ds_key *key)
{
	const unsigned int n = (ds_first + ds_count) % DS_QUEUE;
	cp_grant_id_t gid;

	if (ds_count == DS_QUEUE) {
		complain("ds", -EBUSY);
		return false;
	}
	if (n == ds_granted) {
		gid = cpf_grant_direct(ANY,
		    (vir_bytes)(uintptr_t)ds_queue[n].label, LABEL_MAX,
		    CPF_READ);
		if (!GRANT_VALID(gid)) {
			complain("ds", gid);
			return false;
		}
		ds_queue[n].gid = gid;
		ds_granted++;
	}
	strlcpy(ds_queue[n].label, label, LABEL_MAX);
	key->gid = ds_queue[n].gid;
	key->len = (uint32_t)strlen(label) + 1;
	ds_count++;
	return true;
}

/* Where to announce a service: DS reads the table itself when it starts. */
static endpoint_t
ds_for(const struct rproc *rp)
{
	const struct rproc *ds = rproc_by_label("ds");

	if (ds == rp)
		ds_first = ds_count = 0; /* the old one answers no more */
	return ds != NULL && ds != rp ? ds->pub->endpoint : NONE;
}

/* What VFS has not been told yet. It takes one request at a time. */
static struct {
	bool pending, block;
	endpoint_t driver;
} drivers[NR_MAJORS];

static bool vfs_busy;

/* Tell VFS the next thing, if it has taken the one before. */
static void
drivers_tell(void)
{
	struct vfs_mapdriver_req req;
	uint32_t i;

	for (i = 0; i < NR_MAJORS && !vfs_busy; i++) {
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

	if (major <= 0 || major >= NR_MAJORS)
		return;
	drivers[major].pending = true;
	drivers[major].driver = driver;
	drivers[major].block = (rp->pub->dev_flags & RS_DEV_BLOCK) != 0;
	drivers_tell();
}

/* Bind a label in DS to the service's endpoint, for whom priv lets see it. */
static void
label_bind(struct rproc *rp, uint32_t priv)
{
	struct ds_publish_req req = { .flags = DSF_TYPE_LABEL | DSF_OVERWRITE |
		    priv };
	endpoint_t ds = ds_for(rp);

	req.value.ep = rp->pub->endpoint;
	if (ds != NONE && ds_enqueue(rp->pub->label, &req.key))
		rs_send(ds, DS_PUBLISH, &req, sizeof req);
}

void
service_name(struct rproc *rp)
{
	label_bind(rp, DSF_PRIV_RETRIEVE | DSF_PRIV_SUBSCRIBE);
}

void
service_publish(struct rproc *rp)
{
	label_bind(rp, 0);
	driver_map(rp, rp->pub->endpoint);
}

void
service_unpublish(struct rproc *rp)
{
	struct ds_delete_req req = { .flags = DSF_TYPE_LABEL };
	endpoint_t ds = ds_for(rp);

	if (ds != NONE && ds_enqueue(rp->pub->label, &req.key))
		rs_send(ds, DS_DELETE, &req, sizeof req);
	driver_map(rp, NONE);
}

void
publish_answer(const struct message *m)
{
	const struct rproc *rp = rproc_by_endpoint(m->m_source);

	if (rp == NULL)
		return;
	if (m->m_source == VFS_PROC_NR) {
		vfs_busy = false;
		drivers_tell();
	} else if (rp == rproc_by_label("ds") && ds_count > 0) {
		ds_count--;
		/* An empty queue begins again: few grants are needed. */
		ds_first = ds_count > 0 ? (ds_first + 1) % DS_QUEUE : 0;
	}
	if (m->m_type < OK && m->m_type != -ESRCH)
		complain(rp->pub->label, m->m_type);
}

cp_grant_id_t
publish_table_grant(void)
{
	static cp_grant_id_t gid = GRANT_INVALID;

	if (!GRANT_VALID(gid))
		gid = cpf_grant_direct(ANY, (vir_bytes)(uintptr_t)rprocpub,
		    sizeof rprocpub, CPF_READ);
	if (!GRANT_VALID(gid))
		panic("cannot grant the public table: %d", gid);
	return gid;
}
