/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The formats exec reads: program files, scripts, argument frames. All of it
 * comes from users, so nothing is believed. Nothing here blocks.
 */
#pragma once

#include <abi/limits.h>
#include <abi/types.h>
#include <proto/vm.h>

/** Arguments and environment, see struct pm_exec_req. */
struct exec_frame {
	uint32_t len;
	uint32_t argc, envp; /**< count; index of the first pointer of envp */

	union {
		uint8_t data[ARG_MAX];
		uint32_t word[ARG_MAX / 4];
	};
};

/** What an ELF file says. */
struct exec_program {
	struct vm_image image; /**< without stack_filled */

	struct {
		vir_bytes vaddr;
		uint32_t filesz, offset;
	} load[VM_SEGMENTS];

	vir_bytes entry;
};

/**
 * Check a frame: counts, NULLs and every pointer within it, strings ended.
 *
 * @param[in,out] f  data and len set; argc and envp are filled in
 * @retval OK       usable
 * @retval -EINVAL  not
 */
int frame_check(struct exec_frame *f);

/**
 * Make offsets addresses.
 *
 * @param[in,out] f     checked frame
 * @param[in]     base  where it will be
 */
void frame_relocate(struct exec_frame *f, vir_bytes base);

/**
 * Change the arguments of a script to those of its interpreter: interpreter,
 * its argument if any, path of the script, old arguments but the first.
 *
 * @param[in,out] f       checked frame
 * @param[in]     script  path of the script
 * @param[in]     interp  path of the interpreter
 * @param[in]     arg     argument of the interpreter, or NULL
 * @retval OK      done
 * @retval -E2BIG  it does not fit
 */
int frame_script(struct exec_frame *f, const char *script, const char *interp,
    const char *arg);

/**
 * Is this a script, "#! interpreter [argument]"?
 *
 * @param[in,out] text    beginning of the file; is cut up
 * @param[in]     size    bytes of it
 * @param[out]    interp  path
 * @param[in]     room    bytes at interp
 * @param[out]    arg     in text, or NULL
 * @return whether it is a usable one
 */
bool script_parse(char *text, uint32_t size, char *interp, size_t room,
    char **arg);

/**
 * Read the headers of an ELF file.
 *
 * @param[in]  header  beginning of the file
 * @param[in]  size    bytes of it
 * @param[in]  fsize   bytes in the file
 * @param[out] prog    what it says
 * @retval OK        a program that fits the address space
 * @retval -ENOEXEC  not
 */
int elf_parse(const uint8_t *header, uint32_t size, int64_t fsize,
    struct exec_program *prog);
