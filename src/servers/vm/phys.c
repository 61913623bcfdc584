/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Device memory, for drivers. RS has told the kernel which addresses a
 * service owns; the kernel is asked.
 */
#include <lacuna/syslib.h>

#include "servers/vm/pagetable.h"
#include "servers/vm/region.h"

#define PC_DEVICES     0xA0000u /* video memory and ROMs of the PC, up to ... */
#define PC_DEVICES_END 0x100000u

/* Memory can be cached; registers of devices cannot. */
static uint32_t
phys_flags(phys_bytes phys)
{
	if (frame_is_memory(phys) &&
	    (phys < PC_DEVICES || phys >= PC_DEVICES_END))
		return PTE_WRITABLE | PTE_PINNED;
	return PTE_WRITABLE | PTE_PINNED | PTE_CD;
}

/* Enter the pages of a device region. */
static int
phys_enter(struct vmproc *p, vir_bytes addr, vir_bytes end, phys_bytes phys)
{
	uint32_t *pte;

	for (; addr < end; addr += PAGE_SIZE, phys += PAGE_SIZE) {
		pte = pt_entry_make(p->page_dir, addr, vmproc_use(p));
		if (pte == NULL)
			return -ENOMEM;
		*pte = phys | phys_flags(phys);
	}
	return OK;
}

int
do_vm_map_phys(endpoint_t who, const struct vm_map_phys_req *req,
    struct vm_map_phys_rep *rep)
{
	struct priv_range range = { req->phys, req->phys + (req->length - 1) };
	struct vmproc *p = vmproc_caller(who);
	vir_bytes addr, length;
	int r;

	if (req->length == 0 || range.last < range.first ||
	    req->length > USER_MMAP_END - USER_MMAP_BASE)
		return -EINVAL;
	if (sys_privctl(p->ep, SYS_PRIV_QUERY_MEM, &range) != OK)
		return -EPERM;
	length = PAGE_FLOOR(range.last) - PAGE_FLOOR(range.first) + PAGE_SIZE;
	r = region_room(p, length, &addr);
	if (r == OK)
		r = region_add(p, addr, addr + length, REGION_DEVICE,
		    VM_PROT_READ | VM_PROT_WRITE);
	if (r != OK)
		return r;
	r = phys_enter(p, addr, addr + length, PAGE_FLOOR(req->phys));
	if (r != OK) {
		(void)region_remove(p, addr, addr + length); /* a whole one */
		return r;
	}
	rep->addr = addr + req->phys % PAGE_SIZE;
	return OK;
}

int
do_vm_unmap_phys(endpoint_t who, const struct vm_unmap_phys_req *req,
    struct vm_unmap_phys_rep *rep)
{
	struct vmproc *p = vmproc_caller(who);
	const struct region *region;

	(void)rep;
	region = region_find(p, req->addr);
	if (region == NULL || region->kind != REGION_DEVICE ||
	    region->start != PAGE_FLOOR(req->addr))
		return -EINVAL;
	return region_remove(p, region->start, region->end);
}
