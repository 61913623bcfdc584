/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Programs in memory, and how a process is made to run one. RS keeps the
 * program of each service, so that nothing but RS, PM and VM is needed to
 * start a service again. It needs no file for that.
 */
#pragma once

#include <abi/elf.h>
#include <abi/vmlayout.h>
#include <proto/vm.h>

/** An ELF file: in physical memory, since boot, or in RS's own. */
struct image {
	phys_bytes phys; /**< 0: it is at addr */
	void *addr;
	uint32_t size;
};

/**
 * Copy a program from another process and keep it.
 *
 * @param[out] image  to be freed by image_free()
 *
 * @retval OK       kept
 * @retval -E2BIG   empty, or larger than RS_IMAGE_MAX
 * @retval -ENOMEM  no memory
 * @retval -EFAULT  not memory of ep
 */
int image_copy(struct image *image, endpoint_t ep, vir_bytes addr,
    uint32_t size);

/**
 * Can this be a program, as far as its headers tell?
 *
 * @retval OK        yes
 * @retval -ENOEXEC  no program of this machine, or damaged
 */
int image_check(const struct image *image);

/** Forget a program; one of the boot image stays where it is. */
void image_free(struct image *image);

/**
 * Copy a part of a program's file.
 *
 * @retval OK        to is filled
 * @retval -ENOEXEC  the file ends before
 */
int image_read(const struct image *image, uint32_t offset, void *to,
    size_t size);

/** Where a program begins. */
struct image_start {
	vir_bytes pc, sp;
};

/**
 * Build the address space of a program in a new process.
 *
 * @param[in]  ep     process with no privileges yet
 * @param[in]  name   argv[0]
 * @param[in]  args   further arguments, separated by blanks
 * @param[out] start  what PM must know to start it
 *
 * @retval OK        filled
 * @retval -ENOEXEC  no program of this machine, or damaged
 * @retval -E2BIG    too many arguments
 * @return or an error of VM
 */
int image_load(const struct image *image, endpoint_t ep, const char *name,
    const char *args, struct image_start *start);
