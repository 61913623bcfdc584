/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * From modules to the boot processes.
 */
#include "kernel/boot.h"

#include <abi/errno.h>
#include <lacuna/string.h>

#include "kernel/arch/i386/arch.h"
#include "kernel/kinfo.h"
#include "kernel/load.h"
#include "kernel/multiboot.h"
#include "kernel/panic.h"
#include "kernel/priv.h"
#include "kernel/sched.h"

/* Make the process of a module. Only RS may run, and may do everything. */
static void
process_make(struct boot_image *image)
{
	struct proc *p = proc_slot(image->ep);
	vir_bytes pc, sp;

	image->page_dir = multiboot_frame();
	arch_kernel_pdes(image->page_dir);
	if (load_program(image, &pc, &sp) != OK)
		panic("boot module %s is no program", image->name);
	p->page_dir = image->page_dir;
	strlcpy(p->name, image->name, PROC_NAME_MAX);
	arch_proc_start(p, pc, sp);
	p->rts_flags = RTS_NO_PRIV;
	if (image->ep == VM_PROC_NR)
		load_window(image->page_dir);
	if (image->ep != RS_PROC_NR)
		return;
	if (priv_alloc(p, BOOT_PRIV_ID(RS_PROC_NR)) != OK)
		panic("no privileges for rs");
	priv_allow_all(p->priv);
	p->priv->spec.sig_mgr = SELF;
	rts_clear(p, RTS_NO_PRIV);
}

void
boot_processes(void)
{
	for (int i = 0; i < NR_BOOT_PROCS; i++)
		if (boot_image[i].file_size != 0)
			process_make(&boot_image[i]);
	if (boot_image[RS_PROC_NR].file_size == 0)
		panic("no rs among the boot modules");
	multiboot_done();
}
