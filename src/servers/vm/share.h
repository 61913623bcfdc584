/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The pages of a parent, for its child.
 */
#pragma once

#include "servers/vm/vm.h"

/**
 * Let a child, which has its parent's regions, have their pages: copy-on-write,
 * and as they are where frames are not counted. Pages that are really shared,
 * or pinned, are copied at once: the parent keeps them.
 *
 * @param[in,out] parent  finds some of its pages at a fault from now on
 * @param[in,out] child   has no pages yet
 *
 * @retval OK       done
 * @retval -ENOMEM  no frame for a table or a copy; part is done, and harmless
 * @source own design
 */
int share_pages(struct vmproc *parent, struct vmproc *child);
