/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See servers/ds/test/fake_grants.h. */
#include "servers/ds/test/fake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <lacuna/kcall.h>
#include <lacuna/safecopies.h>
#include <lacuna/syslib.h>

#define GRANTS 256 /* more than DS may have */

int fake_grant_status, fake_revoke_status;
int fake_grants, fake_disabled;
int fake_grant_access;
endpoint_t fake_grant_to;

/* Grants of DS, as the library and the kernel know them. */
static struct grant {
	cp_grant_id_t gid;
	bool made;     /* and not taken back */
	bool reserved; /* by cpf_getgrants(): is not in the way */
	bool set;      /* gives access */
	bool mapped;   /* maps may hang on it */
	vir_bytes at;
} grants[GRANTS];

static cp_grant_id_t grants_made; /* ever */

/* Count the grants that are in the way of others, or of use to somebody, and
 * those that are of no use but cannot be taken back. */
static void
grants_count(void)
{
	const struct grant *g;

	fake_grants = fake_disabled = 0;
	for (g = grants; g < &grants[GRANTS]; g++) {
		if (!g->made)
			continue;
		fake_grants += !g->reserved || g->set || g->mapped;
		fake_disabled += !g->set && g->mapped;
	}
}

static struct grant *
grant_find(cp_grant_id_t gid)
{
	struct grant *g;

	for (g = grants; g < &grants[GRANTS]; g++)
		if (g->made && g->gid == gid)
			return g;
	return NULL;
}

static struct grant *
grant_new(bool reserved)
{
	struct grant *g = grants;

	while (g->made)
		if (++g == &grants[GRANTS])
			return NULL;
	*g = (struct grant){ grants_made++, true, reserved, false, false, 0 };
	return g;
}

int
cpf_setgrant_direct(cp_grant_id_t gid, endpoint_t who_to, vir_bytes addr,
    size_t bytes, int access)
{
	struct grant *g = grant_find(gid);

	fake_range(addr, bytes);
	if (g == NULL)
		return -EINVAL;
	g->set = g->mapped = true;
	g->at = addr;
	fake_grant_access = access;
	fake_grant_to = who_to;
	grants_count();
	return OK;
}

cp_grant_id_t
cpf_grant_direct(endpoint_t who_to, vir_bytes addr, size_t bytes, int access)
{
	const struct grant *g;

	if (fake_grant_status != OK)
		return fake_grant_status;
	g = grant_new(false);
	if (g == NULL)
		return -ENOSPC;
	(void)cpf_setgrant_direct(g->gid, who_to, addr, bytes, access);
	return g->gid;
}

int
cpf_getgrants(cp_grant_id_t *gids, int n)
{
	const struct grant *g;
	int i;

	for (i = 0; i < n && fake_grant_status == OK; i++) {
		g = grant_new(true);
		if (g == NULL)
			break;
		gids[i] = g->gid;
	}
	grants_count();
	return i;
}

/* End the maps that hang on a grant, or on what begins at an address. */
static int
maps_end(bool by_gid, cp_grant_id_t gid, vir_bytes addr)
{
	struct grant *g;

	if (fake_revoke_status != OK)
		return fake_revoke_status;
	for (g = grants; g < &grants[GRANTS]; g++)
		if (by_gid ? g->gid == gid : g->at == addr)
			g->mapped = false;
	grants_count();
	return OK;
}

int
sys_saferevmap_gid(cp_grant_id_t gid)
{
	return maps_end(true, gid, 0);
}

int
sys_saferevmap_addr(vir_bytes addr)
{
	return maps_end(false, 0, addr);
}

int
cpf_revoke(cp_grant_id_t gid)
{
	struct grant *g = grant_find(gid);
	int r = maps_end(true, gid, 0);

	assert_true(gid >= 0);
	if (g == NULL)
		return -EINVAL;
	if (r == OK)
		g->made = g->set = false;
	grants_count();
	return r;
}

int
cpf_setgrant_disable(cp_grant_id_t gid)
{
	struct grant *g = grant_find(gid);

	assert_true(gid >= 0);
	if (g == NULL)
		return -EINVAL;
	g->set = false;
	grants_count();
	return OK;
}

void
cpf_prealloc(unsigned count)
{
	(void)count;
}
