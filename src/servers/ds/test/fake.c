/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See servers/ds/test/fake.h. */
#include "servers/ds/test/fake.h"

#include <stdio.h>

#include <lacuna/kcall.h>
#include <lacuna/syslib.h>
#include <proto/rs.h>

char fake_key[DS_MAX_KEYLEN];
int fake_key_status;
int fake_notified[NR_PROCS];

int
key_fetch(endpoint_t who, const struct ds_key *key, char buf[DS_MAX_KEYLEN])
{
	(void)who, (void)key;
	memcpy(buf, fake_key, sizeof fake_key);
	return fake_key_status;
}

int
key_give(endpoint_t who, const struct ds_key *to, const char *key)
{
	(void)who, (void)to;
	if (fake_key_status == OK)
		strlcpy(fake_key, key, sizeof fake_key);
	return fake_key_status;
}

int
ipc_trap(int primitive, int peer, void *arg, int *status)
{
	(void)arg;
	*status = 0;
	if (primitive == NOTIFY)
		fake_notified[endpoint_slot(peer)]++;
	return OK;
}

/* Not called: no test loads labels. */
int
sys_safecopyfrom(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    vir_bytes addr, size_t bytes)
{
	(void)granter, (void)gid, (void)offset, (void)addr, (void)bytes;
	return OK;
}
