/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Copy-on-write: copies that are not made until somebody writes. Two places
 * use one frame, and neither may write it: who tries gets a frame of its own.
 * What a page's owner could see is the same as with a copy made at once.
 *
 * A page that is pinned, or really shared, cannot take part: its frame is not
 * only memory of processes, or stores to it are meant for others. Its bytes
 * are copied.
 */
#pragma once

#include "servers/vm/vm.h"

/**
 * Let an empty page be a copy of a present one. Neither may be written from
 * now on before cow_own_page(); a pinned page is copied at once instead, and
 * its entry stays as it is.
 *
 * @param[in,out] from   entry of the page, not SHARED with other places
 * @param[in,out] to     entry of the copy, empty
 * @param[in]     flags  PTE_* of the copy, when it is alone
 * @param[in]     use    on whose behalf a frame is taken, if one is
 *
 * @retval OK       *to is a copy
 * @retval -ENOMEM  no frame; nothing has changed
 * @source own design
 */
int cow_share_page(uint32_t *from, uint32_t *to, uint32_t flags,
    enum frame_use use);

/**
 * Make a present page writable, with a frame that is used nowhere else. The
 * other places keep theirs, and stay as they are: the last of them finds at
 * its own next store that it is alone. No device knows the new frame, so it is
 * not PINNED.
 *
 * @param[in,out] p     whose page; its copies are counted
 * @param[in,out] pte   entry of the page, not SHARED
 * @param[in]     flag  PTE_W, PTE_KW, or 0: which stores will be allowed
 *
 * @retval OK       the page can be written
 * @retval -ENOMEM  no frame; nothing has changed
 * @source own design
 */
int cow_own_page(struct vmproc *p, uint32_t *pte, uint32_t flag);

/** A copy of pages from one process to another. */
struct cow_copy {
	struct vmproc *from, *to; /**< may be the same */
	vir_bytes from_addr, to_addr;
	vir_bytes length;
};

/**
 * Copy pages, copy-on-write wherever that can be. Where it cannot, bytes are
 * copied: from what is pinned or really shared, and into it, so that devices
 * and sharers see them. Rights and errors are those of a copy of bytes.
 *
 * @param[in] copy  what is copied; pages that come to share a frame by it are
 *                  counted in copy->to->count.cow_shares
 *
 * @retval OK       done
 * @retval -EINVAL  no pages, or not whole ones; the ranges overlap
 * @retval -EFAULT  not all of it is memory of the processes, be it that a
 *                  device has registers there, or the destination may not be
 *                  written; nothing has changed
 * @retval -ENOMEM  no frames; nothing has changed, but see below
 *
 * When memory is short, and the kernel pins a source page at the same moment,
 * the pages before it may have been copied.
 * @source own design
 */
int cow_map(const struct cow_copy *copy);
