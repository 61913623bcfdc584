/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Memory that is really shared: a window of one service on pages of another.
 * A store through a writable entry is seen at once by all who share the
 * frame; an entry that is not writable is a window for looking only. When
 * sharing ends, each place keeps what was there, as its own.
 */
#pragma once

#include "servers/vm/vm.h"

/** A window. */
struct smap_window {
	struct vmproc *grantee, *owner; /**< may be the same */
	vir_bytes addr;                 /**< the window, in the grantee */
	vir_bytes owner_addr;           /**< what it shows, in the owner */
	vir_bytes length;
	bool writable;
};

/**
 * Make a window. What the grantee had there is gone. Pages of the owner that
 * are shared copy-on-write become its own first; those it has not touched get
 * frames of zeros.
 *
 * @param[in] w  the window
 *
 * @retval OK       done
 * @retval -EINVAL  no pages, or not whole ones; they overlap; the window does
 *                  not lie in one region of private writable memory
 *                  (REGION_ANON, which a stack is not); the owner's memory is
 *                  that of a device (REGION_DEVICE); an image is loading
 * @retval -EBUSY   a page of the window is shared already, or pinned
 * @retval -EFAULT  not all of it is memory of the owner; one of the two is
 *                  about to end
 * @retval -EPERM   a writable window on what the owner itself may not write
 * @retval -ENOMEM  no frames
 * @source own design, after MINIX 3
 *
 * When it fails nothing has changed, but that there may be more page tables. If
 * there are several reasons, any of them may be returned.
 */
int smap_map(const struct smap_window *w);

/**
 * End a window, or a part of it: the grantee keeps the contents as private,
 * writable memory. Pages that are not shared stay as they are; where there is
 * no region any more there are none.
 *
 * @param[in,out] grantee  whose window
 * @param[in]     addr     where it begins
 * @param[in]     length   bytes
 *
 * A grantee that is about to end (VMF_EXITING) takes no frames, and may have
 * nothing there afterwards.
 *
 * @retval OK       none of these pages is shared
 * @retval -EINVAL  no pages, or not whole ones
 * @retval -EFAULT  not addresses of processes
 * @retval -ENOMEM  no frames; nothing has changed
 * @source own design, after MINIX 3
 */
int smap_unmap(struct vmproc *grantee, vir_bytes addr, vir_bytes length);

/**
 * Give a child its part of a page that is, or was, really shared. The child
 * does not join: it gets a copy, and its parent keeps sharing. If nobody else
 * shares any more the page is like any other: see cow_share_page().
 *
 * @param[in,out] parent  entry of the page
 * @param[in,out] child   entry of the copy, empty
 * @param[in]     flags   PTE_* of the copy, when it is alone
 * @param[in]     use     on whose behalf a frame is taken
 *
 * @retval OK       *child is set
 * @retval -ENOMEM  no frame; nothing has changed
 * @source own design
 */
int smap_fork_page(uint32_t *parent, uint32_t *child, uint32_t flags,
    enum frame_use use);
