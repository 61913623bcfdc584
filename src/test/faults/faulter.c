/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See test/faults/faulter.h. */
#include "test/faults/faulter.h"

#include <abi/elf.h>
#include <abi/getinfo.h>
#include <abi/vmlayout.h>
#include <lacuna/kcall.h>
#include <lacuna/server.h>
#include <lacuna/syslib.h>

#include "test/service/owner.h"

#define PRESENT 1u

static struct owner owner;
static struct faulter work;

/* Copy from physical memory. */
static int
phys_read(phys_bytes from, void *to, size_t size)
{
	return sys_vircopy(NONE, from, SELF, vir_addr(to), size, VIRCOPY_PHYS);
}

/* Where the code of a process is: its page tables tell. */
static int
process_find(endpoint_t ep, vir_bytes addr, phys_bytes *phys)
{
	struct proc_info info;
	uint32_t entry = 0;
	int r = sys_getproc(&info, ep);

	if (r == OK)
		r = phys_read(info.page_dir + (addr >> 22) * 4, &entry,
		    sizeof entry);
	if (r == OK && entry & PRESENT)
		r = phys_read((entry & ~(PAGE_SIZE - 1u)) +
			(addr >> 12 & 0x3ff) * 4,
		    &entry, sizeof entry);
	if (r != OK)
		return r;
	*phys = (entry & ~(PAGE_SIZE - 1u)) + addr % PAGE_SIZE;
	return entry & PRESENT ? OK : -EFAULT;
}

/* Where the code is in a program's file at an address. */
static int
file_find(phys_bytes file, vir_bytes addr, phys_bytes *phys)
{
	struct elf_header eh;
	struct elf_phdr ph;
	uint32_t i;
	int r = phys_read(file, &eh, sizeof eh);

	for (i = 0; r == OK && i < eh.phnum; i++) {
		r = phys_read(file + eh.phoff + i * sizeof ph, &ph, sizeof ph);
		if (r == OK && ph.type == ELF_LOAD &&
		    addr - ph.vaddr < ph.filesz) {
			*phys = file + ph.offset + (addr - ph.vaddr);
			return OK;
		}
	}
	return r == OK ? -EFAULT : r;
}

/* Where the code is in the program RS starts a boot service from. */
static int
image_find(endpoint_t ep, vir_bytes addr, phys_bytes *phys)
{
	static struct boot_image image[NR_BOOT_PROCS];
	size_t i;
	int r = sys_getimage(image);

	for (i = 0; r == OK && i < NR_BOOT_PROCS; i++)
		if (image[i].ep == ep)
			return file_find(image[i].file, addr, phys);
	return r == OK ? -ESRCH : r;
}

static void
carry_out(void *unused)
{
	phys_bytes at = 0;
	int r = -EINVAL;

	(void)unused;
	if (work.bytes <= FAULTER_BYTES)
		r = work.victim != NONE
		    ? process_find(work.victim, work.addr, &at)
		    : image_find(work.boot_ep, work.addr, &at);
	if (r == OK && work.write)
		r = sys_vircopy(SELF, vir_addr(work.code), NONE, at, work.bytes,
		    VIRCOPY_PHYS);
	else if (r == OK)
		r = phys_read(at, work.code, work.bytes);
	work.result = r;
}

int
main(int argc, char **argv)
{
	static const struct owner_agent faulter = {
		.name = "faulter",
		.owner = &owner,
		.work = &work,
		.size = sizeof work,
		.carry_out = carry_out,
	};

	return owner_serve(&faulter, argc, argv);
}
