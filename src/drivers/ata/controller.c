/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The controller: registers, commands, and what to do when no answer comes.
 * Data moves between the data register and the client's memory directly, in
 * blocks of several sectors with an interrupt each.
 * @source ATA/ATAPI-6, working draft of T13
 */
#include "drivers/ata/ata.h"

#include <abi/errno.h>
#include <lacuna/printf.h>
#include <lacuna/syslib.h>

#define IRQ 14

#define DATA    0x1f0
#define COUNT   0x1f2
#define LBA_LOW 0x1f3
#define LBA_MID 0x1f4
#define LBA_TOP 0x1f5
#define DEVICE  0x1f6
#define STATUS  0x1f7 /* reading it acknowledges the interrupt */
#define COMMAND 0x1f7
#define CONTROL 0x3f6 /* reading it gives the status alone */

#define DEVICE_LBA   0xe0
#define DEVICE_SLAVE 0x10

#define STATUS_ERROR 0x01
#define STATUS_DATA  0x08 /* wants to move data */
#define STATUS_FAULT 0x20
#define STATUS_BUSY  0x80
#define STATUS_NONE  0xff /* what an empty bus reads as */

#define CONTROL_NO_IRQ 0x02
#define CONTROL_RESET  0x04

#define READ           0x20
#define WRITE          0x30
#define READ_MULTIPLE  0xc4
#define WRITE_MULTIPLE 0xc5
#define SET_MULTIPLE   0xc6
#define FLUSH          0xe7
#define IDENTIFY       0xec

#define MAX_BLOCK   16    /* sectors per interrupt; more gains nothing */
#define POLLS       10000 /* looks at the status before giving up */
#define TIMEOUT_SEC 3
#define RESET_SEC   2

static uint32_t resets; /* each undoes SET MULTIPLE */
static uint8_t bounce[MAX_BLOCK * BDEV_SECTOR];

/* The ports are ours, so that reading them cannot fail; if it does, the
 * answer is what an empty bus gives. */
static uint32_t
status_read(uint32_t port)
{
	uint32_t status;

	return sys_inb(port, &status) == OK ? status : STATUS_NONE;
}

int
controller_init(void)
{
	int hook, r;

	r = sys_irqsetpolicy(IRQ, IRQ_REENABLE, 0, &hook);
	if (r == OK)
		r = sys_irqenable(hook);
	return r == OK ? sys_outb(CONTROL, 0) : r;
}

/* Look at the status until the drive is not busy; for init and the beginning
 * of writes, where the answer comes at once or never. */
static uint32_t
poll(void)
{
	uint32_t i, status = STATUS_BUSY;

	for (i = 0; i < POLLS && (status & STATUS_BUSY) != 0; i++)
		status = status_read(CONTROL);
	return status;
}

/* Bring the controller back from wherever it is. */
static void
reset(void)
{
	clock_ticks end, now;

	printf("ata: reset\n");
	resets++;
	(void)sys_outb(CONTROL, CONTROL_RESET); /* see status_read() */
	(void)blockdriver_wait(1);
	(void)sys_outb(CONTROL, 0);
	if (getticks(&end) != OK)
		return;
	end += RESET_SEC * sys_hz();
	while ((status_read(STATUS) & STATUS_BUSY) != 0 &&
	    getticks(&now) == OK && (int32_t)(now - end) < 0)
		(void)blockdriver_wait(1);
}

/* Give a command to a drive that has nothing to do. */
static int
issue(bool slave, uint32_t lba, uint32_t n, uint32_t command)
{
	struct pv_pair out[] = {
		{ DEVICE,
		    DEVICE_LBA | (slave ? DEVICE_SLAVE : 0u) | lba >> 24 },
		{ COUNT, n & 0xff }, /* 0 stands for 256 */
		{ LBA_LOW, lba & 0xff },
		{ LBA_MID, lba >> 8 & 0xff },
		{ LBA_TOP, lba >> 16 & 0xff },
		{ COMMAND, command },
	};

	return sys_vdevio(DIO_BYTE | DIO_OUT, out, sizeof out / sizeof out[0]);
}

/* Wait until the drive wants to move data, or is ready if it is not to move
 * any. An interrupt may be an old one, and one may get lost. */
static int
await(bool data)
{
	uint32_t status;
	int r;

	do {
		r = blockdriver_wait(TIMEOUT_SEC * sys_hz());
		status = status_read(STATUS);
		if ((status & STATUS_BUSY) == 0) {
			if ((status & (STATUS_ERROR | STATUS_FAULT)) != 0)
				return -EIO;
			if (!data || (status & STATUS_DATA) != 0)
				return OK;
		}
	} while (r == OK);
	reset();
	return -EIO;
}

/* Move bytes between the data register and one buffer. Memory that is not
 * aligned needs our own in between. */
static int
port_move(bool write, const struct stream *s, uint32_t bytes)
{
	uint32_t how = DIO_LONG | (write ? DIO_OUT : DIO_IN);
	cp_grant_id_t gid;
	int r;

	if (s->client == SELF)
		return sys_sdevio(how, DATA, SELF, GRANT_INVALID,
		    (vir_bytes)(uintptr_t)(s->own + s->offset), bytes);
	gid = s->vec[s->index].gid;
	r = sys_sdevio(how, DATA, s->client, gid, s->offset, bytes);
	if (r != -EINVAL)
		return r;
	if (write) {
		r = sys_safecopyfrom(s->client, gid, s->offset,
		    (vir_bytes)(uintptr_t)bounce, bytes);
		return r != OK ? r
			       : sys_sdevio(how, DATA, SELF, GRANT_INVALID,
				     (vir_bytes)(uintptr_t)bounce, bytes);
	}
	r = sys_sdevio(how, DATA, SELF, GRANT_INVALID,
	    (vir_bytes)(uintptr_t)bounce, bytes);
	return r != OK ? r
		       : sys_safecopyto(s->client, gid, s->offset,
			     (vir_bytes)(uintptr_t)bounce, bytes);
}

/* Move what the drive wants to move at once, from buffer to buffer. */
static int
block_move(bool write, struct stream *s, uint32_t bytes)
{
	uint32_t n;
	int r;

	while (bytes > 0) {
		n = bytes;
		if (s->client != SELF && n > s->vec[s->index].bytes - s->offset)
			n = s->vec[s->index].bytes - s->offset;
		r = port_move(write, s, n);
		if (r != OK)
			return r;
		bytes -= n;
		s->offset += n;
		if (s->client != SELF && s->offset == s->vec[s->index].bytes) {
			s->index++;
			s->offset = 0;
		}
	}
	return OK;
}

/* The drive has been given a command: move n sectors. */
static int
blocks_move(const struct drive *d, bool write, uint32_t n, struct stream *s,
    uint32_t *moved)
{
	uint32_t some;
	int r;

	for (; n > 0; n -= some) {
		some = n < d->block ? n : d->block;
		if (!write) {
			r = await(true);
			if (r != OK)
				return r;
		}
		r = block_move(write, s, some * BDEV_SECTOR);
		if (r != OK) {
			reset(); /* it still waits for data */
			return r;
		}
		if (write) {
			r = await(n > some);
			if (r != OK)
				return r;
		}
		*moved += some * BDEV_SECTOR;
	}
	return OK;
}

int
controller_transfer(struct drive *d, bool write, uint32_t lba, uint32_t n,
    struct stream *s, uint32_t *moved)
{
	uint32_t command, status;
	int r;

	if (d->resets != resets)
		controller_set_multiple(d);
	if (d->block > 1)
		command = write ? WRITE_MULTIPLE : READ_MULTIPLE;
	else
		command = write ? WRITE : READ;
	r = issue(d->slave, lba, n, command);
	if (r != OK)
		return r;
	if (write) {
		/* The first block is wanted at once, without interrupt. */
		status = poll();
		if ((status & (STATUS_BUSY | STATUS_DATA)) != STATUS_DATA) {
			if ((status & STATUS_BUSY) != 0)
				reset();
			return -EIO;
		}
	}
	return blocks_move(d, write, n, s, moved);
}

void
controller_set_multiple(struct drive *d)
{
	uint32_t n = d->max_block < MAX_BLOCK ? d->max_block : MAX_BLOCK;

	d->resets = resets;
	d->block = 1;
	while ((n & (n - 1)) != 0)
		n &= n - 1; /* drives like powers of two */
	if (n > 1 && issue(d->slave, 0, n, SET_MULTIPLE) == OK &&
	    await(false) == OK)
		d->block = n;
}

int
controller_flush(struct drive *d)
{
	int r = issue(d->slave, 0, 0, FLUSH);

	return r == OK ? await(false) : r;
}

/* With interrupts off: they would come long after somebody waited. */
static int
identify(bool slave, uint16_t id[256])
{
	uint32_t status;
	int r;

	r = sys_outb(DEVICE, DEVICE_LBA | (slave ? DEVICE_SLAVE : 0u));
	if (r != OK)
		return r;
	status = status_read(CONTROL);
	if (status == 0 || status == STATUS_NONE)
		return -ENXIO;
	r = issue(slave, 0, 0, IDENTIFY);
	if (r != OK)
		return r;
	status = poll();
	if ((status & (STATUS_BUSY | STATUS_DATA | STATUS_ERROR)) !=
	    STATUS_DATA)
		return -ENXIO;
	return sys_insw(DATA, id, 256 * sizeof id[0]);
}

int
controller_identify(bool slave, uint16_t id[256])
{
	int r = sys_outb(CONTROL, CONTROL_NO_IRQ), r2;

	if (r == OK)
		r = identify(slave, id);
	(void)status_read(STATUS); /* nothing stays to be acknowledged */
	r2 = sys_outb(CONTROL, 0);
	return r != OK ? r : r2;
}
