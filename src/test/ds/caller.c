/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A service that uses the whole of <lacuna/ds.h>: see test/ds/library.h. It
 * only does and tells; what should come of it is said in the program.
 */
#include <lacuna/ds.h>

#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <lacuna/safecopies.h>
#include <lacuna/server.h>
#include <lacuna/syslib.h>
#include <proto/rs.h>

#include "test/ds/library.h"
#include "test/service/nameless.h"
#include "test/service/owner.h"

#define PAGE 4096

PROTO_STUB(RS_LOOKUP, rs_lookup)

static struct owner owner;
static struct library_report report;
static uint8_t range[PAGE] __attribute__((aligned(PAGE)));
static uint8_t window[PAGE] __attribute__((aligned(PAGE)));
static char text[2 * PAGE];

/* Note what came of a step. */
static void
step(const char *name, int result)
{
	struct library_step *s = &report.step[report.steps];

	if (report.steps == LIBRARY_STEPS)
		return;
	strlcpy(s->name, name, sizeof s->name);
	s->result = result;
	report.steps++;
}

static void
numbers(void)
{
	uint32_t n = 77;

	step("u32 missing", ds_retrieve_u32("lib.u", &n));
	step("u32 untouched", (int)n);
	step("u32 publish", ds_publish_u32("lib.u", 1234, 0));
	step("u32 retrieve", ds_retrieve_u32("lib.u", &n));
	step("u32 value", (int)n);
	step("u32 again", ds_publish_u32("lib.u", 4321, 0));
	step("u32 overwrite", ds_publish_u32("lib.u", 4321, DSF_OVERWRITE));
	step("u32 retrieve new", ds_retrieve_u32("lib.u", &n));
	step("u32 new value", (int)n);
	step("u32 delete", ds_delete_u32("lib.u"));
	step("u32 gone", ds_retrieve_u32("lib.u", &n));
	step("u32 still untouched", (int)n);
	step("empty key", ds_publish_u32("", 1, 0));
}

static void
strings(void)
{
	char s[DS_MAX_STRLEN] = "before";

	step("str publish", ds_publish_str("lib.s", "little", 0));
	step("str too long", ds_publish_str("lib.t", "a long, long string", 0));
	step("str short of room", ds_retrieve_str("lib.s", s, 6));
	step("str untouched", strcmp(s, "before"));
	step("str retrieve", ds_retrieve_str("lib.s", s, sizeof s));
	step("str value", strcmp(s, "little"));
	step("str delete", ds_delete_str("lib.s"));
	step("str gone", ds_retrieve_str("lib.s", s, sizeof s));
}

static void
labels(void)
{
	char name[DS_MAX_KEYLEN] = "";
	endpoint_t ep = NONE;
	uint32_t num = 0;

	step("label retrieve", ds_retrieve_label_endpt("vfs", &ep));
	step("label value", ep);
	step("label number", ds_retrieve_label_num("vfs", &num));
	step("label number value", (int)num);
	step("label name", ds_retrieve_label_name(name, VFS_PROC_NR));
	step("label name value", strcmp(name, "vfs"));
	step("label nobody", ds_retrieve_label_name(name, INIT_PROC_NR));
	step("label missing", ds_retrieve_label_endpt("nobody", &ep));
	step("label untouched", ep);
	step("label publish", ds_publish_label("me", VFS_PROC_NR, 0));
	step("label delete", ds_delete_label("vfs"));
}

static void
values(void)
{
	numbers();
	strings();
	labels();
}

/* Do all bytes have a value? */
static int
all(const void *p, int byte, size_t n)
{
	const uint8_t *at = p;

	while (n > 0 && *at == (uint8_t)byte)
		at++, n--;
	return n == 0;
}

static void
memory(void)
{
	size_t len = sizeof text;

	memset(range, 'a', sizeof range);
	step("mem missing", ds_retrieve_mem("lib.m", text, &len));
	step("mem untouched", (int)len);
	step("mem publish", ds_publish_mem("lib.m", range, 21, 0));
	len = 100;
	step("mem retrieve", ds_retrieve_mem("lib.m", text, &len));
	step("mem length", (int)len);
	step("mem bytes", all(text, 'a', 21));
	len = 8;
	memset(text, 0, sizeof text);
	step("mem part", ds_retrieve_mem("lib.m", text, &len));
	step("mem part length", (int)len);
	step("mem part bytes", all(text, 'a', 8) && text[8] == 0);
	memset(range, 'b', sizeof range);
	step("mem overwrite",
	    ds_publish_mem("lib.m", range, PAGE, DSF_OVERWRITE));
	step("mem too long",
	    ds_publish_mem("lib.m", range, DS_MAX_MEMLEN + 1, DSF_OVERWRITE));
	step("mem nowhere",
	    ds_publish_mem("lib.m", NULL, 2 * PAGE, DSF_OVERWRITE));
	len = sizeof text;
	step("mem retrieve new", ds_retrieve_mem("lib.m", text, &len));
	step("mem new length", (int)len);
	step("mem new bytes", all(text, 'b', PAGE));
	step("mem delete", ds_delete_mem("lib.m"));
	step("mem gone", ds_retrieve_mem("lib.m", text, &len));
}

/* What the library refuses, or DS. */
static void
maps_refused(void)
{
	size_t len = PAGE;
	int nr = -7;

	step("map odd length", ds_publish_map("lib.p", range, 100, 0));
	step("map odd address", ds_publish_map("lib.p", range + 1, PAGE, 0));
	step("map overwrite",
	    ds_publish_map("lib.p", range, PAGE, DSF_OVERWRITE));
	step("map missing",
	    ds_retrieve_map("lib.p", text, &len, 0, DSMF_COPY_MAPPED));
	step("map no snapshot", ds_snapshot_map("lib.p", &nr));
	step("map untouched", nr);
}

static int
copy_of(int nr, int flags)
{
	size_t len = sizeof text;
	int r = ds_retrieve_map("lib.p", text, &len, nr, flags);

	return r == OK && len != PAGE ? -1 : r;
}

static void
maps_copied(void)
{
	int nr = -7;

	memset(range, 1, PAGE);
	step("map publish", ds_publish_map("lib.p", range, PAGE, 0));
	step("map again", ds_publish_map("lib.p", range, PAGE, 0));
	step("map snapshot", ds_snapshot_map("lib.p", &nr));
	step("map snapshot number", nr);
	memset(range, 2, PAGE);
	step("map live copy", copy_of(0, DSMF_COPY_MAPPED));
	step("map live bytes", all(text, 2, PAGE));
	step("map snapshot copy", copy_of(0, DSMF_COPY_SNAPSHOT));
	step("map snapshot bytes", all(text, 1, PAGE));
	step("map wrong snapshot", copy_of(1, DSMF_COPY_SNAPSHOT));
	step("map no mode", copy_of(0, 0));
}

static void
maps_mapped(void)
{
	size_t len = 100;

	step("map no room",
	    ds_retrieve_map("lib.p", window, &len, 0, DSMF_MAP_MAPPED));
	len = PAGE + 100;
	step("map live",
	    ds_retrieve_map("lib.p", window, &len, 0, DSMF_MAP_MAPPED));
	step("map live length", (int)len);
	memset(range, 3, PAGE);
	step("map follows", all(window, 3, PAGE));
	step("map delete", ds_delete_map("lib.p"));
	memset(range, 4, PAGE);
	step("map private", all(window, 3, PAGE));
	memset(window, 5, PAGE);
	step("map writable", all(window, 5, PAGE) && all(range, 4, PAGE));
	step("map unmap", sys_safeunmap(vir_addr(window)));
	step("map gone", copy_of(0, DSMF_COPY_MAPPED));
}

/* One check: what it says, and what it is about. */
static int
check(const char *key, int type)
{
	char name[DS_MAX_KEYLEN];
	int got = 0, r;
	endpoint_t ep;

	memset(name, '~', sizeof name); /* shows a missing NUL */
	r = ds_check(name, &got, &ep);
	if (r != OK)
		return r;
	return strcmp(name, key) == 0 && got == type ? OK : 1;
}

static void
events(void)
{
	uint32_t next = 0, seen = 0;
	struct ds_info info;

	step("nobody", check("", 0));
	step("bad expression", ds_subscribe("(", 0));
	step("subscribe", ds_subscribe("lib[.].*", DSF_INITIAL));
	step("twice", ds_subscribe("lib[.].*", 0));
	step("nothing", check("", 0));
	(void)ds_publish_u32("lib.x", 1, 0);
	(void)ds_publish_str("lib.y", "y", 0);
	step("first", check("lib.x", DSF_TYPE_U32));
	step("second", check("lib.y", DSF_TYPE_STR));
	(void)ds_delete_u32("lib.x");
	(void)ds_publish_str("lib.y", "z", DSF_OVERWRITE);
	step("deleted", check("lib.x", DSF_TYPE_U32 | DSF_DELETED));
	step("changed", check("lib.y", DSF_TYPE_STR));
	step("no more", check("", 0));
	while (ds_list(&info, &next) == OK)
		seen += strcmp(info.key, "lib.y") == 0;
	step("listed", (int)seen);
	step("end of list", ds_list(&info, &next));
	step("clean", ds_delete_str("lib.y"));
}

/* As who has no label: which calls, as bits, say what they should not? */
static int
nameless_calls(void)
{
	char name[DS_MAX_KEYLEN];
	struct ds_info info;
	uint32_t n = 0, next = 0;
	size_t len = PAGE;
	int bad = 0, nr;

	bad |= (ds_publish_u32("lib.n", 1, 0) != -EPERM) << 1;
	bad |= (ds_delete_u32("lib.open") != -EPERM) << 2;
	bad |= (ds_subscribe(".*", 0) != -ESRCH) << 3;
	bad |= (ds_check(name, NULL, NULL) != -ESRCH) << 4;
	bad |= (ds_retrieve_u32("lib.open", &n) != OK || n != 5) << 5;
	bad |= (ds_retrieve_u32("lib.closed", &n) != -EPERM) << 6;
	bad |= (ds_list(&info, &next) != -EPERM ||
		   ds_snapshot_map("lib.p", &nr) != -EPERM ||
		   ds_retrieve_map("lib.p", window, &len, 0, DSMF_MAP_MAPPED) !=
		       -EPERM)
	    << 7;
	return bad;
}

static void
without_label(void)
{
	step("open", ds_publish_u32("lib.open", 5, 0));
	step("closed", ds_publish_u32("lib.closed", 6, DSF_PRIV_RETRIEVE));
	step("range", ds_publish_map("lib.p", range, PAGE, DSF_PRIV_SNAPSHOT));
	step("nameless", nameless(nameless_calls));
	step("range deleted", ds_delete_map("lib.p"));
	step("closed deleted", ds_delete_u32("lib.closed"));
	step("open deleted", ds_delete_u32("lib.open"));
}

static void
restart(void)
{
	size_t len = PAGE;
	uint32_t n = 0;
	endpoint_t ep = NONE;

	step("lost", ds_retrieve_u32("lib.lost", &n));
	step("lost subscription", check("", 0));
	step("lost map",
	    ds_retrieve_map("lib.lost", text, &len, 0, DSMF_COPY_MAPPED));
	step("label kept", ds_retrieve_label_endpt("vfs", &ep));
	step("publish anew", ds_publish_u32("lib.lost", 2, 0));
	step("map anew", ds_publish_map("lib.lost", range, PAGE, 0));
	memset(range, 6, PAGE);
	step("copy anew",
	    ds_retrieve_map("lib.lost", text, &len, 0, DSMF_COPY_MAPPED));
	step("bytes anew", all(text, 6, PAGE));
	step("delete anew", ds_delete_map("lib.lost"));
	(void)ds_delete_u32("lib.lost");
}

#define ROUNDS  1000000 /* at most */
#define INSISTS 1000000 /* at most, too */
#define KEYS    6       /* keys of each type */

/** What DS has said yes to last. */
static struct {
	uint32_t number;
	uint8_t byte;
} told_yes[KEYS];

/* Do something until DS is there to do it. */
#define INSIST(r, call)                                                        \
	do {                                                                   \
		int tries = 0;                                                 \
                                                                               \
		do                                                             \
			(r) = (call);                                          \
		while ((r) == -EDEADSRCDST && ++tries < INSISTS);              \
	} while (0)

/* One round: what was stored in a round before is there, then store anew. */
static bool
round_works(uint32_t n)
{
	const uint32_t i = n % KEYS;
	char key[] = "lib.crash0";
	uint32_t number = 0;
	size_t len = sizeof text;
	int r;

	key[sizeof key - 2] = (char)('0' + i);
	INSIST(r, ds_retrieve_u32(key, &number));
	if (n >= KEYS && (r != OK || number != told_yes[i].number))
		return false;
	INSIST(r, ds_retrieve_mem(key, text, &len));
	if (n >= KEYS && (r != OK || !all(text, told_yes[i].byte, len)))
		return false;
	told_yes[i].number = n;
	told_yes[i].byte = (uint8_t)n;
	INSIST(r, ds_publish_u32(key, n, DSF_OVERWRITE));
	if (r != OK)
		return false;
	memset(text, (int)n, sizeof text);
	INSIST(r,
	    ds_publish_mem(key, text, 1 + n % sizeof text,
		DSF_OVERWRITE | DSF_PRIV_OVERWRITE));
	return r == OK;
}

/* Is DS another process than the last time? */
static bool
is_another(void)
{
	static endpoint_t last = NONE;
	struct rs_lookup_req req = { .label = "ds" };
	struct rs_lookup_rep rep;
	bool other;

	if (call_rs_lookup(RS_PROC_NR, &req, &rep) != OK)
		return false;
	other = last != NONE && rep.ep != last;
	last = rep.ep;
	return other;
}

/* Rounds through some lives of DS, with one subscription. */
static void
crashes(void)
{
	uint32_t n = 0, wrong = 0, told = 0;
	int r, lives = 0;

	INSIST(r, ds_subscribe("lib[.]crash.*", DSF_TYPE_U32 | DSF_OVERWRITE));
	step("subscribe", r);
	while (n < ROUNDS && lives < LIBRARY_KILLS) {
		wrong += !round_works(n++);
		INSIST(r, ds_check(text, NULL, NULL));
		told += r == OK;
		lives += is_another();
	}
	step("lives", lives);
	step("wrong", (int)wrong);
	step("not told", (int)(n - told));
}

static void
run(uint32_t what)
{
	report.steps = 0;
	switch (what) {
	case LIBRARY_VALUES:
		values();
		break;
	case LIBRARY_MEMORY:
		memory();
		break;
	case LIBRARY_MAPS:
		maps_refused();
		maps_copied();
		maps_mapped();
		break;
	case LIBRARY_EVENTS:
		events();
		/* What is to be lost in the next one. */
		(void)ds_publish_u32("lib.lost", 1, 0);
		(void)ds_publish_map("lib.lost", range, PAGE, 0);
		break;
	case LIBRARY_CRASHES:
		crashes();
		break;
	case LIBRARY_NAMELESS:
		without_label();
		break;
	default:
		restart();
	}
}

static void
on_tick(clock_ticks now)
{
	(void)now;
	if (owner_work(&owner, &report, sizeof report) == OK) {
		run(report.what);
		(void)owner_answer(&owner, &report, sizeof report);
	}
	(void)sys_setalarm(1, 0); /* arguments are right */
}

static int
init(int type, const struct sef_init_info *info)
{
	(void)type, (void)info;
	return sys_setalarm(1, 0);
}

static const struct server caller = {
	.name = "ds-caller",
	.init_fresh = init,
	.init_restart = init,
	.alarm = on_tick,
};

int
main(int argc, char **argv)
{
	owner_init(&owner, argc, argv);
	return server_run(&caller);
}
