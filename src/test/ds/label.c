/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A label leads to the endpoint of its service and back; when the service
 * goes, so do its label and all it has published, and nothing else. Proves A3.
 */
#include <string.h>

#include <lacuna/msgcall.h>
#include <proto/rs.h>

#include "test/ds/kinds.h"
#include "test/ds/rule.h"
#include "test/report/report.h"

#define COUNT 10
#define U32   DSF_TYPE_U32
#define STR   DSF_TYPE_STR

PROTO_STUB(RS_LOOKUP, rs_lookup)

static struct agent a, b;

/* Where RS says that a service runs. */
static endpoint_t
where(const char *label)
{
	struct rs_lookup_req req = { .label = "" };
	struct rs_lookup_rep rep = { .ep = NONE };

	strncpy(req.label, label, sizeof req.label - 1);
	return call_rs_lookup(RS_PROC_NR, &req, &rep) == OK ? rep.ep : NONE;
}

/* From a label to its endpoint, and back. */
static void
there_and_back(const char *label)
{
	endpoint_t ep = where(label);

	rule_case(OK, agent_retrieve(&a, label, DSF_TYPE_LABEL), "%s", label);
	rule_number((uint32_t)ep, (uint32_t)a.op.got.ep, "endpoint of %s",
	    label);
	agent_prepare(&a, DS_RETRIEVE_LABEL, "", 0)->owner = ep;
	rule_case(OK, agent_do(&a), "label of %d", (int)ep);
	rule_text(label, a.op.name, "label of %d", (int)ep);
}

/* Labels are found as labels, and by their whole names. */
static void
not_labels(void)
{
	agent_prepare(&a, DS_RETRIEVE_LABEL, "", 0)->owner = NONE;
	rule_case(-ESRCH, agent_do(&a), "the label of NONE");
	rule_case(-ESRCH, agent_retrieve(&a, "vfs", U32), "vfs as a number");
	rule_case(-ESRCH, agent_retrieve(&a, "vf", DSF_TYPE_LABEL), "vf");
	rule_case(-ESRCH, agent_retrieve(&a, "vfsx", DSF_TYPE_LABEL), "vfsx");
}

/* Every restriction, both types, by the one that goes and by the other. */
static void
publish(struct agent *who, const char *what)
{
	unsigned int i;

	for (i = 0; i < COUNT; i++) {
		(void)kind_put(who, U32, key_of(what, i), i, restrictions(i));
		(void)kind_put(who, STR, key_of(what, i), i, restrictions(i));
	}
	(void)agent_run(who);
	for (i = 0; i < 2 * COUNT; i++)
		rule_case(OK, who->list[i].result, "publishing");
}

static void
look(const char *what, int want, const char *text)
{
	unsigned int i;

	for (i = 0; i < COUNT; i++) {
		(void)kind_get(&a, U32, key_of(what, i));
		(void)kind_get(&a, STR, key_of(what, i));
	}
	(void)agent_run(&a);
	for (i = 0; i < 2 * COUNT; i++)
		rule_case(want,
		    kind_is(&a.list[i], i % 2 == 0 ? U32 : STR, i / 2),
		    "an entry of %s", text);
}

int
main(int argc, char **argv)
{
	static const char *const labels[] = { "rs", "pm", "vfs", "vm", "ds",
		"tty", "memory", "log", "ata", "ext2", "pipe", "label.a",
		"label.b" };
	static struct store store;
	endpoint_t last;
	size_t i;

	agents_open(argc, argv, "ds-label", &a, &b);
	rule("labels");
	for (i = 0; i < sizeof labels / sizeof labels[0]; i++)
		there_and_back(labels[i]);
	not_labels();
	rule_end();
	rule("published");
	publish(&b, "mine");
	publish(&a, "others");
	rule_end();
	last = b.ep;
	(void)report_status("stop", agent_stop_seen(&b, &a));
	agent_prepare(&a, DS_RETRIEVE_LABEL, "", 0)->owner = last;
	(void)report_status("endpoint-gone", agent_do(&a));
	rule("gone");
	look("mine", -ESRCH, "a service that has gone");
	rule_end();
	rule("others");
	look("others", OK, "another service");
	rule_end();
	store_look(&a, &store);
	(void)report_obs("listed", "%u", store_entries(&store));
	return agents_close(&a, NULL);
}
