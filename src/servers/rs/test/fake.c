/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See servers/rs/test/fake.h. */
#include "servers/rs/test/fake.h"

#include <abi/signal.h>
#include <lacuna/asynsend.h>
#include <lacuna/printf.h>
#include <lacuna/safecopies.h>
#include <lacuna/server.h>
#include <lacuna/syslib.h>
#include <proto/pm_rs.h>
#include <proto/sef.h>
#include <proto/vm.h>

#include "servers/rs/client.h"
#include "servers/rs/death.h"
#include "servers/rs/init.h"
#include "servers/rs/pm.h"
#include "servers/rs/rs.h"
#include "servers/rs/supervise.h"
#include "servers/rs/update.h"

#define BOOK      8192
#define FIRST     40 /* slot of processes that PM makes */
#define NR_SLOTS  20
#define SELF_ADDR 0x1000u
#define PM_QUEUE  256

enum event {
	SENT,
	NOTIFIED,
	REPLIED,
	ALLOWED,
	MADE_USER,
	KILLED
};

clock_ticks fake_now, fake_alarm;
int fake_image_status, fake_check_status, fake_freed;
int fake_map_status, fake_maps, fake_grants, fake_ended;
int fake_fork_status, fake_load_status, fake_exec_status, fake_kill_status,
    fake_priv_status, fake_vm_status, fake_allow_status;
bool fake_pm_silent;
char fake_panic[128];
struct rs_init_msg fake_init;
struct rs_lu_msg fake_lu;
endpoint_t fake_debugged = NONE;

static struct {
	enum event event;
	endpoint_t ep;
	int what;
} book[BOOK];

static struct message pm_queue[PM_QUEUE]; /* what PM has not answered */
static size_t pm_first, pm_count;
static size_t pages;
static int made; /* processes so far */
struct rs_work fake_work;
int fake_copy_status;

static struct rs_start wanted;
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
made_user(endpoint_t ep)
{
	return count(MADE_USER, ep, NULL, NULL);
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
	fake_map_status = OK;
	fake_now = 1000;
	fake_image_status = fake_check_status = OK;
	fake_fork_status = fake_load_status = fake_exec_status = OK;
	fake_kill_status = fake_priv_status = fake_vm_status = OK;
	fake_allow_status = fake_copy_status = OK;
	fake_pm_silent = false;
	pm_run(); /* what it has not answered before this test */
	for (rp = rproc; rp < &rproc[NR_SYS_PROCS]; rp++)
		if (rp->flags & RF_IN_USE)
			rproc_free(rp);
	fake_panic[0] = '\0';
	pages = 0;
	made = 0;
	rs_shutting_down = rs_going_down = false;
	fake_ended = 0;
	fake_debugged = NONE;
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
sys_getproc(struct proc_info *info, endpoint_t ep)
{
	info->rts_flags = ep == fake_debugged ? RTS_P_STOP : 0;
	return OK;
}

int
sys_privctl(endpoint_t ep, int request, const void *arg)
{
	(void)arg;
	if (request == SYS_PRIV_SET_USER && fake_priv_status == OK)
		note(MADE_USER, ep, 0);
	if (request != SYS_PRIV_ALLOW)
		return fake_priv_status;
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

/* The test goes on: what happens after the end is nothing. */
int
sys_abort(enum abort_how how)
{
	fake_ended = (int)how;
	rs_going_down = false;
	longjmp(panicked, 1);
}

/* Copies are of two structures only: what a client says of a service, and what
 * an agent is told. */
int
sys_vircopy(endpoint_t src, vir_bytes src_addr, endpoint_t dst,
    vir_bytes dst_addr, size_t bytes, uint32_t flags)
{
	const uintptr_t upper = (uintptr_t)&wanted >> 16 >> 16;

	(void)flags;
	if (src == SELF && dst != SELF) {
		if (fake_copy_status == OK)
			memcpy(&fake_work,
			    (void *)(upper << 16 << 16 | src_addr), bytes);
		return fake_copy_status;
	}
	memcpy((void *)(upper << 16 << 16 | dst_addr), &wanted, bytes);
	return OK;
}

/* Whom RS waits for: VM, and nobody else. */
/* VM's part: each map is somewhere else. */
static int
vm_answer(struct message *m)
{
	static vir_bytes next = 0x100000;
	struct vm_mmap_rep rep = { .addr = next };

	if (m->m_type == VM_MUNMAP)
		fake_maps--;
	if (m->m_type != VM_MMAP)
		return fake_vm_status;
	if (fake_map_status != OK)
		return fake_map_status;
	fake_maps++;
	next += 0x100000;
	memcpy(m->m_body, &rep, sizeof rep);
	return OK;
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
	assert_int_equal(peer, VM_PROC_NR);
	m->m_type = vm_answer(m);
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
	if (dst == PM_PROC_NR && m->m_type >= PM_RS_BASE &&
	    m->m_type < PM_RS_END) {
		assert_true(pm_count < PM_QUEUE);
		pm_queue[(pm_first + pm_count++) % PM_QUEUE] = *m;
	}
	return OK;
}

/* PM's processes have the numbers of their slots. */

static void
pm_forks(struct pm_rs_rep *rep)
{
	rep->status = fake_fork_status;
	if (rep->status != OK)
		return;
	rep->pid = 1000 + made;
	rep->ep = endpoint_make(1 + made / NR_SLOTS, FIRST + made % NR_SLOTS);
	made++;
}

static void
pm_identifies(struct pm_rs_rep *rep)
{
	rep->pid = endpoint_slot(rep->ep);
	rep->euid = rep->ep == STRANGER ? 7 : 0;
}

bool
pm_step(void)
{
	struct message m;
	struct pm_rs_req req;
	struct pm_rs_rep rep = { .pid = -1 };

	if (pm_count == 0)
		return false;
	m = pm_queue[pm_first];
	pm_first = (pm_first + 1) % PM_QUEUE;
	pm_count--;
	memcpy(&req, m.m_body, sizeof req);
	rep.tag = req.tag;
	rep.ep = req.ep;
	if (m.m_type == PM_RS_FORK)
		pm_forks(&rep);
	else if (m.m_type == PM_RS_EXEC)
		rep.status = fake_exec_status;
	else if (m.m_type == PM_RS_KILL)
		rep.status = fake_kill_status;
	else
		pm_identifies(&rep);
	if (m.m_type == PM_RS_KILL)
		note(KILLED, req.ep, 0);
	m.m_source = PM_PROC_NR;
	m.m_type = PM_RS_REPLY(m.m_type);
	memcpy(m.m_body, &rep, sizeof rep);
	pm_answer(&m);
	return true;
}

void
pm_run(void)
{
	while (!fake_pm_silent && pm_step())
		;
}

cp_grant_id_t
cpf_grant_direct(endpoint_t who_to, vir_bytes addr, size_t bytes, int access)
{
	(void)addr, (void)bytes, (void)access;
	if (who_to != ANY)
		fake_grants++;
	return 1;
}

int
cpf_revoke(cp_grant_id_t gid)
{
	(void)gid;
	fake_grants--;
	return OK;
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
	image->size = size; /* which is all that tells one from another */
	return fake_image_status;
}

void
image_free(struct image *image)
{
	image->size = 0;
	image->addr = NULL;
	fake_freed++;
}

int
image_check(const struct image *image)
{
	(void)image;
	return fake_check_status;
}

int
image_load(const struct image *image, endpoint_t ep, const char *name,
    const char *args, struct image_start *start)
{
	(void)image, (void)ep, (void)name, (void)args;
	start->pc = start->sp = 0;
	return fake_load_status;
}

/* What others do. */

void
request(endpoint_t who, int type, const void *req, size_t size)
{
	struct message m = { .m_source = who, .m_type = type };

	memcpy(m.m_body, req, size);
	assert_true(client_request(&m));
	pm_run();
}

/* The same, of a service with a label. */
static void
ask_about(endpoint_t who, int type, const char *label)
{
	struct rs_down_req req = { "" };

	strlcpy(req.label, label, sizeof req.label);
	request(who, type, &req, sizeof req);
}

static void
start_set(const char *label)
{
	memset(&wanted, 0, sizeof wanted);
	wanted.image_size = 1;
	strlcpy(wanted.path, "/bin/x", sizeof wanted.path);
	strlcpy(wanted.label, label, sizeof wanted.label);
}

static void
start_ask(endpoint_t who)
{
	struct rs_up_req req = { .start = SELF_ADDR, .size = sizeof wanted };

	request(who, RS_UP, &req, sizeof req);
}

void
up(endpoint_t who, const char *label, unsigned flags, clock_ticks period)
{
	start_set(label);
	wanted.flags = flags;
	wanted.period = period;
	start_ask(who);
}

void
drive(endpoint_t who, const char *label, int32_t major, uint32_t dev_flags)
{
	start_set(label);
	wanted.major = major;
	wanted.dev_flags = dev_flags;
	start_ask(who);
}

void
down(endpoint_t who, const char *label)
{
	ask_about(who, RS_DOWN, label);
}

void
refresh(endpoint_t who, const char *label)
{
	ask_about(who, RS_REFRESH, label);
}

void
restart(endpoint_t who, const char *label)
{
	ask_about(who, RS_RESTART, label);
}

void
update(endpoint_t who, const char *label, int state, clock_ticks max)
{
	update_to(who, label, state, max, 0);
}

void
update_to(endpoint_t who, const char *label, int state, clock_ticks max,
    uint32_t size)
{
	struct rs_update_req req = { .state = state,
		.max_ticks = max,
		.image_size = size };

	strlcpy(req.label, label, sizeof req.label);
	request(who, RS_UPDATE, &req, sizeof req);
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
	pm_run();
}

void
leave(endpoint_t ep, int status)
{
	struct rs_exit_msg end = { .status = status };
	struct message m = { .m_source = ep, .m_type = RS_EXIT };

	memcpy(m.m_body, &end, sizeof end);
	death_exit(&m);
	pm_run();
}

void
crash(endpoint_t ep)
{
	(void)death_signal(ep, SIGSEGV);
	pm_run();
}

void
prepared(endpoint_t ep, int result)
{
	struct rs_lu_msg lu = fake_lu;
	struct message m = { .m_source = ep, .m_type = RS_LU_PREPARE };

	lu.result = result;
	memcpy(m.m_body, &lu, sizeof lu);
	update_report(&m, SENDREC);
	pm_run();
}

void
pass(clock_ticks ticks)
{
	clock_ticks n;

	for (; ticks > 0; ticks -= n) {
		n = fake_alarm - fake_now; /* huge if it is over */
		if (n == 0 || n > ticks)
			n = ticks;
		fake_now += n;
		if (fake_now == fake_alarm)
			supervise(fake_now);
		pm_run();
	}
}
