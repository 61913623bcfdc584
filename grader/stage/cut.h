/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Bodies of functions, found by the layout of the tree, which `make lint' sees
 * to: a function's name begins a line, its body is between two braces that do.
 * So nobody needs a compiler to cut a solution.
 */
#pragma once

/**
 * The body of a function, braces included.
 *
 * @param[in] source text of a C file
 * @param[in] name   of the function
 * @return for free(), or NULL: it is not defined there
 */
char *cut_body(const char *source, const char *name);

/**
 * Replace the body of a function.
 *
 * @param[in] source text of a C file
 * @param[in] name   of the function
 * @param[in] body   what to put there, braces included
 * @return the new text, for free(), or NULL: it is not defined there
 */
char *cut_replace(const char *source, const char *name, const char *body);
