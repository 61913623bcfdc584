/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Only the owner deletes an entry, and the owner is whoever published it last.
 * Proves A3.
 */
#include "test/ds/entries.h"
#include "test/ds/rule.h"
#include "test/report/report.h"

static struct agent a, b;
static struct store before;

/* A request of a process without label. */
static int
nameless(const char *key, uint32_t type)
{
	agent_prepare(&a, DS_DELETE, key, type)->nameless = true;
	return agent_do(&a);
}

/* Labels are RS's. */
static void
labels(void)
{
	store_look(&a, &before);
	rule_case(-EPERM, agent_delete(&a, a.label, DSF_TYPE_LABEL),
	    "deleting one's own label");
	rule_case(-EPERM, agent_delete(&a, b.label, DSF_TYPE_LABEL),
	    "deleting another's label");
	rule_case(-EPERM, agent_delete(&a, "vfs", DSF_TYPE_LABEL),
	    "deleting vfs's label");
	rule_case(-ESRCH, agent_delete(&a, "no.such", DSF_TYPE_LABEL),
	    "deleting a label that nobody has");
	rule_case(-EPERM, nameless(key_of("owner", 0), DSF_TYPE_U32),
	    "a process without label deletes");
	rule_case(-ESRCH, nameless(key_of("none", 0), DSF_TYPE_U32),
	    "a process without label deletes what is not there");
	rule_case(-EPERM, nameless(b.label, DSF_TYPE_LABEL),
	    "a process without label deletes a label");
	store_same(&a, &before, "refused deletions");
}

int
main(int argc, char **argv)
{
	static const uint32_t both[] = { DSF_TYPE_U32, DSF_TYPE_STR, 0 };
	const char *key;

	agents_open(argc, argv, "ds-owner", &a, &b);
	key = key_of("owner", 0);
	(void)report_status("publish", agent_publish(&a, key, value_of(0), 0));
	(void)report_status("foreign", agent_delete(&b, key, DSF_TYPE_U32));
	agent_report(&b, key, "kept");
	rule("labels");
	labels();
	rule_end();
	entries_deleted(&a, &b, both);
	return agents_close(&a, &b);
}
