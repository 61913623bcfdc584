/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The Data Store's interface.
 */
#include "servers/ds/ds.h"
#include "servers/ds/news.h"

#include <lacuna/printf.h>

DS_CALLS(PROTO_UNPACK)

static const struct call_entry calls[] = { DS_CALLS(PROTO_ENTRY) };

/* Whether first start or not, the labels are all we can know. */
static int
init(int type, const struct sef_init_info *info)
{
	int r = label_load(info->rproctab_gid);

	if (type != SEF_INIT_FRESH) {
		printf("ds: started again: all entries and subscriptions but "
		       "labels are lost\n");
		news_tell(info->rproctab_gid);
	}
	return r;
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
