/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Who may do what. Ownership is by label, see servers/ds/ds.h.
 */
#include "servers/ds/ds.h"

int
perm_owner(const struct entry *e, endpoint_t who)
{
	const char *label = label_of(who);

	return label != NULL && strcmp(label, e->owner) == 0 ? OK : -EPERM;
}

int
perm_check(const struct entry *e, endpoint_t who, uint32_t priv)
{
	return e->flags & priv ? perm_owner(e, who) : OK;
}
