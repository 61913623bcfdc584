/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What DS has, from those that count it: VM and IS.
 */
#include "test/ds/usage.h"

#include <lacuna/msgcall.h>
#include <proto/is.h>
#include <proto/rs.h>
#include <proto/vm.h>

#include "test/ds/agent.h"
#include "test/ds/rule.h"

PROTO_STUB(IS_USAGE, is_usage)
PROTO_STUB(RS_LOOKUP, rs_lookup)
PROTO_STUB(VM_INFO, vm_info)

void
usage_look(struct usage *u)
{
	struct vm_info_req info = { .ep = agents_ds() };
	struct vm_info_rep frames;
	struct rs_lookup_req where = { "is" };
	struct rs_lookup_rep is = { .ep = NONE };
	struct is_usage_req req = { agents_ds() };
	struct is_usage_rep rep;

	*u = (struct usage){ -1, -1, -1 };
	if (call_vm_info(VM_PROC_NR, &info, &frames) == OK)
		u->pages = (int)frames.frames;
	if (call_rs_lookup(RS_PROC_NR, &where, &is) != OK ||
	    call_is_usage(is.ep, &req, &rep) != OK)
		return;
	u->grants = (int)rep.grants;
	u->maps = (int)rep.maps;
}

/* One kind of things. */
static void
same(int before, int now, const char *of, const char *what)
{
	rule_true(before >= 0 && now == before, "%d %s more than before %s",
	    now - before, of, what);
}

void
usage_same(const struct usage *before, const char *what)
{
	struct usage now;

	usage_look(&now);
	same(before->pages, now.pages, "pages of DS", what);
	same(before->grants, now.grants, "grants of DS", what);
	same(before->maps, now.maps, "maps", what);
}
