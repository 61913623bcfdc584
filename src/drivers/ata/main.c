/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The driver for ATA disks on the primary channel. A drive is looked for when
 * somebody first asks for it, so that one that is not there costs nothing.
 * The driver keeps nothing that matters: when it dies, a new one takes over.
 */
#include <abi/dev.h>
#include <abi/errno.h>
#include <abi/signal.h>
#include <lacuna/printf.h>
#include <lacuna/sef_lu.h>

#include "drivers/ata/ata.h"

#define ID_CAPABILITIES 49
#define ID_HAS_LBA      0x200
#define ID_MULTIPLE     47
#define ID_SECTORS      60
#define SECTORS_MAX     0x10000000u /* 28 bits */

static struct drive drives[NR_DRIVES];

/* Look at the partition table. */
static int
partitions_read(struct drive *d)
{
	static uint8_t sector[BDEV_SECTOR];
	struct stream s = { .client = SELF, .own = sector };
	uint32_t moved = 0;
	int r = controller_transfer(d, false, 0, 1, &s, &moved);

	if (r == OK)
		mbr_parse(sector, d->size, d->part);
	return r;
}

static void
probe(struct drive *d, bool slave)
{
	static uint16_t id[256];
	uint32_t sectors;

	d->probed = true;
	d->slave = slave;
	if (controller_identify(slave, id) != OK ||
	    (id[ID_CAPABILITIES] & ID_HAS_LBA) == 0)
		return;
	sectors = id[ID_SECTORS] | (uint32_t)id[ID_SECTORS + 1] << 16;
	if (sectors > SECTORS_MAX)
		sectors = SECTORS_MAX;
	d->size = (int64_t)sectors * BDEV_SECTOR;
	d->whole = (struct bdev_part){ 0, d->size };
	d->max_block = id[ID_MULTIPLE] & 0xff;
	d->present = d->fresh = true;
	controller_set_multiple(d);
	if (partitions_read(d) != OK)
		printf("ata: drive %d: no partition table\n", slave);
}

static struct drive *
drive_of(int minor)
{
	int n = minor / ATA_DRIVE_MINORS;

	if (minor < 0 || n >= NR_DRIVES)
		return NULL;
	if (!drives[n].probed)
		probe(&drives[n], n == 1);
	return drives[n].present ? &drives[n] : NULL;
}

static const struct bdev_part *
ata_part(int minor)
{
	const struct drive *d = drive_of(minor);
	int n = minor % ATA_DRIVE_MINORS;

	if (d == NULL || n > MBR_PARTITIONS)
		return NULL;
	if (n == 0)
		return &d->whole;
	return d->part[n - 1].size > 0 ? &d->part[n - 1] : NULL;
}

/* The table may have been changed since the drive was used before. */
static int
ata_open(int minor, bool write)
{
	struct drive *d = drive_of(minor);

	(void)write;
	if (d == NULL)
		return -ENXIO;
	if (d->opens == 0 && !d->fresh && partitions_read(d) == OK &&
	    ata_part(minor) == NULL)
		return -ENXIO;
	d->fresh = false;
	d->opens++;
	return OK;
}

static int
ata_close(int minor)
{
	struct drive *d = drive_of(minor);

	if (d == NULL)
		return -ENXIO;
	if (d->opens > 0) /* a driver that was restarted knows of none */
		d->opens--;
	return OK;
}

/* Whole buffers among the first bytes of a vector. */
static uint32_t
whole_buffers(const struct bdev_vec *vec, uint32_t n, uint32_t bytes)
{
	uint32_t i, sum = 0;

	for (i = 0; i < n && vec[i].bytes <= bytes - sum; i++)
		sum += vec[i].bytes;
	return sum;
}

static int
ata_transfer(const struct bdev_transfer *t, uint32_t *moved)
{
	struct stream s = { .client = t->client, .vec = t->vec };
	struct drive *d = drive_of(t->minor);
	uint32_t i, some, left = 0, bytes = 0;
	uint32_t lba = (uint32_t)(t->position / BDEV_SECTOR);
	int r = OK;

	if (d == NULL)
		return -ENXIO;
	for (i = 0; i < t->n; i++)
		left += t->vec[i].bytes / BDEV_SECTOR;
	for (; left > 0 && r == OK; left -= some, lba += some) {
		some = left < COMMAND_SECTORS ? left : COMMAND_SECTORS;
		r = controller_transfer(d, t->write, lba, some, &s, &bytes);
	}
	*moved = whole_buffers(t->vec, t->n, bytes);
	return r;
}

static int
ata_flush(int minor)
{
	struct drive *d = drive_of(minor);

	return d == NULL ? -ENXIO : controller_flush(d);
}

/* Asked to end, between two requests: what drives keep in memories of their
 * own shall be on the disks. */
static void
ata_signal(int signo)
{
	struct drive *d;
	int r;

	if (signo != SIGTERM)
		return;
	for (d = drives; d < drives + NR_DRIVES; d++) {
		r = d->present ? controller_flush(d) : OK;
		if (r != OK)
			printf("ata: drive %d does not flush: %d\n",
			    (int)(d - drives), r);
	}
	sef_exit(OK);
}

/* For debugging: drives that were asked for. */
static void
ata_dump(void)
{
	const struct drive *d;

	for (d = drives; d < drives + NR_DRIVES; d++)
		if (d->present)
			printf("ata: drive %d: %u sectors, %u users\n",
			    (int)(d - drives),
			    (uint32_t)(d->size / BDEV_SECTOR), d->opens);
}

static int
ata_init(int type, const struct sef_init_info *info)
{
	(void)type, (void)info;
	return controller_init();
}

int
main(void)
{
	static const struct blockdriver ata = {
		.name = "ata",
		.init_fresh = ata_init,
		.init_restart = ata_init,
		.open = ata_open,
		.close = ata_close,
		.part = ata_part,
		.transfer = ata_transfer,
		.flush = ata_flush,
		.signal = ata_signal,
		.dump = ata_dump,
	};

	/* In the main loop no command is outstanding and all is answered. */
	sef_setcb_lu_state_isvalid(sef_cb_lu_state_isvalid_standard);
	return blockdriver_run(&ata);
}
