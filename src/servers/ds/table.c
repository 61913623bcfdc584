/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The Data Store's interface.
 */
#include "servers/ds/ds.h"

#include <lacuna/printf.h>

DS_CALLS(PROTO_UNPACK)

static const struct call_entry calls[] = { DS_CALLS(PROTO_ENTRY) };

/* Whether first start or not, the labels are all we can know. */
static int
init(int type, const struct sef_init_info *info)
{
	if (type != SEF_INIT_FRESH)
		printf("ds: started again: all entries and subscriptions but "
		       "labels are lost\n");
	return label_load(info->rproctab_gid);
}

extern const struct server ds_server; /* used by main.c */
const struct server ds_server = {
	.name = "ds",
	.base = DS_BASE,
	.ncalls = sizeof calls / sizeof calls[0],
	.calls = calls,
	.init_fresh = init,
	.init_restart = init,
	.dump = store_dump,
};
