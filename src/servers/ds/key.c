/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Keys travel through grants of the clients. What comes in is checked here,
 * once, so that the rest of the server deals with strings.
 */
#include "servers/ds/keep.h"

#include <lacuna/kcall.h>
#include <lacuna/syslib.h>

static const char *replayed;

void
key_replay(const char *key)
{
	replayed = key;
}

int
key_fetch(endpoint_t who, const struct ds_key *key, char buf[DS_MAX_KEYLEN])
{
	int r;

	if (who == NONE && replayed != NULL) { /* no process is NONE */
		strlcpy(buf, replayed, DS_MAX_KEYLEN);
		replayed = NULL;
		return OK;
	}
	if (key->len < 2 || key->len > DS_MAX_KEYLEN)
		return -EINVAL;
	r = sys_safecopyfrom(who, key->gid, 0, vir_addr(buf), key->len);
	if (r == OK && strnlen(buf, key->len) != key->len - 1)
		r = -EINVAL;
	return r;
}

int
key_give(endpoint_t who, const struct ds_key *to, const char *key)
{
	if (to->len < DS_MAX_KEYLEN)
		return -EINVAL;
	return sys_safecopyto(who, to->gid, 0, vir_addr(key), strlen(key) + 1);
}
