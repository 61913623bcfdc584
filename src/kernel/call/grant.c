/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Checking of grants. The records lie in the memory of those who made them
 * and may change at any time: each is fetched once, and only the copy in the
 * kernel is looked at. Nothing is kept from one kernel call to the next; so a
 * grant that is revoked while its user waits for VM is refused afterwards.
 */
#include "kernel/call/grant.h"

#include "kernel/call/call.h"

/* Where we are in a chain of grants. */
struct hop {
	struct proc *granter;
	endpoint_t grantee;
	cp_grant_id_t gid;
	int depth; /* indirect records so far */
};

/* Go to a granter; all of what it needs to have is checked. */
static int
hop_enter(struct hop *hop, endpoint_t granter, cp_grant_id_t gid)
{
	const struct priv *priv;

	hop->granter = proc_lookup(granter);
	hop->gid = gid;
	if (hop->granter == NULL || gid < 0)
		return -EINVAL;
	priv = hop->granter->priv;
	if (!priv_is_own(hop->granter) || priv->grant_owner != granter ||
	    GRANT_IDX(gid) >= priv->grant_entries)
		return -EPERM;
	return OK;
}

/* Address of the record, in its granter. */
static vir_bytes
hop_record(const struct hop *hop)
{
	const vir_bytes size = sizeof(struct cp_grant);

	return hop->granter->priv->grant_table +
	    (vir_bytes)GRANT_IDX(hop->gid) * size;
}

/* Note where we are. */
static void
hop_note(const struct hop *hop, struct grant_chain *chain)
{
	chain->link[hop->depth] = (struct grant_link){
		.granter = hop->granter->endpoint,
		.gid = hop->gid,
	};
	chain->n = hop->depth + 1;
}

/* Fetch the record and see that it is in use. */
static int
hop_fetch(struct proc *caller, const struct hop *hop, struct cp_grant *g)
{
	const uint32_t in_use = CPF_USED | CPF_VALID;
	int r;

	r = copy_from_user(caller, place_in(hop->granter, hop_record(hop)), g,
	    sizeof *g);
	if (r == -EVMSUSPEND)
		return r;
	if (r != OK || (g->cp_flags & in_use) != in_use ||
	    g->cp_seq != (uint32_t)GRANT_SEQ(hop->gid))
		return -EPERM;
	return OK;
}

static bool
grantee_ok(endpoint_t grantee, endpoint_t who_to)
{
	return who_to == ANY || who_to == grantee;
}

/* Follow indirect grants to the direct or magic one at the end. */
static int
chain_follow(struct proc *caller, struct hop *hop, struct cp_grant *g,
    struct grant_chain *chain)
{
	endpoint_t here;
	int r;

	r = hop_fetch(caller, hop, g);
	while (r == OK && (g->cp_flags & CPF_INDIRECT) != 0) {
		if (hop->depth >= MAX_INDIRECT_DEPTH)
			return -ELOOP;
		if (chain != NULL)
			hop_note(hop, chain);
		hop->depth++;
		if (!grantee_ok(hop->grantee, g->cp_u.cp_indirect.cp_who_to))
			return -EPERM;
		here = hop->granter->endpoint;
		r = hop_enter(hop, g->cp_u.cp_indirect.cp_who_from,
		    g->cp_u.cp_indirect.cp_grant);
		if (r != OK)
			return r;
		hop->grantee = here;
		r = hop_fetch(caller, hop, g);
	}
	return r;
}

/* A range as a record says it. */
struct extent {
	vir_bytes start, len;
};

/* Does the wanted part lie in the granted range, and that below 4 GiB? */
static bool
extent_ok(const struct extent *e, const struct grant_want *want)
{
	if (e->start > 0 && e->len > UINT32_MAX - e->start + 1)
		return false;
	return want->bytes <= e->len && want->offset <= e->len - want->bytes;
}

/* Who owns the memory, and where it begins. */
static int
record_resolve(const struct hop *hop, const struct cp_grant *g,
    struct proc **owner, struct extent *e)
{
	endpoint_t who_to;

	if ((g->cp_flags & CPF_DIRECT) != 0) {
		who_to = g->cp_u.cp_direct.cp_who_to;
		e->start = g->cp_u.cp_direct.cp_start;
		e->len = g->cp_u.cp_direct.cp_len;
		*owner = hop->granter;
	} else if ((g->cp_flags & CPF_MAGIC) != 0) {
		if (hop->granter->endpoint != VFS_PROC_NR)
			return -EPERM;
		who_to = g->cp_u.cp_magic.cp_who_to;
		e->start = g->cp_u.cp_magic.cp_start;
		e->len = g->cp_u.cp_magic.cp_len;
		*owner = proc_lookup(g->cp_u.cp_magic.cp_who_from);
	} else {
		return -EPERM;
	}
	return grantee_ok(hop->grantee, who_to) ? OK : -EPERM;
}

int
verify_grant(struct proc *caller, const struct grant_want *want,
    struct grant_found *found, struct grant_chain *chain)
{
	struct hop hop = { .grantee = caller->endpoint };
	struct cp_grant g;
	struct extent e;
	struct proc *owner;
	int r;

	r = hop_enter(&hop, want->granter, want->gid);
	if (r == OK)
		r = chain_follow(caller, &hop, &g, chain);
	if (r != OK)
		return r;
	if ((g.cp_flags & want->access) != want->access)
		return -EPERM;
	r = record_resolve(&hop, &g, &owner, &e);
	if (r != OK)
		return r;
	if (!extent_ok(&e, want))
		return -EPERM;
	if (owner == NULL || proc_is_task(owner))
		return -EDEADSRCDST;

	*found = (struct grant_found){
		.owner = owner,
		.addr = e.start + want->offset,
		.try = (g.cp_flags & CPF_TRY) != 0,
		.maker = hop.granter,
		.record = hop_record(&hop),
		.gid = hop.gid,
	};
	if (chain != NULL) {
		hop_note(&hop, chain);
		chain->magic = (g.cp_flags & CPF_MAGIC) != 0;
	}
	return OK;
}

void
grant_mark_faulted(struct proc *caller, const struct grant_found *found)
{
	const vir_bytes offset = offsetof(struct cp_grant, cp_faulted);
	struct place mark = place_in(found->maker, found->record + offset);

	/* Only a hint: it is lost if the table has gone meanwhile. */
	(void)data_copy(caller, place_kernel(&found->gid), mark,
	    sizeof found->gid, COPY_TRY);
}
