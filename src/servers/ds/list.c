/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What is in the store, entry by entry, for services that show it to people.
 */
#include "servers/ds/ds.h"

#include <lacuna/kcall.h>
#include <lacuna/syslib.h>

/* What anybody may know of an entry. */
static void
info_fill(struct ds_info *info, const struct entry *e)
{
	memset(info, 0, sizeof *info);
	strlcpy(info->key, e->key, sizeof info->key);
	strlcpy(info->owner, e->owner, sizeof info->owner);
	info->flags = e->flags;
	info->serial = e->serial;
	if (e->flags & DSF_PRIV_RETRIEVE)
		return;
	if (e->flags & (DSF_TYPE_MEM | DSF_TYPE_MAP))
		info->value.mem.len = e->memory.len;
	else
		info->value = e->value;
}

int
do_ds_list(endpoint_t who, const struct ds_list_req *req,
    struct ds_list_rep *rep)
{
	struct ds_info info;
	uint32_t i = req->from;

	if (label_of(who) == NULL)
		return -EPERM;
	if (req->info.len != sizeof info)
		return -EINVAL;
	while (i < DS_ENTRIES && !entry_table[i].used)
		i++;
	if (i >= DS_ENTRIES)
		return -ENOENT;
	info_fill(&info, &entry_table[i]);
	rep->next = i + 1;
	return sys_safecopyto(who, req->info.gid, 0, vir_addr(&info),
	    sizeof info);
}
