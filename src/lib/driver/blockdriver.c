/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * From BDEV messages to a driver's operations.
 */
#include <lacuna/blockdriver.h>

#include <abi/errno.h>
#include <lacuna/kcall.h>
#include <lacuna/safecopies.h>
#include <lacuna/server.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

#define NR_DEFERRED 16

static const struct blockdriver *driver;

/* Requests that came during blockdriver_wait(), the first one first. */
static struct message deferred[NR_DEFERRED];
static uint32_t nr_deferred;

/* The alarm that ends waits. It is not set for each wait, which would cost a
 * call or two for each interrupt: it runs on, and ends a wait that has seen it
 * go off before. So a wait takes up to twice its time. */
static struct {
	bool waiting;
	clock_ticks set; /**< what the alarm is set to; 0: it is not */
	clock_ticks due; /**< when; one that comes earlier was set before */
	uint32_t number; /**< of this wait */
	uint32_t seen;   /**< the wait at the last alarm */
} watch;

BDEV_CALLS(PROTO_HANDLER)
BDEV_CALLS(PROTO_UNPACK)

int
do_bdev_open(endpoint_t who, const struct bdev_open_req *req,
    struct bdev_open_rep *rep)
{
	(void)who, (void)rep;
	if (driver->part(req->minor) == NULL)
		return -ENXIO;
	return driver->open != NULL ? driver->open(req->minor, req->write != 0)
				    : OK;
}

int
do_bdev_close(endpoint_t who, const struct bdev_close_req *req,
    struct bdev_close_rep *rep)
{
	(void)who, (void)rep;
	if (driver->part(req->minor) == NULL)
		return -ENXIO;
	return driver->close != NULL ? driver->close(req->minor) : OK;
}

/* Sizes are whole sectors; what lies past the end is cut off. */
static int
vector_check(const struct bdev_part *part, int64_t position,
    struct bdev_vec *vec, uint32_t *n)
{
	int64_t room;
	uint32_t i;

	if (position < 0 || position % BDEV_SECTOR != 0)
		return -EINVAL;
	room = part->size - position;
	for (i = 0; i < *n; i++) {
		if (vec[i].bytes == 0 || vec[i].bytes % BDEV_SECTOR != 0)
			return -EINVAL;
	}
	for (i = 0; i < *n && room > 0; i++) {
		if (vec[i].bytes > room)
			vec[i].bytes = (uint32_t)room;
		room -= vec[i].bytes;
	}
	*n = i;
	return OK;
}

static int
transfer(endpoint_t who, const struct bdev_read_req *req, bool write,
    struct bdev_vec *vec, uint32_t n, uint32_t *moved)
{
	const struct bdev_part *part = driver->part(req->minor);
	int r;

	if (part == NULL)
		return -ENXIO;
	r = vector_check(part, req->position, vec, &n);
	if (r != OK || n == 0)
		return r;
	return driver->transfer(
	    &(struct bdev_transfer){
		.minor = req->minor,
		.write = write,
		.position = part->base + req->position,
		.client = who,
		.vec = vec,
		.n = n,
	    },
	    moved);
}

static int
single(endpoint_t who, const struct bdev_read_req *req, bool write,
    uint32_t *moved)
{
	struct bdev_vec vec = { req->gid, req->bytes };

	return transfer(who, req, write, &vec, 1, moved);
}

static int
vectored(endpoint_t who, const struct bdev_read_req *req, bool write,
    uint32_t *moved)
{
	struct bdev_vec vec[BDEV_VEC_MAX];
	int r;

	if (req->bytes == 0 || req->bytes > BDEV_VEC_MAX)
		return -EINVAL;
	r = sys_safecopyfrom(who, req->gid, 0, vir_addr(vec),
	    req->bytes * sizeof vec[0]);
	if (r != OK)
		return r;
	return transfer(who, req, write, vec, req->bytes, moved);
}

int
do_bdev_read(endpoint_t who, const struct bdev_read_req *req,
    struct bdev_read_rep *rep)
{
	return single(who, req, false, &rep->bytes);
}

int
do_bdev_write(endpoint_t who, const struct bdev_read_req *req,
    struct bdev_read_rep *rep)
{
	return single(who, req, true, &rep->bytes);
}

int
do_bdev_gather(endpoint_t who, const struct bdev_read_req *req,
    struct bdev_read_rep *rep)
{
	return vectored(who, req, false, &rep->bytes);
}

int
do_bdev_scatter(endpoint_t who, const struct bdev_read_req *req,
    struct bdev_read_rep *rep)
{
	return vectored(who, req, true, &rep->bytes);
}

int
do_bdev_flush(endpoint_t who, const struct bdev_flush_req *req,
    struct bdev_flush_rep *rep)
{
	(void)who, (void)rep;
	if (driver->part(req->minor) == NULL)
		return -ENXIO;
	return driver->flush != NULL ? driver->flush(req->minor) : OK;
}

int
do_bdev_info(endpoint_t who, const struct bdev_info_req *req,
    struct bdev_info_rep *rep)
{
	const struct bdev_part *part = driver->part(req->minor);

	(void)who;
	if (part == NULL)
		return -ENXIO;
	rep->base = part->base;
	rep->size = part->size;
	return OK;
}

static const struct call_entry calls[] = { BDEV_CALLS(PROTO_ENTRY) };

/* Serve what was put off; more may be meanwhile. */
static void
deferred_serve(void)
{
	struct message m, out;
	uint32_t i;
	int r;

	while (nr_deferred > 0) {
		m = deferred[0];
		nr_deferred--;
		memmove(&deferred[0], &deferred[1], nr_deferred * sizeof m);
		memset(&out, 0, sizeof out);
		i = (uint32_t)m.m_type - BDEV_BASE;
		r = i < sizeof calls / sizeof calls[0]
		    ? calls[i].serve(&m, &out)
		    : -ENOSYS;
		server_reply(m.m_source, r, out.m_body, MSG_BODY);
	}
}

static void
on_alarm(clock_ticks now)
{
	if (watch.waiting && (int32_t)(now - watch.due) < 0)
		return;
	if (watch.waiting && watch.seen == watch.number) {
		watch.set = 0;
		sef_cancel();
	} else if (watch.waiting) {
		watch.seen = watch.number;
		watch.due = now + watch.set;
		if (sys_setalarm(watch.set, NULL) != OK)
			sef_cancel(); /* never wait without an end */
	} else {
		watch.set = 0;
		if (driver->alarm != NULL)
			driver->alarm(now);
	}
}

/* Let the alarm end this wait. */
static int
watch_begin(clock_ticks max)
{
	int r = OK;

	watch.number++;
	if (watch.set != max) {
		watch.seen = watch.number;
		r = getticks(&watch.due);
		watch.due += max;
		if (r == OK)
			r = sys_setalarm(max, NULL);
		watch.set = r == OK ? max : 0;
	}
	watch.waiting = r == OK;
	return r;
}

int
blockdriver_wait(clock_ticks max)
{
	struct message m;
	int r, status;

	if (watch_begin(max) != OK)
		return -ETIMEDOUT; /* never wait without an end */
	for (;;) {
		r = sef_receive_status(ANY, &m, &status);
		if (r != OK ||
		    (is_ipc_notify(status) && m.m_source == HARDWARE))
			break;
		if (is_ipc_notify(status))
			continue;
		if (nr_deferred < NR_DEFERRED)
			deferred[nr_deferred++] = m;
		else
			server_reply(m.m_source, -EAGAIN, NULL, 0);
	}
	watch.waiting = false;
	return r == OK ? OK : -ETIMEDOUT;
}

int
blockdriver_run(const struct blockdriver *drv)
{
	struct server srv = {
		.name = drv->name,
		.base = BDEV_BASE,
		.ncalls = sizeof calls / sizeof calls[0],
		.calls = calls,
		.init_fresh = drv->init_fresh,
		.init_restart = drv->init_restart,
		.irq = drv->irq,
		.alarm = on_alarm,
		.after = deferred_serve,
		.signal = drv->signal,
		.dump = drv->dump,
	};

	driver = drv;
	return server_run(&srv);
}
