/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the shell's parser and expander need of the rest of it, for tests on
 * the host: nothing is run, complaints are kept.
 */
#pragma once

#include "cmd/sh/parse.h"

/** The last complaint, or empty. */
extern char fake_complaint[128]; /* fake.c */

/**
 * Parse one line.
 *
 * @param[in]     text  it
 * @param[in,out] r     region for the tree
 * @param[out]    n     the tree
 * @return whether that went well
 */
bool fake_parse(const char *text, struct region *r, struct node **n);
