/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Requests to the block driver. The grants are reserved once and given a new
 * meaning for each request, which costs some stores and no kernel call.
 */
#include "fs/ext2/device.h"

#include <abi/dev.h>
#include <abi/errno.h>
#include <lacuna/assert.h>
#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>
#include <lacuna/safecopies.h>
#include <lacuna/sef.h>
#include <lacuna/syslib.h>
#include <proto/bdev.h>
#include <proto/rs.h>

#define DRIVER_LABEL "ata"
#define RETRIES      50 /* 0.1 s each */
#define RETRIES_HZ   10

_Static_assert(DEVICE_VEC <= BDEV_VEC_MAX, "vector");

static struct {
	uint32_t dev;
	endpoint_t driver;
	bool readonly;
	bool have_grants;
	cp_grant_id_t vec_gid;
	cp_grant_id_t gid[DEVICE_VEC];
} device;

/* Wait for 1 / RETRIES_HZ seconds; alarms are for nothing else here. */
static void
pause_briefly(void)
{
	struct message m;

	if (sys_setalarm((sys_hz() + RETRIES_HZ - 1) / RETRIES_HZ, NULL) == OK)
		(void)sef_receive(CLOCK, &m); /* too early does not matter */
}

/* Find out who is the driver now. */
static void
driver_find(void)
{
	struct rs_lookup_req req = { DRIVER_LABEL };
	struct rs_lookup_rep rep;
	int r =
	    msg_call(RS_PROC_NR, RS_LOOKUP, &req, sizeof req, &rep, sizeof rep);

	if (r == OK)
		device.driver = rep.ep; /* else: perhaps the next time */
}

/* Ask the driver, and ask its successor if it dies. */
static int
driver_call(int type, const void *req, size_t reqlen, void *rep, size_t replen)
{
	int i, r;

	for (i = 0;; i++) {
		r = msg_call(device.driver, type, req, reqlen, rep, replen);
		if (r != -EDEADSRCDST)
			return r;
		if (i == RETRIES)
			return -EIO;
		pause_briefly();
		driver_find();
	}
}

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

int
device_open(uint32_t dev, endpoint_t driver, bool readonly)
{
	struct bdev_open_req req = { (int32_t)dev_minor(dev), !readonly };
	int r = grants_reserve();

	if (r != OK)
		return r;
	device.dev = dev;
	device.driver = driver;
	device.readonly = readonly;
	return driver_call(BDEV_OPEN, &req, sizeof req, NULL, 0);
}

void
device_close(void)
{
	struct bdev_close_req req = { (int32_t)dev_minor(device.dev) };

	/* A driver that cannot close does not matter any more. */
	(void)driver_call(BDEV_CLOSE, &req, sizeof req, NULL, 0);
	device.dev = NO_DEV;
}

void
device_driver_set(uint32_t dev, endpoint_t driver)
{
	if (dev == device.dev || dev_major(dev) == dev_major(device.dev))
		device.driver = driver;
}

/* The grants name the driver, so they are set anew for each attempt. */
static int
move_once(bool write, struct bdev_read_req *req,
    const struct device_piece *piece, uint32_t n, uint32_t *moved)
{
	struct bdev_vec vec[DEVICE_VEC];
	struct bdev_read_rep rep = { 0 };
	int type = write ? BDEV_WRITE : BDEV_READ;
	uint32_t i;
	int r;

	for (i = 0; i < n; i++) {
		r = cpf_setgrant_direct(device.gid[i], device.driver,
		    vir_addr(piece[i].data), piece[i].bytes,
		    write ? CPF_READ : CPF_WRITE);
		assert(r == OK);
		vec[i] = (struct bdev_vec){ device.gid[i], piece[i].bytes };
	}
	req->gid = device.gid[0];
	req->bytes = piece[0].bytes;
	if (n > 1) {
		type = write ? BDEV_SCATTER : BDEV_GATHER;
		r = cpf_setgrant_direct(device.vec_gid, device.driver,
		    vir_addr(vec), n * sizeof vec[0], CPF_READ);
		assert(r == OK);
		req->gid = device.vec_gid;
		req->bytes = n;
	}
	r = msg_call(device.driver, type, req, sizeof *req, &rep, sizeof rep);
	if (r == OK)
		*moved = rep.bytes;
	return r;
}

/* What was granted is not any more: the driver must not touch blocks later. */
static void
grants_disable(uint32_t n)
{
	uint32_t i;

	for (i = 0; i < n; i++)
		(void)cpf_setgrant_disable(device.gid[i]); /* it exists */
	(void)cpf_setgrant_disable(device.vec_gid);
}

int
device_move(bool write, int64_t position, const struct device_piece *piece,
    uint32_t n)
{
	struct bdev_read_req req = {
		.minor = (int32_t)dev_minor(device.dev),
		.position = position,
	};
	uint32_t i, wanted = 0, moved = 0;
	int r;

	assert(n >= 1 && n <= DEVICE_VEC);
	assert(!write || !device.readonly);
	for (i = 0; i < n; i++)
		wanted += piece[i].bytes;
	for (i = 0;; i++) {
		r = move_once(write, &req, piece, n, &moved);
		if (r != -EDEADSRCDST || i == RETRIES)
			break;
		pause_briefly();
		driver_find();
	}
	grants_disable(n);
	return r == OK && moved == wanted ? OK : -EIO;
}

int
device_flush(void)
{
	struct bdev_flush_req req = { (int32_t)dev_minor(device.dev) };

	return driver_call(BDEV_FLUSH, &req, sizeof req, NULL, 0) == OK ? OK
									: -EIO;
}
