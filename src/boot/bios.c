/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the loader asks of the BIOS and the board: messages, address line 20,
 * the memory map, the disk.
 */
#include "boot/loader.h"

#define A20_TRIES 4

static uint8_t boot_drive;

static inline void
outb(uint16_t port, uint8_t byte)
{
	__asm__ volatile("outb %0, %1" : : "a"(byte), "Nd"(port) : "memory");
}

static inline uint8_t
inb(uint16_t port)
{
	uint8_t byte;

	__asm__ volatile("inb %1, %0" : "=a"(byte) : "Nd"(port) : "memory");
	return byte;
}

static void
print(const char *s)
{
	for (; *s != '\0'; s++) {
		struct bios_regs r = { .eax = 0x0E00u | (uint8_t)*s, .ebx = 7 };

		outb(0xE9, (uint8_t)*s);
		bios_call(0x10, &r);
	}
}

_Noreturn void
fail(const char *why, const char *what)
{
	const char *stop = "Shutdown"; /* ends an emulator, see kernel */

	print("panic: boot: ");
	print(why);
	print(": ");
	print(what);
	print("\r\n");
	while (*stop != '\0')
		outb(0x8900, (uint8_t)*stop++);
	for (;;)
		__asm__ volatile("cli; hlt");
}

/* With the line off, 1 MiB and 0 are the same byte. */
static int
a20_is_on(void)
{
	volatile uint32_t *low = (volatile uint32_t *)0x500;
	volatile uint32_t *high = (volatile uint32_t *)0x100500;

	__asm__("" : "+r"(low), "+r"(high));
	*low = 0x12345678;
	*high = 0x9ABCDEF0;
	return *low == 0x12345678;
}

void
a20_enable(void)
{
	struct bios_regs r = { .eax = 0x2401 };

	if (a20_is_on())
		return;
	bios_call(0x15, &r);
	if (a20_is_on())
		return;
	outb(0x92, (uint8_t)((inb(0x92) | 2) & ~1)); /* bit 0 resets */
	for (int i = 0; i < A20_TRIES; i++)
		if (a20_is_on())
			return;
	fail("cannot switch on", "address line 20");
}

void
memory_detect(struct memory_map *map)
{
	struct bios_regs r = { .ebx = 0 };
	struct memory_range *m;

	map->count = 0;
	map->high_end = 0;
	do {
		m = &map->range[map->count];
		r.eax = 0xE820;
		r.edx = 0x534D4150; /* "SMAP" */
		r.ecx = sizeof *m - sizeof m->size;
		r.edi = (uint32_t)&m->base;
		bios_call(0x15, &r);
		if (r.flags & BIOS_CARRY || r.eax != 0x534D4150)
			break;
		m->size = sizeof *m - sizeof m->size;
		if (m->type == MEMORY_USABLE && m->base == HIGH_MEMORY)
			map->high_end = HIGH_MEMORY + (uint32_t)m->length;
		map->count++;
	} while (r.ebx != 0 && map->count < MEMORY_RANGES_MAX);
	if (map->high_end == 0)
		fail("the BIOS reports no memory", "above 1 MiB");
}

void
disk_init(uint8_t drive)
{
	boot_drive = drive;
}

static void
sectors_read(uint32_t sector, uint32_t count)
{
	struct {
		uint8_t size, zero;
		uint16_t count, offset, segment;
		uint64_t sector;
	} packet = { .size = 16,
		.count = (uint16_t)count,
		.segment = BOUNCE >> 4,
		.sector = sector };
	struct bios_regs r = { .eax = 0x4200,
		.edx = boot_drive,
		.esi = (uint32_t)&packet };

	bios_call(0x13, &r);
	if (r.flags & BIOS_CARRY)
		fail("cannot read", "the boot drive");
}

void
disk_read(uint32_t sector, uint32_t offset, void *to, uint32_t count)
{
	uint8_t *out = to;

	sector += offset / BOOT_SECTOR_SIZE;
	offset %= BOOT_SECTOR_SIZE;
	while (count > 0) {
		uint32_t bytes = BOUNCE_SECTORS * BOOT_SECTOR_SIZE - offset;

		if (bytes > count)
			bytes = count;
		sectors_read(sector,
		    (offset + bytes + BOOT_SECTOR_SIZE - 1) / BOOT_SECTOR_SIZE);
		memcpy(out, (const uint8_t *)BOUNCE + offset, bytes);
		out += bytes;
		count -= bytes;
		sector += BOUNCE_SECTORS;
		offset = 0;
	}
}
