/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Questions about a guest's memory, for expressions (expr.h).
 *
 * AT is the name of a checkpoint, PLACE that of a place, N the number of a
 * page in it, 0 if left out. What a test program says
 *
 *     report_place("buf", SELF, (uintptr_t)buf, 4096);
 *     report_place("child", child_endpoint, (uintptr_t)buf, 4096);
 *     report_checkpoint("forked");
 *     buf[0] = 1;
 *     report_checkpoint("stored");
 *
 * the checks of that test can rely on, whatever the guest claims:
 *
 *     - obs: forked
 *       expect: frame('forked', 'buf') == frame('forked', 'child')
 *           && refs('forked', 'buf') == 2 && !writable('forked', 'buf')
 *       why: fork shares the frame, and neither may write to it
 *     - obs: stored
 *       expect: moved('forked', 'stored', 'buf') == 1
 *           && refs('stored', 'child') == 1
 *
 * The name in `obs` is for people then; with that of the checkpoint they are
 * led to its line in the program. One page:
 *
 *     frame(AT, PLACE[, N])      number of its frame; -1: not present
 *     pte(AT, PLACE[, N])        its page table entry; 0: not present
 *     refs(AT, PLACE[, N])       entries of all page tables that refer to its
 *                                frame, counted from outside
 *     vm_refs(AT, PLACE[, N])    the same as VM counts it
 *     content(AT, PLACE, N)      digest of its 4096 bytes, as digest() and
 *                                report_digest() have it
 *
 * A whole place; how many of its pages ...
 *
 *     pages(AT, PLACE)           ... there are
 *     present(AT, PLACE[, N])    ... have a frame (with N: 0 or 1; so below)
 *     writable(AT, PLACE[, N])   ... the process may write
 *     shared(AT, PLACE[, N])     ... are marked as really shared
 *     pinned(AT, PLACE[, N])     ... are marked as bound to their frame
 *     held(AT, PLACE, K)         ... have a frame with exactly K references
 *     same(AT, PLACE, OTHER)     ... have the same frame as OTHER's page N
 *     moved(AT, LATER, PLACE)    ... have another frame at LATER than at AT
 *     content(AT, PLACE)         digest of all its bytes, "" if some page is
 *                                not present
 *
 * The system:
 *
 *     free_frames(AT)            frames VM has on its free list
 *     used_frames(AT)            frames that page tables refer to
 *     fresh_frames(AT, LATER)    those among them at LATER that were not at AT
 *     miscounted(AT)             frames of which VM's count is wrong, or that
 *                                are in use and free at once
 *     ticks(AT, LATER)           instructions from one checkpoint to another,
 *                                without those of the checkpoints' records
 *     kernel(AT, NAME)           a number of the kernel, or of VM, as
 *     vm(AT, NAME)               debuginfo.h has it: 'vm/frames.c:nfree'
 *
 * A checkpoint or place that never came is no evidence, and the check fails.
 */
#pragma once

#include "grader/judge/expr.h"

#define EXPR_ARGS_MAX 4
#define EXPR_NOTE_MAX 320

/** A call in an expression. */
struct question {
	const struct expr_env *env;
	const char *name;
	size_t len; /**< of the name */
	const struct value *args;
	int nargs;
};

/**
 * Answer a question. Without env->test, only its form is checked.
 *
 * @param[in]  q       the question
 * @param[out] answer  set only on success
 * @param[out] missing EXPR_STRING_MAX bytes: what was not there, or ""
 * @param[out] note    EXPR_NOTE_MAX bytes: more to tell of the answer, or ""
 * @param[in,out] time of the last checkpoint that was asked for
 *
 * @retval 0       done
 * @retval -ENOENT no such function
 * @retval -EINVAL not its arguments
 */
int oracle_ask(const struct question *q, struct value *answer, char *missing,
    char *note, uint64_t *time);
