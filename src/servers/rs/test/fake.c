/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See servers/rs/test/fake.h. */
#include "servers/rs/test/fake.h"

#include <abi/signal.h>
#include <lacuna/asynsend.h>
#include <lacuna/printf.h>
#include <lacuna/safecopies.h>
#include <lacuna/server.h>
#include <lacuna/syslib.h>
#include <proto/pm_srv.h>
#include <proto/sef.h>

#include "servers/rs/death.h"
#include "servers/rs/init.h"
#include "servers/rs/request.h"
#include "servers/rs/rs.h"
#include "servers/rs/supervise.h"
#include "servers/rs/update.h"

#define BOOK      8192
#define FIRST     40 /* slot of processes that PM makes */
#define NR_SLOTS  20
#define SELF_ADDR 0x1000u

enum event {
	SENT,
	NOTIFIED,
	REPLIED,
	ALLOWED,
	KILLED
};

clock_ticks fake_now, fake_alarm;
int fake_fork_status, fake_exec_status, fake_allow_status;
char fake_panic[128];
struct rs_init_msg fake_init;
struct rs_lu_msg fake_lu;

static struct {
	enum event event;
	endpoint_t ep;
	int what;
} book[BOOK];

static size_t pages;
static int made; /* processes so far */
static struct rs_start start;
static jmp_buf panicked;
static bool may_panic;

static void
note(enum event event, endpoint_t ep, int what)
{
	assert_true(pages < BOOK);
	book[pages].event = event;
	book[pages].ep = ep;
	book[pages++].what = what;
}

/* Lines of the book; the last one's number, or -1, in *last. */
static int
count(enum event event, endpoint_t ep, const int *what, int *last)
{
	size_t i;
	int n = 0;

	for (i = 0; i < pages; i++) {
		if (book[i].event != event || book[i].ep != ep ||
		    (what != NULL && book[i].what != *what))
			continue;
		n++;
		if (last != NULL)
			*last = book[i].what;
	}
	return n;
}

int
sent(endpoint_t ep, int type)
{
	return count(SENT, ep, &type, NULL);
}

int
notified(endpoint_t ep)
{
	return count(NOTIFIED, ep, NULL, NULL);
}

int
replies(endpoint_t ep)
{
	return count(REPLIED, ep, NULL, NULL);
}

int
reply_status(endpoint_t ep)
{
	int last = 12345; /* no status */

	(void)count(REPLIED, ep, NULL, &last);
	return last;
}

int
allowed(endpoint_t ep)
{
	return count(ALLOWED, ep, NULL, NULL);
}

int
killed(endpoint_t ep)
{
	return count(KILLED, ep, NULL, NULL);
}

int
fake_begin(void **state)
{
	struct rproc *rp;

	(void)state;
	for (rp = rproc; rp < &rproc[NR_SYS_PROCS]; rp++)
		if (rp->flags & RF_IN_USE)
			rproc_free(rp);
	fake_now = 1000;
	fake_fork_status = fake_exec_status = fake_allow_status = OK;
	fake_panic[0] = '\0';
	pages = 0;
	made = 0;
	rs_shutting_down = false;
	supervise_start();
	return 0;
}

/* The kernel. */

int
getticks(clock_ticks *ticks)
{
	*ticks = fake_now;
	return OK;
}

uint32_t
sys_hz(void)
{
	return HZ;
}

int
sys_setalarm(clock_ticks ticks, clock_ticks *left)
{
	(void)left;
	fake_alarm = fake_now + ticks;
	return OK;
}

int
sys_privctl(endpoint_t ep, int request, const void *arg)
{
	(void)arg;
	if (request != SYS_PRIV_ALLOW)
		return OK;
	if (fake_allow_status == OK)
		note(ALLOWED, ep, 0);
	return fake_allow_status;
}

int
sys_getprivid(int *id, endpoint_t ep)
{
	*id = endpoint_slot(ep) % NR_SYS_PROCS;
	return OK;
}

/* Copies are of one structure only: what a client says of a service. */
int
sys_vircopy(endpoint_t src, vir_bytes src_addr, endpoint_t dst,
    vir_bytes dst_addr, size_t bytes, uint32_t flags)
{
	const uintptr_t upper = (uintptr_t)&start >> 16 >> 16;

	(void)src, (void)src_addr, (void)dst, (void)flags;
	memcpy((void *)(upper << 16 << 16 | dst_addr), &start, bytes);
	return OK;
}

/* PM's part of a message: the numbers of processes are those of slots. */
static int
pm_answer(struct message *m)
{
	struct pm_srv_fork_rep rep;
	struct pm_getepinfo_req who;
	struct pm_getepinfo_rep info = { .pid = -1 };
	struct pm_srv_kill_req kill;

	switch (m->m_type) {
	case PM_SRV_FORK:
		rep.pid = 1000 + made;
		rep.ep =
		    endpoint_make(made / NR_SLOTS, FIRST + made % NR_SLOTS);
		memcpy(m->m_body, &rep, sizeof rep);
		if (fake_fork_status == OK)
			made++;
		return fake_fork_status;
	case PM_GETEPINFO:
		memcpy(&who, m->m_body, sizeof who);
		info.pid = endpoint_slot(who.ep);
		info.euid = who.ep == STRANGER ? 7 : 0;
		memcpy(m->m_body, &info, sizeof info);
		return OK;
	case PM_SRV_KILL:
		memcpy(&kill, m->m_body, sizeof kill);
		note(KILLED,
		    kill.pid < 1000
			? kill.pid
			: endpoint_make((kill.pid - 1000) / NR_SLOTS,
			      FIRST + (kill.pid - 1000) % NR_SLOTS),
		    0);
		return OK;
	default:
		fail_msg("PM does not know %#x", (unsigned)m->m_type);
		return -ENOSYS;
	}
}

int
ipc_trap(int primitive, int peer, void *arg, int *status)
{
	struct message *m = arg;

	*status = 0;
	if (primitive == NOTIFY) {
		note(NOTIFIED, peer, 0);
		return OK;
	}
	assert_int_equal(primitive, SENDREC);
	m->m_type = peer == PM_PROC_NR ? pm_answer(m) : OK;
	return OK;
}

int
asynsend3(endpoint_t dst, const struct message *m, uint32_t flags)
{
	(void)flags;
	note(SENT, dst, m->m_type);
	if (m->m_type == RS_INIT)
		memcpy(&fake_init, m->m_body, sizeof fake_init);
	if (m->m_type == RS_LU_PREPARE)
		memcpy(&fake_lu, m->m_body, sizeof fake_lu);
	return OK;
}

cp_grant_id_t
cpf_grant_direct(endpoint_t who_to, vir_bytes addr, size_t bytes, int access)
{
	(void)who_to, (void)addr, (void)bytes, (void)access;
	return 1;
}

void
server_reply(endpoint_t to, int status, const void *rep, size_t size)
{
	(void)rep, (void)size;
	note(REPLIED, to, status);
}

_Noreturn void
panic(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(fake_panic, sizeof fake_panic, fmt, ap);
	va_end(ap);
	if (!may_panic)
		fail_msg("panic: %s", fake_panic);
	longjmp(panicked, 1);
}

bool
panics(void (*doing)(void))
{
	may_panic = true;
	if (setjmp(panicked) == 0) {
		doing();
		may_panic = false;
		return false;
	}
	may_panic = false;
	return true;
}

/* Programs. */

int
image_copy(struct image *image, endpoint_t ep, vir_bytes addr, uint32_t size)
{
	(void)ep, (void)addr;
	image->size = size;
	return OK;
}

void
image_free(struct image *image)
{
	image->size = 0;
}

int
image_exec(const struct image *image, endpoint_t ep, const char *name,
    const char *args)
{
	(void)image, (void)ep, (void)name, (void)args;
	return fake_exec_status;
}

/* What others do. */

static void
answered(endpoint_t who, int r)
{
	if (r != EDONTREPLY)
		note(REPLIED, who, r);
}

static void
start_set(const char *label)
{
	memset(&start, 0, sizeof start);
	start.image_size = 1;
	strlcpy(start.path, "/bin/x", sizeof start.path);
	strlcpy(start.label, label, sizeof start.label);
}

static void
start_ask(endpoint_t who)
{
	struct rs_up_req req = { .start = SELF_ADDR, .size = sizeof start };
	struct rs_up_rep rep;

	answered(who, do_rs_up(who, &req, &rep));
}

void
up(endpoint_t who, const char *label, unsigned flags, clock_ticks period)
{
	start_set(label);
	start.flags = flags;
	start.period = period;
	start_ask(who);
}

void
drive(endpoint_t who, const char *label, int32_t major, uint32_t dev_flags)
{
	start_set(label);
	start.major = major;
	start.dev_flags = dev_flags;
	start_ask(who);
}

void
down(endpoint_t who, const char *label)
{
	struct rs_down_req req;

	strlcpy(req.label, label, sizeof req.label);
	answered(who, do_rs_down(who, &req, NULL));
}

void
refresh(endpoint_t who, const char *label)
{
	struct rs_refresh_req req;

	strlcpy(req.label, label, sizeof req.label);
	answered(who, do_rs_refresh(who, &req, NULL));
}

void
restart(endpoint_t who, const char *label)
{
	struct rs_restart_req req;
	struct rs_restart_rep rep;

	strlcpy(req.label, label, sizeof req.label);
	answered(who, do_rs_restart(who, &req, &rep));
}

void
update(endpoint_t who, const char *label, int state, clock_ticks max)
{
	struct rs_update_req req = { .state = state, .max_ticks = max };

	strlcpy(req.label, label, sizeof req.label);
	answered(who, do_rs_update(who, &req, NULL));
}

struct rproc *
service(const char *label, clock_ticks period)
{
	struct rproc *rp;

	up(ROOT, label, 0, period);
	rp = rproc_by_label(label);
	assert_non_null(rp);
	report(rp->pub->endpoint, OK);
	assert_status(reply_status(ROOT), OK);
	return rp;
}

void
report(endpoint_t ep, int result)
{
	struct rs_init_msg init = { .result = result };
	struct message m = { .m_source = ep, .m_type = RS_INIT };

	memcpy(m.m_body, &init, sizeof init);
	init_report(&m, SENDREC);
}

void
leave(endpoint_t ep, int status)
{
	struct rs_exit_msg end = { .status = status };
	struct message m = { .m_source = ep, .m_type = RS_EXIT };

	memcpy(m.m_body, &end, sizeof end);
	death_exit(&m);
}

void
crash(endpoint_t ep)
{
	(void)death_signal(ep, SIGSEGV);
}

void
prepared(endpoint_t ep, int result)
{
	struct rs_lu_msg lu = fake_lu;
	struct message m = { .m_source = ep, .m_type = RS_LU_PREPARE };

	lu.result = result;
	memcpy(m.m_body, &lu, sizeof lu);
	update_report(&m, SENDREC);
}

void
pass(clock_ticks ticks)
{
	clock_ticks alarm;

	for (; ticks > 0; ticks--) {
		fake_now++;
		alarm = fake_alarm;
		if (alarm == fake_now)
			supervise(fake_now);
	}
}
