/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Requests to the block driver. The grants are reserved once and given a new
 * meaning for each request, which costs some stores and no kernel call.
 *
 * The driver is asked and then waited for with an ear for everybody else:
 *
 *     post --- answer with our number ----------------------> done
 *       ^ ---- the driver runs somewhere else now --+
 *       +-------------------------------------------+
 *         ---- nothing or nonsense, PATIENCE times ---------> -EIO
 *
 * Nonsense, silence, and error after error are complained of to RS, which may
 * end the driver for it. What is not answered when the driver dies is asked
 * again of its successor: to read, or to write the same once more, does no
 * harm. A driver that has used up all patience is asked from then on only once
 * in some seconds, and is given little time, until it answers or is replaced;
 * so a dead disk delays the first request and not each of them.
 */
#include "fs/ext2/device.h"

#include <abi/dev.h>
#include <abi/endpoint.h>
#include <abi/errno.h>
#include <lacuna/assert.h>
#include <lacuna/asynsend.h>
#include <lacuna/kcall.h>
#include <lacuna/printf.h>
#include <lacuna/safecopies.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <lacuna/wait.h>
#include <proto/bdev.h>

#include "fs/ext2/driver.h"

#define PATIENCE   20      /* waits for one request, each of 1 s to 2 s */
#define SULK       5       /* seconds in which a silent driver is not asked */
#define LATE       8       /* of them: then it is time to complain */
#define ERRORS     4       /* in a row: likewise */
#define STATUS_MIN (-2000) /* no error has a lower number */

#define AGAIN   1 /* an attempt was in vain, but the next need not be */
#define NOT_OUR 2 /* not the answer that is waited for */
#define BAD     3 /* no answer at all */

_Static_assert(DEVICE_VEC <= BDEV_VEC_MAX, "vector");

static struct {
	uint32_t dev;
	endpoint_t driver;
	bool readonly;
	bool silent;         /**< the driver has used up all patience, */
	clock_ticks silence; /**< at this time */
	uint32_t id;         /**< of the last request */
	uint32_t errors;     /**< answers in a row that were errors */
	bool have_grants;
	cp_grant_id_t vec_gid;
	cp_grant_id_t gid[DEVICE_VEC];
} device;

/** What is asked. */
struct request {
	int type;
	bool write;
	int64_t position;
	const struct device_piece *piece;
	uint32_t n;     /**< pieces; 0: the request is not about data */
	uint32_t bytes; /**< of all pieces */
};

/* Reserve the grants, once. */
static int
grants_reserve(void)
{
	cp_grant_id_t gids[DEVICE_VEC + 1];
	uint32_t i;

	if (device.have_grants)
		return OK;
	if (cpf_getgrants(gids, DEVICE_VEC + 1) != DEVICE_VEC + 1)
		return -ENOMEM;
	for (i = 0; i < DEVICE_VEC; i++)
		device.gid[i] = gids[i];
	device.vec_gid = gids[DEVICE_VEC];
	device.have_grants = true;
	return OK;
}

/* What was granted is not any more: the driver must not touch blocks later. */
static void
grants_disable(uint32_t n)
{
	uint32_t i;

	for (i = 0; i < n; i++)
		(void)cpf_setgrant_disable(device.gid[i]); /* it exists */
	if (n > 0)
		(void)cpf_setgrant_disable(device.vec_gid);
}

/* Is there another driver now? */
static bool
driver_changed(void)
{
	endpoint_t ep = driver_find(device.dev);

	if (ep == NONE || ep == device.driver)
		return false;
	device_driver_set(device.dev, ep);
	return true;
}

/* Messages of the driver, and notifications: any of them may mean that there
 * is another driver. */
static bool
is_wanted(const struct message *m, int status)
{
	if (is_ipc_notify(status))
		return driver_changed();
	return m->m_source == device.driver &&
	    IPC_STATUS_CALL(status) != SENDREC;
}

/* Grant the pieces to the driver that is asked. */
static void
data_grant(const struct request *q, struct bdev_vec *vec)
{
	uint32_t i;
	int r;

	for (i = 0; i < q->n; i++) {
		r = cpf_setgrant_direct(device.gid[i], device.driver,
		    vir_addr(q->piece[i].data), q->piece[i].bytes,
		    q->write ? CPF_READ : CPF_WRITE);
		assert(r == OK);
		vec[i] = (struct bdev_vec){ device.gid[i], q->piece[i].bytes };
	}
	r = cpf_setgrant_direct(device.vec_gid, device.driver, vir_addr(vec),
	    q->n * sizeof vec[0], CPF_READ);
	assert(r == OK);
}

static void
data_request(const struct request *q, struct message *m)
{
	static struct bdev_vec vec[DEVICE_VEC]; /* the driver reads it later */
	struct bdev_read_req req = {
		.minor = (int32_t)dev_minor(device.dev),
		.id = device.id,
		.gid = device.gid[0],
		.bytes = q->piece[0].bytes,
		.position = q->position,
	};

	data_grant(q, vec);
	m->m_type = q->write ? BDEV_WRITE : BDEV_READ;
	if (q->n > 1) {
		m->m_type = q->write ? BDEV_SCATTER : BDEV_GATHER;
		req.gid = device.vec_gid;
		req.bytes = q->n;
	}
	memcpy(m->m_body, &req, sizeof req);
}

/* Send a request. A driver that waits takes it at once. */
static int
request_post(const struct request *q, struct message *m)
{
	struct bdev_open_req req = {
		.minor = (int32_t)dev_minor(device.dev),
		.write = q->write,
	};
	int r;

	if (++device.id == 0)
		device.id++; /* 0 is what somebody without numbers sends */
	memset(m, 0, sizeof *m);
	if (q->n > 0) {
		data_request(q, m);
	} else {
		req.id = device.id;
		m->m_type = q->type;
		memcpy(m->m_body, &req, sizeof req);
	}
	r = ipc_sendnb(device.driver, m);
	return r == -ENOTREADY ? asynsend3(device.driver, m, AMF_NOREPLY) : r;
}

static int
complain(enum sef_evidence evidence)
{
	sef_complain(device.driver, evidence);
	return BAD;
}

/* Count errors about data, which lie within the device. */
static int
error_count(int r)
{
	if (r == OK)
		device.errors = 0;
	else if (++device.errors >= ERRORS)
		(void)complain(SEF_ONLY_ERRORS);
	return r;
}

/* Look at a message of the driver. */
static int
answer_check(const struct request *q, const struct message *m)
{
	struct bdev_read_rep rep;

	if (m->m_type > OK || m->m_type < STATUS_MIN)
		return complain(SEF_BAD_STATUS);
	memcpy(&rep, m->m_body, sizeof rep);
	if ((int32_t)(rep.id - device.id) > 0)
		return complain(SEF_BAD_IDENTITY);
	if (rep.id != device.id)
		return NOT_OUR; /* of a request that was given up */
	if (q->n == 0)
		return m->m_type;
	if (m->m_type == OK && rep.bytes > q->bytes)
		return complain(SEF_BAD_LENGTH);
	/* Less is right if the device ends before the file system. */
	return error_count(
	    m->m_type == OK && rep.bytes < q->bytes ? -EIO : m->m_type);
}

/* The driver has said nothing for a while. */
static void
silence(bool posted, uint32_t waits)
{
	if (!driver_changed() && posted && waits >= LATE)
		(void)complain(SEF_NO_ANSWER);
}

/* Ask once. */
static int
attempt(const struct request *q, uint32_t *waits)
{
	const endpoint_t driver = device.driver;
	struct message m;
	bool posted = request_post(q, &m) == OK;
	int r;

	while (*waits < PATIENCE) {
		r = server_wait(is_wanted, sys_hz(), &m, NULL);
		if (r != OK)
			silence(posted, ++*waits);
		if (device.driver != driver || !posted)
			return AGAIN;
		if (r != OK)
			continue;
		r = answer_check(q, &m);
		if (r <= OK) {
			device.silent = false;
			return r;
		}
		/* Perhaps RS ends it now; else it is asked once more. */
		if (r == BAD) {
			posted = false;
			++*waits;
		}
	}
	return -ETIMEDOUT;
}

/* Has it been asked in vain a moment ago? */
static bool
sulks(void)
{
	clock_ticks now;

	return getticks(&now) == OK && now - device.silence < SULK * sys_hz();
}

/* Ask until there is an answer, or no hope. */
static int
ask(const struct request *q)
{
	uint32_t waits = device.silent ? PATIENCE - 1 : 0;
	int r;

	if (device.silent && !driver_changed() && sulks())
		return -EIO;
	do
		r = attempt(q, &waits);
	while (r == AGAIN && waits < PATIENCE);
	grants_disable(q->n);
	if (r != AGAIN && r != -ETIMEDOUT)
		return r;
	if (!device.silent)
		printf("ext2: no answer from device %#x\n", device.dev);
	device.silent = getticks(&device.silence) == OK;
	return -EIO;
}

int
device_open(uint32_t dev, endpoint_t driver, bool readonly)
{
	struct request q = { .type = BDEV_OPEN, .write = !readonly };
	int r = grants_reserve();

	if (r != OK)
		return r;
	device.dev = dev;
	device.driver = driver;
	device.readonly = readonly;
	device.silent = false;
	device.errors = 0;
	(void)driver_find(dev); /* from now on we hear of changes */
	return ask(&q);
}

void
device_close(void)
{
	struct request q = { .type = BDEV_CLOSE };

	/* A driver that cannot close does not matter any more. */
	(void)ask(&q);
	device.dev = NO_DEV;
}

void
device_driver_set(uint32_t dev, endpoint_t driver)
{
	if (dev_major(dev) != dev_major(device.dev) || driver == device.driver)
		return;
	device.driver = driver;
	device.silent = false;
	device.errors = 0;
}

int
device_move(bool write, int64_t position, const struct device_piece *piece,
    uint32_t n)
{
	struct request q = {
		.write = write,
		.position = position,
		.piece = piece,
		.n = n,
	};
	uint32_t i;

	assert(n >= 1 && n <= DEVICE_VEC);
	assert(!write || !device.readonly);
	for (i = 0; i < n; i++)
		q.bytes += piece[i].bytes;
	return ask(&q) == OK ? OK : -EIO;
}

int
device_flush(void)
{
	struct request q = { .type = BDEV_FLUSH };

	return ask(&q) == OK ? OK : -EIO;
}
