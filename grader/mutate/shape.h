/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What libclang does not tell of a node: operators, what its children are for
 * it, the semicolon behind it. It is seen in the text between the children.
 */
#pragma once

#include "grader/mutate/parse.h"

/**
 * Complete a node whose children are there. What turns out to be a macro's
 * work becomes NODE_OTHER.
 *
 * @param[in]     source the file
 * @param[in,out] n      the node
 */
void shape_node(const struct source *source, struct node *n);

/**
 * Complete a variable: only its initialiser stays among its children.
 *
 * @param[in]     source the file
 * @param[in,out] n      the variable
 * @param[in]     name   where its name is
 */
void shape_variable(const struct source *source, struct node *n, size_t name);

/**
 * Collect the errors that a file speaks of.
 *
 * @param[in,out] source the file
 */
void shape_errors(struct source *source);
