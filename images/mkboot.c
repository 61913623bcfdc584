/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * mkboot DISK SIZE PARTITION MBR LOADER NAME=FILE...
 *
 * Write the first part of a disk image, as src/boot/image.h describes it: boot
 * record with a partition table of one entry, loader, directory, files. DISK
 * becomes SIZE bytes long; the one partition reaches from byte PARTITION to
 * its end and is left as zeros for mke2fs. The same input gives the same
 * bytes.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "boot/image.h"

#define PARTITION_TABLE  446
#define PARTITION_ACTIVE 0x80
#define PARTITION_LINUX  0x83
#define HEADS            16u /* the geometry emulators assume */
#define TRACK            63u

/* The disk being written. */
struct disk {
	FILE *file;
	uint32_t size, partition; /* bytes */
	uint32_t next;            /* first free sector for files */
	struct boot_directory directory;
};

static _Noreturn void
die(const char *what, const char *why)
{
	fprintf(stderr, "mkboot: %s: %s\n", what, why);
	exit(1);
}

static uint32_t
number(const char *text)
{
	char *end;
	unsigned long n = strtoul(text, &end, 0);

	if (*text == '\0' || *end != '\0' || n > UINT32_MAX || n % 512 != 0)
		die(text, "not a number of bytes in whole sectors");
	return (uint32_t)n;
}

/* Read a whole file; it must have at most max bytes. The caller frees it. */
static uint8_t *
slurp(const char *path, size_t max, size_t *size)
{
	FILE *f = fopen(path, "rb");
	uint8_t *bytes = malloc(max + 1);

	if (f == NULL || bytes == NULL)
		die(path, strerror(errno));
	*size = fread(bytes, 1, max + 1, f);
	if (ferror(f))
		die(path, strerror(errno));
	if (*size > max)
		die(path, "too large for its place on the disk");
	fclose(f);
	return bytes;
}

static void
put(struct disk *d, uint32_t sector, const void *bytes, size_t size)
{
	if (fseek(d->file, (long)sector * BOOT_SECTOR_SIZE, SEEK_SET) != 0 ||
	    fwrite(bytes, 1, size, d->file) != size)
		die("disk image", strerror(errno));
}

static void
put32(uint8_t *to, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		to[i] = (uint8_t)(value >> (8 * i));
}

/* A sector's number as cylinder, head, sector, in the table's packing. */
static void
put_chs(uint8_t *to, uint32_t sector)
{
	uint32_t cylinder = sector / (HEADS * TRACK);

	if (cylinder > 1023) {
		to[0] = 0xFE; /* beyond what it can say */
		to[1] = to[2] = 0xFF;
		return;
	}
	to[0] = (uint8_t)(sector / TRACK % HEADS);
	to[1] = (uint8_t)(sector % TRACK + 1 + (cylinder >> 8 << 6));
	to[2] = (uint8_t)cylinder;
}

static void
record_write(struct disk *d, const char *path)
{
	size_t size;
	uint8_t *record = slurp(path, BOOT_SECTOR_SIZE, &size);
	uint8_t *entry = record + PARTITION_TABLE;
	uint32_t first = d->partition / BOOT_SECTOR_SIZE;
	uint32_t end = d->size / BOOT_SECTOR_SIZE;

	if (size != BOOT_SECTOR_SIZE)
		die(path, "a boot record has 512 bytes");
	entry[0] = PARTITION_ACTIVE;
	put_chs(entry + 1, first);
	entry[4] = PARTITION_LINUX;
	put_chs(entry + 5, end - 1);
	put32(entry + 8, first);
	put32(entry + 12, end - first);
	put(d, 0, record, size);
	free(record);
}

static void
loader_write(struct disk *d, const char *path)
{
	size_t size;
	uint8_t *loader =
	    slurp(path, (size_t)BOOT_LOADER_SECTORS * BOOT_SECTOR_SIZE, &size);

	put(d, BOOT_LOADER_SECTOR, loader, size);
	free(loader);
}

/* Add one file, named by an argument NAME=FILE. */
static void
file_add(struct disk *d, char *argument)
{
	char *path = strchr(argument, '=');
	struct boot_entry *entry;
	uint8_t *bytes;
	size_t size;

	if (path == NULL || path - argument >= BOOT_NAME_MAX)
		die(argument, "want NAME=FILE, with a short name");
	*path++ = '\0';
	if (d->directory.count >= (uint32_t)BOOT_FILES_MAX)
		die(argument, "the directory is full");
	bytes = slurp(path, d->partition - d->next * BOOT_SECTOR_SIZE, &size);
	put(d, d->next, bytes, size);
	free(bytes);

	entry = &d->directory.file[d->directory.count++];
	memcpy(entry->name, argument, strlen(argument));
	put32((uint8_t *)&entry->sector, d->next);
	put32((uint8_t *)&entry->size, (uint32_t)size);
	d->next += (uint32_t)(size + BOOT_SECTOR_SIZE - 1) / BOOT_SECTOR_SIZE;
	d->next += BOOT_FILE_ALIGN - 1;
	d->next -= d->next % BOOT_FILE_ALIGN;
}

static void
directory_write(struct disk *d)
{
	memcpy(d->directory.magic, BOOT_MAGIC, sizeof BOOT_MAGIC);
	put32((uint8_t *)&d->directory.count, d->directory.count);
	put(d, BOOT_DIRECTORY_SECTOR, &d->directory, sizeof d->directory);
}

int
main(int argc, char **argv)
{
	static struct disk d = { .next = BOOT_FILES_SECTOR };
	bool help = argc == 2 && strcmp(argv[1], "--help") == 0;

	if (argc < 7) {
		fputs("usage: mkboot DISK SIZE PARTITION MBR LOADER "
		      "NAME=FILE...\n",
		    help ? stdout : stderr);
		return help ? 0 : 2;
	}
	d.size = number(argv[2]);
	d.partition = number(argv[3]);
	if (d.partition >= d.size ||
	    d.partition < BOOT_FILES_SECTOR * BOOT_SECTOR_SIZE)
		die(argv[3], "no place for a partition");
	d.file = fopen(argv[1], "wb");
	if (d.file == NULL || ftruncate(fileno(d.file), (off_t)d.size) != 0)
		die(argv[1], strerror(errno));
	record_write(&d, argv[4]);
	loader_write(&d, argv[5]);
	for (int i = 6; i < argc; i++)
		file_add(&d, argv[i]);
	directory_write(&d);
	if (fclose(d.file) != 0)
		die(argv[1], strerror(errno));
	return 0;
}
