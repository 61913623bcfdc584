/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Services for the soak. The one labelled "soak-host" serves: it copies and
 * maps what it is granted. Others are guests: they publish, grant, let the
 * host copy and map, take some of it back, and end with the rest in use, by
 * exit, or (argument "crash") in another way. What guests leave behind is for
 * the system to clear.
 */
#include <lacuna/ds.h>
#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <lacuna/printf.h>
#include <lacuna/safecopies.h>
#include <lacuna/server.h>
#include <lacuna/syslib.h>
#include <lacuna/sysmap.h>

#define HOST    "soak-host"
#define PAGES   12 /* of a range that is copied or mapped */
#define BYTES   (PAGES * PAGE_SIZE)
#define WINDOWS 4
#define KEYS    6
#define ROUNDS  10

enum {
	SOAK_COPY = 0x7000,
	SOAK_MAP,
	SOAK_UNMAP
};

struct soak_req {
	cp_grant_id_t gid;
	int32_t window; /* which of the host's */
	int32_t writable;
};

static uint8_t arena[BYTES] __attribute__((aligned(PAGE_SIZE)));
static uint8_t windows[WINDOWS][BYTES] __attribute__((aligned(PAGE_SIZE)));
static bool guest, crash, ranges;

/* End with a status and a word on why, unless r is OK. */
static void
must(int r, const char *what)
{
	if (r == OK)
		return;
	printf("soak-agent: %s: %d\n", what, r);
	sef_exit(1);
}

/* Take the guest's bytes, give them back changed. */
static int
host_copy(endpoint_t who, const struct soak_req *req)
{
	uint8_t *w = windows[req->window];
	int r;

	(void)sys_safeunmap(vir_addr(w)); /* it may still show something */
	r = sys_safecopyfrom(who, req->gid, 0, vir_addr(w), BYTES);
	if (r != OK)
		return r;
	w[0]++;
	w[BYTES - 1]++;
	return sys_safecopyto(who, req->gid, 0, vir_addr(w), BYTES);
}

static int
host_map(endpoint_t who, const struct soak_req *req)
{
	uint8_t *w = windows[req->window];
	int r;

	(void)sys_safeunmap(vir_addr(w)); /* of a guest that is gone */
	r = sys_safemap(who, req->gid, 0, vir_addr(w), BYTES, req->writable);
	if (r == OK && req->writable)
		w[PAGE_SIZE] = 77; /* both of us see that */
	return r;
}

static void
host_request(const struct message *m, int status)
{
	struct soak_req req;
	int r = -ENOSYS;

	if (IPC_STATUS_CALL(status) != SENDREC)
		return;
	memcpy(&req, m->m_body, sizeof req);
	if (req.window < 0 || req.window >= WINDOWS)
		r = -EINVAL;
	else if (m->m_type == SOAK_COPY)
		r = host_copy(m->m_source, &req);
	else if (m->m_type == SOAK_MAP)
		r = host_map(m->m_source, &req);
	else if (m->m_type == SOAK_UNMAP)
		r = sys_safeunmap(vir_addr(windows[req.window]));
	server_reply(m->m_source, r, NULL, 0);
}

static int
ask(endpoint_t host, int type, const struct soak_req *req)
{
	return msg_call(host, type, req, sizeof *req, NULL, 0);
}

/* Copies there and back. */
static void
guest_copies(endpoint_t host, int round)
{
	struct soak_req req = { .window = round % WINDOWS };

	memset(arena, round, BYTES);
	req.gid = cpf_grant_direct(host, vir_addr(arena), BYTES,
	    CPF_READ | CPF_WRITE);
	must(GRANT_VALID(req.gid) ? OK : req.gid, "grant");
	must(ask(host, SOAK_COPY, &req), "copy");
	must(arena[0] == (uint8_t)(round + 1) &&
		    arena[BYTES / 2] == (uint8_t)round &&
		    arena[BYTES - 1] == (uint8_t)(round + 1)
		? OK
		: -EIO,
	    "copied bytes");
	if (round % 3 != 0) /* the others are left */
		must(cpf_revoke(req.gid), "revoke");
}

/* Mappings: ended by this side, by the other, or by the end of all. */
static void
guest_maps(endpoint_t host, int round)
{
	struct soak_req req = { .window = round % WINDOWS,
		.writable = round & 1 };
	int r;

	req.gid = cpf_grant_direct(host, vir_addr(arena), BYTES,
	    CPF_READ | CPF_MAP | (req.writable ? CPF_WRITE : 0));
	must(GRANT_VALID(req.gid) ? OK : req.gid, "map grant");
	r = ask(host, SOAK_MAP, &req);
	if (r == -ENOSYS) { /* a kernel that cannot */
		(void)cpf_revoke(req.gid);
		return;
	}
	must(r, "map");
	if (req.writable)
		must(arena[PAGE_SIZE] == 77 ? OK : -EIO, "mapped bytes");
	if (round % 4 == 0)
		must(cpf_revoke(req.gid), "revoke of a map");
	else if (round % 4 == 1)
		must(ask(host, SOAK_UNMAP, &req), "unmap");
}

/* Entries of the data store: some deleted, the others left. */
static void
guest_store(int round)
{
	char key[DS_MAX_KEYLEN];
	uint32_t value = 0;
	endpoint_t self;
	int i;

	must(sys_whoami(&self, NULL, NULL), "whoami");
	for (i = 0; i < KEYS; i++) {
		snprintf(key, sizeof key, "soak.%d.%d", self, i);
		must(ds_publish_u32(key, (uint32_t)round, DSF_OVERWRITE),
		    "publish");
		must(ds_publish_str(key, "soak", DSF_OVERWRITE), "publish");
		must(ds_retrieve_u32(key, &value), "retrieve");
		must(value == (uint32_t)round ? OK : -EIO, "value");
		if (i % 2 == round % 2)
			must(ds_delete_u32(key), "delete");
	}
	must(ds_subscribe("soak\\..*", DSF_TYPE_U32 | DSF_OVERWRITE),
	    "subscribe");
}

/* Ranges in the data store, copied and mapped; the last ones are left. */
static void
guest_ranges(int round)
{
	static uint8_t shared[2 * PAGE_SIZE] __attribute__((aligned(4096)));
	static uint8_t view[2 * PAGE_SIZE] __attribute__((aligned(4096)));
	size_t n = sizeof view;
	char key[DS_MAX_KEYLEN];
	endpoint_t self;
	int r, nr = -1;

	must(sys_whoami(&self, NULL, NULL), "whoami");
	snprintf(key, sizeof key, "soak.%d", self);
	(void)sys_safeunmap(vir_addr(view)); /* of the last round */
	must(ds_publish_mem(key, arena, 5000, DSF_OVERWRITE), "publish mem");
	must(ds_retrieve_mem(key, view, &n), "retrieve mem");
	must(n == 5000 && memcmp(view, arena, n) == 0 ? OK : -EIO, "mem");
	if (round % 2 == 0)
		must(ds_delete_mem(key), "delete mem");
	if (round % 3 == 0) {
		r = ds_publish_map(key, shared, sizeof shared, 0);
		ranges = r != -ENOTSUP; /* that is a kernel that cannot */
		if (ranges)
			must(r, "publish map");
	}
	if (!ranges)
		return;
	shared[PAGE_SIZE] = (uint8_t)round;
	n = sizeof view;
	must(ds_retrieve_map(key, view, &n, 0, DSMF_MAP_MAPPED), "map map");
	must(view[PAGE_SIZE] == (uint8_t)round ? OK : -EIO, "mapped range");
	must(ds_snapshot_map(key, &nr), "snapshot");
	shared[PAGE_SIZE]++;
	if (round % 3 == 1)
		must(sys_safeunmap(vir_addr(view)), "unmap map");
	if (round % 3 == 2)
		must(ds_delete_map(key), "delete map");
}

static void
guest_work(clock_ticks now)
{
	volatile uint8_t *volatile nowhere = NULL;
	endpoint_t host;
	int i;

	(void)now;
	must(ds_retrieve_label_endpt(HOST, &host), "host");
	for (i = 0; i < ROUNDS; i++) {
		guest_copies(host, i);
		guest_maps(host, i);
		guest_store(i);
		guest_ranges(i);
	}
	if (crash)
		*nowhere = 1;
	sef_exit(0);
}

static int
init(int type, const struct sef_init_info *info)
{
	(void)type, (void)info;
	return guest ? sys_setalarm(1, NULL) : OK;
}

int
main(int argc, char *argv[])
{
	static const struct server agent = {
		.name = "soak-agent",
		.init_fresh = init,
		.init_restart = init,
		.alarm = guest_work,
		.other = host_request,
	};

	guest = argc > 1;
	crash = guest && strcmp(argv[1], "crash") == 0;
	return server_run(&agent);
}
