/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * RS's first work. Nobody else has privileges yet, so nobody runs. The tables
 * are filled and every service gets its privileges; boot_order.c lets them
 * run.
 */
#include "servers/rs/boot.h"

#include <abi/getinfo.h>
#include <lacuna/printf.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/rights.h>

#include "servers/rs/boot_order.h"
#include "servers/rs/boot_table.h"
#include "servers/rs/privilege.h"
#include "servers/rs/rs.h"
#include "servers/rs/supervise.h"
#include "servers/rs/table.h"
#include "servers/rs/tuning.h"

/* Find a boot service in the kernel's list; NULL: its module was absent. */
static const struct boot_image *
image_find(const struct boot_image *image, const struct boot_row *row)
{
	size_t i;

	for (i = 0; i < NR_BOOT_PROCS; i++)
		if (image[i].ep == row->ep && image[i].file_size != 0)
			return &image[i];
	if (!row->optional)
		panic("%s is not among the boot modules", row->label);
	return NULL;
}

/* Privileges, from the row of the table. */
static void
spec_fill(struct priv_spec *spec, const struct boot_row *row)
{
	size_t i;

	spec->flags = row->flags;
	spec->id = BOOT_PRIV_ID(endpoint_slot(row->ep));
	spec->trap_mask = TRAPS_ALL;
	kcall_mask_fill(row->kcalls, spec->kcall_mask);
	for (i = 0; i < sizeof row->io / sizeof row->io[0]; i++)
		if (row->io[i].last != 0)
			spec->io[spec->nr_io++] = row->io[i];
	for (i = 0; i < sizeof row->irq / sizeof row->irq[0]; i++)
		if (row->irq[i] != 0)
			spec->irq[spec->nr_irq++] = row->irq[i];
	if (row->mem.last != 0)
		spec->mem[spec->nr_mem++] = row->mem;
	spec->sig_mgr = RS_PROC_NR;
	spec->bak_sig_mgr = NONE;
	spec->priority = row->priority;
	spec->quantum = row->quantum;
}

/* Fill the rows of one service. */
static struct rproc *
row_fill(const struct boot_row *row, const struct boot_image *image)
{
	struct rproc *rp = rproc_alloc(); /* the table is large enough */
	struct rprocpub *pub = rp->pub;

	pub->sys_flags = row->sys_flags;
	pub->dev_nr = row->major;
	pub->dev_flags = row->dev_flags;
	pub->vm_call_mask = row->vm_calls;
	pub->quota = row->quota != 0 ? row->quota : BASE_QUOTA;
	strlcpy(pub->label, row->label, sizeof pub->label);
	strlcpy(pub->proc_name, image->name, sizeof pub->proc_name);
	rp->image.phys = image->file;
	rp->image.size = image->file_size;
	rp->period = row->period * sys_hz();
	rp->policy = row->policy;
	rp->keep.size = row->keep;
	spec_fill(&rp->spec, row);
	privilege_send_mask(rp);
	rproc_set_process(rp, row->ep, -1);
	rp->flags = RF_IN_USE | RF_BOOT;
	pub->in_use = 1;
	return rp;
}

/* Fill the rows of one service and set its privileges. */
static void
service_enter(const struct boot_row *row, const struct boot_image *image)
{
	struct rproc *rp = row_fill(row, image);
	int r;

	if (row->sys_flags & SF_USER)
		return; /* it shares its privileges with the others */
	if (row->ep != RS_PROC_NR)
		r = sys_privctl(row->ep, SYS_PRIV_SET_SYS, &rp->spec);
	else /* has all privileges, but no place among the others */
		r = sys_schedule(row->ep, row->priority, row->quantum);
	if (r != OK)
		panic("no privileges for %s: %d", row->label, r);
	/* Its static id is still taken when it is started again. */
	rp->spec.flags |= DYN_PRIV_ID;
}

/* Fill the tables and set all privileges. */
static void
tables_fill(void)
{
	static struct boot_image image[NR_BOOT_PROCS];
	const struct boot_image *found;
	const struct boot_row *row;
	int r;

	r = sys_getimage(image);
	if (r != OK)
		panic("cannot read the boot image: %d", r);
	for (row = boot_table; row < &boot_table[NR_BOOT_PROCS]; row++) {
		found = image_find(image, row);
		if (found != NULL)
			service_enter(row, found);
	}
}

int
boot_start(int type, const struct sef_init_info *info)
{
	(void)type, (void)info; /* nobody starts RS */
	rs_verbose = env_get_number("verbose", 0) != 0;
	rs_pings = env_get_number("pings", 1) != 0;
	tables_fill();
	tuning_apply();
	supervise_start();
	boot_begin();
	return OK;
}
