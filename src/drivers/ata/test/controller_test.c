/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of the controller, with a drive of registers and memory that can
 * be told to misbehave: bad sectors, silence, lost and old interrupts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <abi/errno.h>
#include <cmocka.h>
#include <lacuna/syslib.h>

#include "drivers/ata/ata.h"

#define SECTORS 600u
#define CLIENT  ((endpoint_t)42)

#define BUSY  0x80u
#define READY 0x40u
#define DATA  0x08u
#define ERROR 0x01u

/* The drive. */
static struct {
	uint8_t disk[SECTORS][BDEV_SECTOR];
	uint8_t reg[8]; /* as written to 0x1f0 .. 0x1f7 */
	uint32_t status, control;
	uint32_t at, left; /* sectors to move in this command */
	uint32_t block;    /* sectors moved at once */
	uint32_t in_block; /* bytes left of the block under way */
	uint32_t offset;   /* bytes moved of all */
	bool writes, irq;
	unsigned int resets, multiples;
	/* misbehaviour */
	bool absent, silent, loses_irq, old_irq;
	uint32_t bad;   /* sector, or SECTORS */
	uint32_t empty; /* status of the bus without a drive */
} sim;

/* The client: one buffer of memory, each grant the piece at gid * 4096. */
static uint8_t memory[65536 * 2];
static int copy_error; /* what a transfer gives instead of working */
static bool unaligned;
static clock_ticks now;

static void
raise(uint32_t status)
{
	sim.status = status;
	if ((sim.control & 2) == 0)
		sim.irq = true;
}

/* Begin the next block of a transfer, or end it. */
static void
block_begin(bool first)
{
	uint32_t n = sim.left < sim.block ? sim.left : sim.block;
	uint32_t next = sim.at + sim.offset / BDEV_SECTOR;

	if (sim.left == 0) {
		raise(READY);
		return;
	}
	if (sim.bad >= next && sim.bad < next + n && !sim.writes) {
		raise(READY | ERROR);
		return;
	}
	sim.in_block = n * BDEV_SECTOR;
	if (sim.writes && first)
		sim.status = READY | DATA; /* no interrupt */
	else
		raise(READY | DATA);
}

static void
command(uint32_t code)
{
	uint32_t n = sim.reg[2] == 0 ? 256 : sim.reg[2];

	if (sim.silent) {
		sim.status = BUSY;
		return;
	}
	sim.at =
	    sim.reg[3] | (uint32_t)sim.reg[4] << 8 | (uint32_t)sim.reg[5] << 16;
	sim.left = n;
	sim.offset = 0;
	sim.writes = code == 0x30 || code == 0xc5;
	switch (code) {
	case 0xc4:
	case 0xc5:
		sim.block = sim.multiples; /* of the last reset */
		assert_true(sim.block > 1);
		block_begin(true);
		break;
	case 0x20:
	case 0x30:
		sim.block = 1;
		block_begin(true);
		break;
	case 0xc6:
		sim.multiples = n;
		raise(READY);
		break;
	case 0xec:
		sim.in_block = 512;
		sim.left = 1;
		raise(READY | DATA);
		break;
	case 0xe7:
		raise(READY);
		break;
	default:
		raise(READY | ERROR);
		break;
	}
}

static void
register_write(uint32_t port, uint32_t value)
{
	if (port == 0x3f6) {
		if ((value & 4) != 0) {
			sim.resets++;
			sim.multiples = 0;
			sim.silent = false;
			sim.status = READY;
		}
		sim.control = value;
		return;
	}
	assert_in_range(port, 0x1f1, 0x1f7);
	sim.reg[port - 0x1f0] = (uint8_t)value;
	if (port == 0x1f7 && !sim.absent)
		command(value);
}

int
sys_devio(uint32_t how, uint32_t port, uint32_t out, uint32_t *in)
{
	assert_int_equal(how & DIO_WIDTH, DIO_BYTE);
	if ((how & DIO_OUT) != 0) {
		register_write(port, out);
		return OK;
	}
	assert_true(port == 0x1f7 || port == 0x3f6);
	*in = sim.absent ? sim.empty : sim.status;
	if (port == 0x1f7)
		sim.irq = false;
	return OK;
}

int
sys_vdevio(uint32_t how, struct pv_pair *vec, int count)
{
	int i;

	assert_int_equal(how, DIO_BYTE | DIO_OUT);
	for (i = 0; i < count; i++)
		register_write(vec[i].port, vec[i].value);
	return OK;
}

/* Addresses have 32 bits; what is meant lies near this array. */
static uint8_t *
own_memory(vir_bytes addr)
{
	uintptr_t high = (uintptr_t)memory & ~(uintptr_t)0xffffffff;

	return (uint8_t *)(high | addr); /* NOLINT(performance-no-int-to-ptr) */
}

static void
drive_move(bool out, uint8_t *p, uint32_t bytes)
{
	uint8_t *disk = sim.disk[sim.at] + sim.offset;

	assert_true((sim.status & DATA) != 0);
	assert_true(bytes <= sim.in_block);
	if (out)
		memcpy(disk, p, bytes);
	else
		memcpy(p, disk, bytes);
	sim.offset += bytes;
	sim.in_block -= bytes;
	if (sim.in_block > 0)
		return;
	sim.status = READY;
	sim.left -= sim.left < sim.block ? sim.left : sim.block;
	if (sim.writes && sim.bad >= sim.at &&
	    sim.bad < sim.at + sim.offset / BDEV_SECTOR)
		raise(READY | ERROR);
	else if (sim.left > 0 || sim.writes)
		block_begin(false);
}

int
sys_sdevio(uint32_t how, uint32_t port, endpoint_t granter, cp_grant_id_t gid,
    vir_bytes offset, vir_bytes bytes)
{
	uint8_t *p;

	assert_int_equal(port, 0x1f0);
	if (granter == SELF) {
		p = own_memory(offset);
	} else {
		assert_int_equal(granter, CLIENT);
		if (copy_error != OK)
			return copy_error;
		if (unaligned)
			return -EINVAL;
		p = memory + (size_t)gid * 4096 + offset;
	}
	drive_move((how & DIO_OUT) != 0, p, bytes);
	return OK;
}

int
sys_safecopyfrom(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    vir_bytes addr, size_t bytes)
{
	assert_int_equal(granter, CLIENT);
	memcpy(own_memory(addr), memory + (size_t)gid * 4096 + offset, bytes);
	return OK;
}

int
sys_safecopyto(endpoint_t granter, cp_grant_id_t gid, vir_bytes offset,
    vir_bytes addr, size_t bytes)
{
	assert_int_equal(granter, CLIENT);
	memcpy(memory + (size_t)gid * 4096 + offset, own_memory(addr), bytes);
	return OK;
}

int
sys_irqsetpolicy(int irq, uint32_t policy, int notify_bit, int *hook)
{
	assert_int_equal(irq, 14);
	assert_int_equal(policy, IRQ_REENABLE);
	*hook = notify_bit;
	return OK;
}

int
sys_irqenable(int hook)
{
	assert_int_equal(hook, 0);
	return OK;
}

uint32_t
sys_hz(void)
{
	return 100;
}

int
getticks(clock_ticks *ticks)
{
	*ticks = now;
	return OK;
}

int
blockdriver_wait(clock_ticks max)
{
	assert_true(max > 0);
	if (sim.old_irq) {
		sim.old_irq = false;
		return OK;
	}
	if (sim.irq && !sim.loses_irq)
		return OK;
	now += max;
	return -ETIMEDOUT;
}

static struct drive drive;

static int
setup(void **state)
{
	uint32_t i;

	(void)state;
	memset(&sim, 0, sizeof sim);
	memset(memory, 0, sizeof memory);
	for (i = 0; i < SECTORS; i++)
		memset(sim.disk[i], (int)(i % 251), BDEV_SECTOR);
	sim.status = READY;
	sim.bad = SECTORS;
	copy_error = OK;
	unaligned = false;
	now = 1000;
	drive = (struct drive){ .present = true, .max_block = 16 };
	assert_int_equal(controller_init(), OK);
	controller_set_multiple(&drive);
	assert_int_equal(drive.block, 16);
	return 0;
}

/* A transfer to or from three buffers, of 1, 9 and many sectors. */
static int
transfer(bool write, uint32_t lba, uint32_t n, uint32_t *moved)
{
	const struct bdev_vec vec[] = { { 0, 512 }, { 1, 9 * 512 },
		{ 3, 65536 } };
	struct stream s = { .client = CLIENT, .vec = vec };

	*moved = 0;
	return controller_transfer(&drive, write, lba, n, &s, moved);
}

/* The byte of a buffer that sector i of the transfer begins at. */
static uint8_t *
memory_at(uint32_t i)
{
	if (i == 0)
		return memory;
	return i < 10 ? memory + 4096 + (size_t)(i - 1) * 512
		      : memory + 12288 + (size_t)(i - 10) * 512;
}

static void
check_read(uint32_t lba, uint32_t n)
{
	uint32_t i;

	for (i = 0; i < n; i++) {
		assert_int_equal(memory_at(i)[0], (lba + i) % 251);
		assert_int_equal(memory_at(i)[511], (lba + i) % 251);
	}
}

static void
test_sectors_are_read(void **state)
{
	uint32_t moved;

	(void)state;
	assert_int_equal(transfer(false, 300, 40, &moved), OK);
	assert_int_equal(moved, 40 * 512);
	check_read(300, 40);
	assert_int_equal(now, 1000);
}

static void
test_sectors_are_written(void **state)
{
	uint32_t moved, i;

	(void)state;
	for (i = 0; i < 35; i++)
		memset(memory_at(i), (int)(100 + i), 512);
	assert_int_equal(transfer(true, 7, 35, &moved), OK);
	assert_int_equal(moved, 35 * 512);
	for (i = 0; i < 35; i++)
		assert_int_equal(sim.disk[7 + i][511], 100 + i);
	assert_int_equal(sim.disk[42][0], 42);
	assert_int_equal(now, 1000);
}

static void
test_unaligned_memory_takes_a_copy(void **state)
{
	uint32_t moved;

	(void)state;
	unaligned = true;
	assert_int_equal(transfer(false, 10, 30, &moved), OK);
	check_read(10, 30);
	assert_int_equal(transfer(true, 300, 30, &moved), OK);
	assert_int_equal(sim.disk[329][0], 39);
}

static void
test_a_drive_without_multiple_works(void **state)
{
	uint32_t moved;

	(void)state;
	drive.max_block = 0;
	controller_set_multiple(&drive);
	assert_int_equal(drive.block, 1);
	assert_int_equal(transfer(false, 10, 30, &moved), OK);
	check_read(10, 30);
}

static void
test_a_bad_sector_is_an_error(void **state)
{
	uint32_t moved;

	(void)state;
	sim.bad = 120;
	assert_int_equal(transfer(false, 100, 40, &moved), -EIO);
	assert_int_equal(moved, 16 * 512);
	assert_int_equal(transfer(true, 100, 40, &moved), -EIO);
	assert_int_equal(transfer(false, 200, 40, &moved), OK);
	assert_int_equal(sim.resets, 0);
	assert_int_equal(now, 1000);
}

static void
test_a_silent_drive_is_reset(void **state)
{
	uint32_t moved;

	(void)state;
	sim.silent = true;
	assert_int_equal(transfer(false, 100, 40, &moved), -EIO);
	assert_int_equal(moved, 0);
	assert_int_equal(sim.resets, 1);
	assert_true(now - 1000 < 10 * 100);
	assert_int_equal(transfer(false, 100, 40, &moved), OK);
	check_read(100, 40);
	sim.silent = true;
	assert_int_equal(transfer(true, 100, 40, &moved), -EIO);
	assert_int_equal(transfer(true, 100, 40, &moved), OK);
	sim.silent = true;
	assert_int_equal(controller_flush(&drive), -EIO);
	assert_int_equal(controller_flush(&drive), OK);
}

static void
test_lost_and_old_interrupts_do_no_harm(void **state)
{
	uint32_t moved;

	(void)state;
	sim.old_irq = true;
	assert_int_equal(transfer(false, 100, 40, &moved), OK);
	check_read(100, 40);
	sim.old_irq = true;
	assert_int_equal(transfer(true, 100, 40, &moved), OK);
	sim.loses_irq = true;
	assert_int_equal(transfer(false, 50, 20, &moved), OK);
	check_read(50, 20);
	assert_int_equal(sim.resets, 0);
}

static void
test_a_bad_grant_is_the_clients_error(void **state)
{
	uint32_t moved;

	(void)state;
	copy_error = -EPERM;
	assert_int_equal(transfer(false, 100, 40, &moved), -EPERM);
	assert_int_equal(transfer(true, 100, 40, &moved), -EPERM);
	copy_error = OK;
	assert_int_equal(transfer(false, 100, 40, &moved), OK);
	check_read(100, 40);
}

static void
test_missing_drives_are_found_missing(void **state)
{
	static uint16_t id[256];
	uint32_t moved;

	(void)state;
	assert_int_equal(controller_identify(false, id), OK);
	sim.absent = true;
	assert_int_equal(controller_identify(true, id), -ENXIO);
	sim.empty = 0xff;
	assert_int_equal(controller_identify(true, id), -ENXIO);
	assert_int_equal(now, 1000);
	sim.absent = false;
	sim.silent = true;
	assert_int_equal(controller_identify(true, id), -ENXIO);
	sim.silent = false;
	sim.status = READY;
	/* Interrupts are on again. */
	assert_int_equal(transfer(false, 100, 40, &moved), OK);
	assert_int_equal(now, 1000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_sectors_are_read, setup),
		cmocka_unit_test_setup(test_sectors_are_written, setup),
		cmocka_unit_test_setup(test_unaligned_memory_takes_a_copy,
		    setup),
		cmocka_unit_test_setup(test_a_drive_without_multiple_works,
		    setup),
		cmocka_unit_test_setup(test_a_bad_sector_is_an_error, setup),
		cmocka_unit_test_setup(test_a_silent_drive_is_reset, setup),
		cmocka_unit_test_setup(test_lost_and_old_interrupts_do_no_harm,
		    setup),
		cmocka_unit_test_setup(test_a_bad_grant_is_the_clients_error,
		    setup),
		cmocka_unit_test_setup(test_missing_drives_are_found_missing,
		    setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
