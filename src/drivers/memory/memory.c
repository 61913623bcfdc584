/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Memory devices: null swallows and ends, zero gives zeros, mem is physical
 * memory, kmem the kernel's, random gives numbers that are hard to guess for
 * a person but the same in each run of a deterministic machine. One request
 * moves no more than MOVE_MAX bytes: readers get less than they want.
 */
#include <abi/dev.h>
#include <abi/errno.h>
#include <abi/getinfo.h>
#include <abi/vmlayout.h>
#include <lacuna/chardriver.h>
#include <lacuna/safecopies.h>
#include <lacuna/sef_lu.h>
#include <lacuna/syslib.h>

#define CHUNK    4096u  /* bytes moved at once, through our own memory */
#define MOVE_MAX 65536u /* bytes of one request: others wait meanwhile */

static uint8_t buffer[CHUNK];
static uint32_t random_state = 2463534242u;
static phys_bytes mem_top;

static int
memory_open(const struct cdev_io *io)
{
	switch (io->minor) {
	case MEM_MINOR:
	case KMEM_MINOR:
	case NULL_MINOR:
	case ZERO_MINOR:
	case RANDOM_MINOR:
		return OK;
	default:
		return -ENXIO;
	}
}

static uint32_t
smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* Physical address of a position on mem or kmem, and bytes to move there. */
static uint32_t
phys_window(const struct cdev_io *io, phys_bytes *phys)
{
	int64_t pos = io->position;

	if (io->minor == KMEM_MINOR)
		pos -= KERNEL_BASE;
	if (pos < 0 || pos >= mem_top)
		return 0;
	*phys = (phys_bytes)pos;
	return smaller(smaller(io->bytes, MOVE_MAX), mem_top - *phys);
}

static int
phys_move(const struct cdev_io *io, bool write, uint32_t *moved)
{
	phys_bytes phys;
	uint32_t done, n, room = phys_window(io, &phys);
	int r = OK;

	for (done = 0; done < room && r == OK; done += n) {
		n = smaller(room - done, CHUNK);
		if (write) {
			r = sys_safecopyfrom(VFS_PROC_NR, io->gid, done,
			    (vir_bytes)buffer, n);
			if (r == OK)
				r = sys_vircopy(SELF, (vir_bytes)buffer, NONE,
				    phys + done, n, VIRCOPY_PHYS);
		} else {
			r = sys_vircopy(NONE, phys + done, SELF,
			    (vir_bytes)buffer, n, VIRCOPY_PHYS);
			if (r == OK)
				r = sys_safecopyto(VFS_PROC_NR, io->gid, done,
				    (vir_bytes)buffer, n);
		}
	}
	if (r == OK)
		*moved = room;
	return r;
}

/* Xorshift, period 2^32 - 1. */
static uint8_t
random_byte(void)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 17;
	random_state ^= random_state << 5;
	return (uint8_t)(random_state >> 11);
}

static int
random_read(const struct cdev_io *io, uint32_t bytes)
{
	uint32_t done, n, i;
	int r = OK;

	for (done = 0; done < bytes && r == OK; done += n) {
		n = smaller(bytes - done, CHUNK);
		for (i = 0; i < n; i++)
			buffer[i] = random_byte();
		r = sys_safecopyto(VFS_PROC_NR, io->gid, done,
		    (vir_bytes)buffer, n);
	}
	return r;
}

static int
memory_read(const struct cdev_io *io, uint32_t *moved)
{
	uint32_t bytes = smaller(io->bytes, MOVE_MAX);
	int r;

	switch (io->minor) {
	case NULL_MINOR:
		return OK;
	case ZERO_MINOR:
		r = sys_safememset(VFS_PROC_NR, io->gid, 0, 0, bytes);
		break;
	case RANDOM_MINOR:
		r = random_read(io, bytes);
		break;
	default:
		return phys_move(io, false, moved);
	}
	if (r == OK)
		*moved = bytes;
	return r;
}

static int
memory_write(const struct cdev_io *io, uint32_t *moved)
{
	if (io->minor == MEM_MINOR || io->minor == KMEM_MINOR)
		return phys_move(io, true, moved);
	if (io->minor == RANDOM_MINOR)
		random_state ^= io->bytes * 2654435761u | 1;
	*moved = io->bytes;
	return OK;
}

static int
memory_init(int type, const struct sef_init_info *info)
{
	struct kinfo kinfo;
	int r = sys_getkinfo(&kinfo);

	(void)type, (void)info;
	if (r == OK)
		mem_top = kinfo.mem_top;
	return r;
}

int
main(void)
{
	static const struct chardriver memory = {
		.name = "memory",
		.init_fresh = memory_init,
		.init_restart = memory_init,
		.open = memory_open,
		.read = memory_read,
		.write = memory_write,
		.cannot_fail = true,
	};

	/* Nothing outlives a request but random numbers, which begin anew. */
	sef_setcb_lu_state_isvalid(sef_cb_lu_state_isvalid_standard);
	return chardriver_run(&memory);
}
