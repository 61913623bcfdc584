/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Users do not reach the data store: not directly, and through IS only the
 * superuser, whose nonsense harms nobody. Proves A3.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <lacuna/msgcall.h>
#include <proto/is.h>
#include <proto/rs.h>

#include "test/program/program.h"

PROTO_STUB(RS_LOOKUP, rs_lookup)

static endpoint_t is;

static int
ask(int type, vir_bytes at)
{
	struct is_ds_req req = { at };

	return msg_call(is, type, &req, sizeof req, NULL, 0);
}

/* Directly: DS takes no messages of users. */
static void
directly(void)
{
	struct ds_publish_req req = { .flags = DSF_TYPE_U32 };
	int type;

	for (type = DS_BEFORE_FIRST; type <= DS_END; type++)
		CHECK(msg_call(DS_PROC_NR, type, &req, sizeof req, NULL, 0) ==
		    -ECALLDENIED);
}

/* As an ordinary user. */
static int
ordinary(void)
{
	struct is_ds d;
	int type, bad = 0;

	memset(&d, 0, sizeof d);
	if (setuid(100) != 0)
		return 100;
	for (type = IS_DS_LIST; type <= IS_DS_DELETE; type++)
		bad += ask(type, (vir_bytes)(uintptr_t)&d) != -EPERM;
	return bad;
}

/* Requests that are no memory, no types, no keys. */
static void
nonsense(void)
{
	static const vir_bytes wild[] = { 0, 1, 0x7fffffff, 0xc0000000,
		0xfffffff0 };
	struct is_ds d;
	size_t i;
	int type;

	for (i = 0; i < sizeof wild / sizeof wild[0]; i++)
		for (type = IS_DS_LIST; type <= IS_DS_DELETE; type++)
			CHECK(ask(type, wild[i]) == -EFAULT);
	for (type = IS_DS_GET; type <= IS_DS_DELETE; type++) {
		memset(&d, 0xff, sizeof d);
		CHECK(ask(type, (vir_bytes)(uintptr_t)&d) < 0);
		memset(&d, 0, sizeof d);
		CHECK(ask(type, (vir_bytes)(uintptr_t)&d) < 0);
	}
	memset(&d, 0, sizeof d);
	d.next = ~0u;
	CHECK(ask(IS_DS_LIST, (vir_bytes)(uintptr_t)&d) == -ENOENT);
	strcpy(d.info.key, "users.m");
	d.info.flags = DSF_TYPE_MEM;
	d.length = ~0u;
	CHECK(ask(IS_DS_SET, (vir_bytes)(uintptr_t)&d) == -E2BIG);
	d.length = 5000;
	CHECK(ask(IS_DS_SET, (vir_bytes)(uintptr_t)&d) == -EFAULT);
	CHECK(ask(IS_DS_GET, (vir_bytes)(uintptr_t)&d) == -ESRCH);
}

int
main(int argc, char **argv)
{
	struct rs_lookup_req where = { "is" };
	struct rs_lookup_rep rep = { .ep = NONE };

	(void)report_begin("ds-users", argc > 1 ? argv[1] : NULL);
	CHECK(call_rs_lookup(RS_PROC_NR, &where, &rep) == OK);
	is = rep.ep;
	directly();
	CHECK(child(ordinary) == 0);
	nonsense();
	CHECK(system_alive());
	return report_end();
}
