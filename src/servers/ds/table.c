/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The Data Store's interface.
 */
#include "servers/ds/keep.h"
#include "servers/ds/news.h"

DS_CALLS(PROTO_UNPACK)

/* Keep what a request has changed, before it is answered. */
static void
changes_keep(int call, const struct message *in)
{
	struct ds_subscribe_req req;

	if (call == DS_PUBLISH || call == DS_DELETE) {
		keep_entries();
	} else if (call == DS_SUBSCRIBE) {
		memcpy(&req, in->m_body, sizeof req);
		keep_subscription(in->m_source, &req);
	}
}

#define DS_KEPT(NR, name)                                                      \
	static int kept_##name(const struct message *in, struct message *out)  \
	{                                                                      \
		int r = serve_##name(in, out);                                 \
                                                                               \
		if (r == OK)                                                   \
			changes_keep(NR, in);                                  \
		return r;                                                      \
	}
#define DS_ENTRY(NR, name) { kept_##name, #NR },

DS_CALLS(DS_KEPT)

static const struct call_entry calls[] = { DS_CALLS(DS_ENTRY) };

/* A store that is not the first has news for all. */
static int
init(int type, const struct sef_init_info *info)
{
	int r = recover(type, info);

	if (r == OK && type != SEF_INIT_FRESH)
		news_tell(info->rproctab_gid);
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
	.after = keep_settled,
};
