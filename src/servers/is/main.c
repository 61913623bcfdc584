/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The Information Server: prints a table on each function key. What the
 * kernel, RS and VM know it fetches itself; other services it asks to print
 * their state, which SEF does for them. Whoever asks gets figures.
 */
#include <lacuna/server.h>

#include <lacuna/asynsend.h>
#include <lacuna/ds.h>
#include <lacuna/sef_lu.h>

#include "servers/is/is.h"

/* One key: a table of our own, or the service to ask. */
static const struct {
	const char *what;
	void (*print)(void);
	const char *service; /* its label */
} keys[] = {
	{ "processes", processes_print, NULL },
	{ "services", services_print, NULL },
	{ "memory", memory_print, NULL },
	{ "counters", counters_print, NULL },
	{ "privileges", privileges_print, NULL },
	{ "data store", NULL, "ds" },
	{ "VFS", NULL, "vfs" },
	{ "PM", NULL, "pm" },
	{ "VM", NULL, "vm" },
	{ "RS", NULL, "rs" },
	{ "root file system", NULL, "ext2" },
	{ "mappings", mappings_print, NULL },
};

#define KEYS ((int)(sizeof keys / sizeof keys[0]))

/* Ask a service to print its state. */
static void
dump_request(const char *label)
{
	struct message m;
	endpoint_t ep;
	int r;

	r = ds_retrieve_label_endpt(label, &ep);
	if (r != OK) {
		printf("is: where is %s? %d\n", label, r);
		return;
	}
	memset(&m, 0, sizeof m);
	m.m_type = IS_DUMP;
	(void)asynsend3(ep, &m, AMF_NOREPLY); /* it may die: no dump then */
}

/* Print the table of a key; a key without one prints what there is. */
static void
on_key(int key)
{
	int i;

	if (key >= 1 && key <= KEYS) {
		printf("-- F%d: %s --\n", key, keys[key - 1].what);
		if (keys[key - 1].print != NULL)
			keys[key - 1].print();
		else
			dump_request(keys[key - 1].service);
		return;
	}
	for (i = 0; i < KEYS; i++)
		printf("F%d %s  ", i + 1, keys[i].what);
	printf("\n");
}

/* Only services can send without waiting, so this comes from one. */
static void
on_other(const struct message *m, int status)
{
	struct is_key_msg key;

	if (IPC_STATUS_CALL(status) == SENDREC) {
		server_reply(m->m_source, -ENOSYS, NULL, 0);
	} else if (m->m_type == IS_KEY) {
		memcpy(&key, m->m_body, sizeof key);
		on_key(key.key);
	}
}

IS_CALLS(PROTO_UNPACK)

static const struct call_entry calls[] = { IS_CALLS(PROTO_ENTRY) };

static const struct server is_server = {
	.name = "is",
	.base = IS_USAGE,
	.ncalls = sizeof calls / sizeof calls[0],
	.calls = calls,
	.init_restart = sef_cb_init_null,
	.other = on_other,
};

int
main(void)
{
	/* Nothing here outlives a request. */
	sef_setcb_lu_state_isvalid(sef_cb_lu_state_isvalid_standard);
	return server_run(&is_server);
}
