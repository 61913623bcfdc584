/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The partition table: four entries of 16 bytes before a signature. Of an
 * entry we use the type, the first sector and the number of sectors.
 */
#include "drivers/ata/mbr.h"

#define TABLE      446
#define ENTRY      16
#define TYPE       4
#define FIRST      8
#define COUNT      12
#define SIGNATURE  510
#define TYPE_EMPTY 0

static uint32_t
little_endian(const uint8_t *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	    (uint32_t)p[3] << 24;
}

/* The bytes of one entry that exist. */
static struct bdev_part
entry_parse(const uint8_t *entry, int64_t size)
{
	struct bdev_part part = {
		.base = (int64_t)little_endian(entry + FIRST) * BDEV_SECTOR,
		.size = (int64_t)little_endian(entry + COUNT) * BDEV_SECTOR,
	};

	if (entry[TYPE] == TYPE_EMPTY || part.base == 0 || part.base >= size)
		return (struct bdev_part){ 0, 0 };
	if (part.size > size - part.base)
		part.size = size - part.base;
	return part;
}

void
mbr_parse(const uint8_t *sector, int64_t size,
    struct bdev_part part[MBR_PARTITIONS])
{
	bool table = sector[SIGNATURE] == 0x55 && sector[SIGNATURE + 1] == 0xaa;
	int i;

	for (i = 0; i < MBR_PARTITIONS; i++)
		part[i] = table ? entry_parse(sector + TABLE + i * ENTRY, size)
				: (struct bdev_part){ 0, 0 };
}
