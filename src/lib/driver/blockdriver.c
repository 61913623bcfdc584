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
#include <lacuna/wait.h>

static const struct blockdriver *driver;

BDEV_CALLS(PROTO_HANDLER)
BDEV_CALLS(PROTO_UNPACK)

int
do_bdev_open(endpoint_t who, const struct bdev_open_req *req,
    struct bdev_open_rep *rep)
{
	(void)who;
	rep->id = req->id;
	if (driver->part(req->minor) == NULL)
		return -ENXIO;
	return driver->open != NULL ? driver->open(req->minor, req->write != 0)
				    : OK;
}

int
do_bdev_close(endpoint_t who, const struct bdev_close_req *req,
    struct bdev_close_rep *rep)
{
	(void)who;
	rep->id = req->id;
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
	rep->id = req->id;
	return single(who, req, false, &rep->bytes);
}

int
do_bdev_write(endpoint_t who, const struct bdev_read_req *req,
    struct bdev_read_rep *rep)
{
	rep->id = req->id;
	return single(who, req, true, &rep->bytes);
}

int
do_bdev_gather(endpoint_t who, const struct bdev_read_req *req,
    struct bdev_read_rep *rep)
{
	rep->id = req->id;
	return vectored(who, req, false, &rep->bytes);
}

int
do_bdev_scatter(endpoint_t who, const struct bdev_read_req *req,
    struct bdev_read_rep *rep)
{
	rep->id = req->id;
	return vectored(who, req, true, &rep->bytes);
}

int
do_bdev_flush(endpoint_t who, const struct bdev_flush_req *req,
    struct bdev_flush_rep *rep)
{
	(void)who;
	rep->id = req->id;
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
	rep->id = req->id;
	if (part == NULL)
		return -ENXIO;
	rep->base = part->base;
	rep->size = part->size;
	return OK;
}

static const struct call_entry calls[] = { BDEV_CALLS(PROTO_ENTRY) };

static bool
is_interrupt(const struct message *m, int status)
{
	return is_ipc_notify(status) && m->m_source == HARDWARE;
}

int
blockdriver_wait(clock_ticks max)
{
	struct message m;

	return server_wait(is_interrupt, max, &m, NULL);
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
		.alarm = drv->alarm,
		.signal = drv->signal,
		.dump = drv->dump,
	};

	driver = drv;
	return server_run(&srv);
}
