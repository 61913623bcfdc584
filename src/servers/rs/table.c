/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The rows of services, and how they are found, see servers/rs/table.h.
 */
#include "servers/rs/table.h"

#include <abi/endpoint.h>
#include <lacuna/string.h>

struct rproc rproc[NR_SYS_PROCS];
struct rprocpub rprocpub[NR_SYS_PROCS];

static struct rproc *by_slot[NR_PROCS];

struct rproc *
rproc_by_endpoint(endpoint_t ep)
{
	int slot = endpoint_slot(ep);
	struct rproc *rp;

	if (slot < 0 || slot >= NR_PROCS)
		return NULL;
	rp = by_slot[slot];
	if (rp == NULL || rp->pub->endpoint != ep)
		return NULL;
	return rp->pub->sys_flags & SF_USER ? NULL : rp;
}

struct rproc *
rproc_by_label(const char *label)
{
	struct rproc *rp;

	for (rp = rproc; rp < &rproc[NR_SYS_PROCS]; rp++)
		if (rp->flags & RF_IN_USE && strcmp(rp->pub->label, label) == 0)
			return rp;
	return NULL;
}

struct rproc *
rproc_alloc(void)
{
	size_t i;

	for (i = 0; i < NR_SYS_PROCS; i++)
		if (!(rproc[i].flags & RF_IN_USE))
			break;
	if (i == NR_SYS_PROCS)
		return NULL;
	memset(&rproc[i], 0, sizeof rproc[i]);
	memset(&rprocpub[i], 0, sizeof rprocpub[i]);
	rproc[i].pub = &rprocpub[i];
	rproc[i].pub->endpoint = NONE;
	rproc[i].pid = -1;
	rproc[i].old_endpoint = NONE;
	rproc[i].caller = rproc[i].watcher = NONE;
	return &rproc[i];
}

void
rproc_free(struct rproc *rp)
{
	rproc_set_process(rp, NONE, -1);
	image_free(&rp->image);
	keep_free(rp);
	rp->pub->in_use = 0;
	rp->flags = 0;
}

void
rproc_set_process(struct rproc *rp, endpoint_t ep, int32_t pid)
{
	if (rp->pub->endpoint != NONE) {
		by_slot[endpoint_slot(rp->pub->endpoint)] = NULL;
		rp->old_endpoint = rp->pub->endpoint;
	}
	if (ep != NONE)
		by_slot[endpoint_slot(ep)] = rp;
	rp->pub->endpoint = ep;
	rp->pid = pid;
}
