/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The loader: reads kernel and boot modules of the boot image into memory,
 * writes down what it found in the form of the Multiboot specification, and
 * enters the kernel.
 *
 * Of the files in the boot image, "kernel" is the program, the text of
 * "params" the command line, and all others are modules, in their order, each
 * on a page of its own right above the kernel.
 */
#include "boot/loader.h"

#define PARAMS_MAX 1024

#define MULTIBOOT_MEMORY      (1u << 0)
#define MULTIBOOT_CMDLINE     (1u << 2)
#define MULTIBOOT_MODULES     (1u << 3)
#define MULTIBOOT_MMAP        (1u << 6)
#define MULTIBOOT_LOADER_NAME (1u << 9)

struct multiboot_module {
	uint32_t start, end, string, reserved;
};

struct multiboot_info {
	uint32_t flags;
	uint32_t mem_lower, mem_upper; /* KiB */
	uint32_t boot_device;
	uint32_t cmdline;
	uint32_t mods_count, mods_addr;
	uint32_t syms[4];
	uint32_t mmap_length, mmap_addr;
	uint32_t drives_length, drives_addr;
	uint32_t config_table;
	uint32_t boot_loader_name;
};

static struct boot_directory directory;
static struct memory_map memory;
static struct multiboot_info info;
static struct multiboot_module module[BOOT_FILES_MAX];
static char params[PARAMS_MAX];

void loader_main(uint32_t drive);

void *
memcpy(void *restrict to, const void *restrict from, size_t count)
{
	void *at = to;
	uint32_t words = count / 4;

	/* Doublewords: an emulator counts each step of rep as one. */
	__asm__ volatile("rep movsl; movl %3, %%ecx; rep movsb"
			 : "+D"(at), "+S"(from), "+c"(words)
			 : "r"(count % 4)
			 : "memory");
	return to;
}

void *
memset(void *to, int byte, size_t count)
{
	void *at = to;
	uint32_t words = count / 4;

	__asm__ volatile("rep stosl; movl %3, %%ecx; rep stosb"
			 : "+D"(at), "+c"(words)
			 : "a"((uint8_t)byte * 0x01010101u), "r"(count % 4)
			 : "memory");
	return to;
}

int
memcmp(const void *a, const void *b, size_t count)
{
	const uint8_t *p = a, *q = b;

	for (; count > 0; count--, p++, q++)
		if (*p != *q)
			return *p - *q;
	return 0;
}

static int
is_named(const struct boot_entry *file, const char *name, uint32_t length)
{
	return memcmp(file->name, name, length + 1) == 0;
}

static void
directory_read(void)
{
	disk_read(BOOT_DIRECTORY_SECTOR, 0, &directory, sizeof directory);
	if (memcmp(directory.magic, BOOT_MAGIC, sizeof BOOT_MAGIC) != 0)
		fail("no directory of the boot image", "sector 32");
	if (directory.count > (uint32_t)BOOT_FILES_MAX)
		fail("too many files", "directory of the boot image");
	for (uint32_t i = 0; i < directory.count; i++)
		directory.file[i].name[BOOT_NAME_MAX - 1] = '\0';
}

static void
params_load(const struct boot_entry *file)
{
	if (file->size >= PARAMS_MAX)
		fail("is too long", file->name);
	disk_read(file->sector, 0, params, file->size);
	for (uint32_t i = 0; i < file->size; i++)
		if (params[i] == '\n')
			params[i] = ' ';
}

/* Load one module at the first page from *top on. */
static void
module_load(const struct boot_entry *file, uint32_t *top)
{
	uint32_t start = (*top + PAGE - 1) & ~(PAGE - 1);

	if (start > memory.high_end || file->size > memory.high_end - start)
		fail("does not fit into memory", file->name);
	disk_read(file->sector, 0, (void *)start, file->size);
	module[info.mods_count++] = (struct multiboot_module){ .start = start,
		.end = start + file->size,
		.string = (uint32_t)file->name };
	*top = start + file->size;
}

/* Load all files; the kernel comes first, the modules lie above its end. */
static uint32_t
files_load(void)
{
	const struct boot_entry *file = directory.file;
	uint32_t entry, top;

	if (directory.count == 0 || !is_named(file, "kernel", 6))
		fail("the first file of the boot image must be", "kernel");
	entry = elf_load(file, &memory, &top);
	for (uint32_t i = 1; i < directory.count; i++)
		if (is_named(&file[i], "params", 6))
			params_load(&file[i]);
		else
			module_load(&file[i], &top);
	return entry;
}

static void
info_fill(void)
{
	info.flags = MULTIBOOT_MEMORY | MULTIBOOT_CMDLINE | MULTIBOOT_MODULES |
	    MULTIBOOT_MMAP | MULTIBOOT_LOADER_NAME;
	info.mem_lower = 640;
	info.mem_upper = (memory.high_end - HIGH_MEMORY) / 1024;
	info.cmdline = (uint32_t)params;
	info.mods_addr = (uint32_t)module;
	info.mmap_addr = (uint32_t)memory.range;
	info.mmap_length = memory.count * sizeof memory.range[0];
	info.boot_loader_name = (uint32_t) "Lacuna";
}

/* From entry.S, with the boot drive's number. */
void
loader_main(uint32_t drive)
{
	uint32_t entry;

	disk_init((uint8_t)drive);
	a20_enable();
	memory_detect(&memory);
	directory_read();
	entry = files_load();
	info_fill();
	kernel_enter(entry, &info);
}
