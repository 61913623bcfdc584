/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the boot loader left. Memory is handed out from the end of what the
 * loader put there upwards; the rest is VM's.
 * @source Multiboot specification 0.6.96, section 3.3
 */
#include "kernel/multiboot.h"

#include <lacuna/string.h>

#include "kernel/arch/i386/arch.h"
#include "kernel/kinfo.h"
#include "kernel/klog.h"
#include "kernel/panic.h"
#include "kernel/params.h"

#define MULTIBOOT_LOADED  0x2BADB002u
#define MULTIBOOT_MEMORY  0x01u
#define MULTIBOOT_CMDLINE 0x04u
#define MULTIBOOT_MODULES 0x08u

#define LOW_END 0x100000u

struct multiboot_info {
	uint32_t flags;
	uint32_t mem_lower, mem_upper; /**< KiB from 0 and from 1 MiB */
	uint32_t boot_device;
	uint32_t cmdline;
	uint32_t mods_count, mods_addr;
};

struct multiboot_module {
	uint32_t start, end;
	uint32_t string;
	uint32_t reserved;
};

/* Who is in the boot image, by slot. */
static const char *const boot_names[NR_BOOT_PROCS] = { "pm", "vfs", "rs",
	"memory", "log", "tty", "ds", "ext2", "vm", "pipe", "ata", "is", "init",
	"probe" };

extern uint8_t kernel_image_start[], kernel_image_end[]; /* kernel.ld */

static phys_bytes frame_next; /* first frame nobody has */

phys_bytes
multiboot_frame(void)
{
	phys_bytes frame = frame_next;

	if (frame >= kinfo.mem_top)
		panic("boot services do not fit in memory");
	frame_next += PAGE_SIZE;
	memset(phys_ptr(frame), 0, PAGE_SIZE);
	return frame;
}

static void
taken_up_to(phys_bytes end)
{
	if (PAGE_CEIL(end) > frame_next)
		frame_next = PAGE_CEIL(end);
}

/* Slot of a module by its string: the last part of a path, up to a blank. */
static int
slot_of(const char *string)
{
	const char *name = string, *end;

	for (end = string; *end != '\0' && *end != ' '; end++)
		if (*end == '/')
			name = end + 1;
	for (int i = 0; i < NR_BOOT_PROCS; i++) {
		size_t n = strlen(boot_names[i]);

		if ((size_t)(end - name) == n &&
		    strncmp(name, boot_names[i], n) == 0)
			return i;
	}
	return -1;
}

static void
modules_note(const struct multiboot_info *mb)
{
	const struct multiboot_module *mod = phys_ptr(mb->mods_addr);

	for (int i = 0; i < NR_BOOT_PROCS; i++) {
		boot_image[i].ep = i;
		strlcpy(boot_image[i].name, boot_names[i], PROC_NAME_MAX);
	}
	if ((mb->flags & MULTIBOOT_MODULES) == 0)
		panic("no boot modules");
	taken_up_to(mb->mods_addr + mb->mods_count * sizeof(*mod));
	for (uint32_t i = 0; i < mb->mods_count; i++) {
		const char *string = phys_ptr(mod[i].string);
		int slot = slot_of(string);

		taken_up_to(mod[i].end);
		taken_up_to(mod[i].string + strlen(string) + 1);
		if (slot < 0) {
			kprintf("kernel: unknown module %s\n", string);
			continue;
		}
		boot_image[slot].file = mod[i].start;
		boot_image[slot].file_size = mod[i].end - mod[i].start;
	}
}

void
multiboot_read(uint32_t magic, phys_bytes info)
{
	const struct multiboot_info *mb = phys_ptr(info);
	const char *cmdline = NULL;

	kinfo.nr_procs = NR_PROCS;
	kinfo.nr_tasks = NR_TASKS;
	kinfo.kernel_start = (phys_bytes)kernel_image_start - KERNEL_BASE;
	kinfo.kernel_end = (phys_bytes)kernel_image_end - KERNEL_BASE;
	if (magic != MULTIBOOT_LOADED || (mb->flags & MULTIBOOT_MEMORY) == 0)
		panic("not started by a Multiboot loader");
	kinfo.mem_top = PAGE_FLOOR(LOW_END + mb->mem_upper * 1024);
	if (mb->mem_upper >= (DIRECT_MAP_MAX - LOW_END) / 1024)
		kinfo.mem_top = DIRECT_MAP_MAX;
	taken_up_to(kinfo.kernel_end);
	if ((mb->flags & MULTIBOOT_CMDLINE) != 0)
		cmdline = phys_ptr(mb->cmdline);
	params_init(cmdline, phys_ptr(PARAMS_ROM));
	modules_note(mb);
}

void
multiboot_done(void)
{
	kinfo.free[0] = (struct mem_range){
		.base = frame_next,
		.size = kinfo.mem_top - frame_next,
	};
}
