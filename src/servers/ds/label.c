/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Labels: which endpoint is which service. RS's public table tells at our
 * start, RS itself from then on.
 */
#include "servers/ds/keep.h"

#include <lacuna/kcall.h>
#include <lacuna/printf.h>
#include <lacuna/syslib.h>
#include <proto/rs.h>

#define RS_LABEL "rs"

static struct rprocpub table[NR_SYS_PROCS]; /* as RS has it at our start */

/* The label entry of a process, or NULL. */
static struct entry *
label_entry(endpoint_t ep)
{
	struct entry *e;

	for (e = entry_table; e < &entry_table[DS_ENTRIES]; e++)
		if (e->used && e->flags & DSF_TYPE_LABEL && e->value.ep == ep)
			return e;
	return NULL;
}

const char *
label_of(endpoint_t ep)
{
	const struct entry *e = label_entry(ep);

	return e != NULL ? e->key : NULL;
}

endpoint_t
label_endpoint(const char *label)
{
	const struct entry *e = entry_find(label, DSF_TYPE_LABEL);

	return e != NULL ? e->value.ep : NONE;
}

int
label_check(endpoint_t who, const char *key, endpoint_t ep)
{
	const struct entry *e = label_entry(ep);

	if (who != RS_PROC_NR)
		return -EPERM;
	if (strlen(key) >= LABEL_MAX || endpoint_slot(ep) < 0 ||
	    endpoint_slot(ep) >= NR_PROCS)
		return -EINVAL;
	return e != NULL && strcmp(e->key, key) != 0 ? -EEXIST : OK;
}

void
label_remove(struct entry *label)
{
	struct entry *e;

	subs_drop(label->key);
	keep_subscriber_gone(label->key);
	for (e = entry_table; e < &entry_table[DS_ENTRIES]; e++)
		if (e->used && e != label && strcmp(e->owner, label->key) == 0)
			entry_remove(e);
	entry_remove(label);
	map_sweep();
}

bool
label_is_known(const char *label)
{
	size_t i;

	for (i = 0; i < NR_SYS_PROCS; i++)
		if (table[i].in_use && !(table[i].sys_flags & SF_USER) &&
		    strcmp(table[i].label, label) == 0)
			return true;
	return false;
}

int
label_fetch(cp_grant_id_t gid)
{
	return sys_safecopyfrom(RS_PROC_NR, gid, 0, vir_addr(table),
	    sizeof table);
}

void
label_store(void)
{
	union ds_value value = { .str = "" };
	int lost = 0;
	size_t i;

	for (i = 0; i < NR_SYS_PROCS; i++) {
		table[i].label[LABEL_MAX - 1] = '\0';
		if (!table[i].in_use || table[i].endpoint == NONE ||
		    table[i].sys_flags & SF_USER)
			continue;
		value.ep = table[i].endpoint;
		if (label_check(RS_PROC_NR, table[i].label, value.ep) != OK ||
		    entry_put(table[i].label, DSF_TYPE_LABEL, RS_LABEL, &value,
			NULL) != OK)
			lost++;
	}
	if (lost > 0)
		printf("ds: %d services have no label\n", lost);
}

int
label_load(cp_grant_id_t gid)
{
	int r = label_fetch(gid);

	if (r == OK)
		label_store();
	return r;
}

int
do_ds_retrieve_label(endpoint_t who, const struct ds_retrieve_label_req *req,
    struct no_payload *rep)
{
	const char *label = label_of(req->ep);

	(void)rep;
	return label != NULL ? key_give(who, &req->key, label) : -ESRCH;
}
