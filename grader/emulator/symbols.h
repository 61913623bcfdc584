/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * From addresses to source lines: decodes the stack traces that the kernel
 * and the services print.
 *
 *     trace kernel 0xADDR 0xADDR ...
 *     trace NAME ENDPOINT 0xADDR ...
 *
 * The program is looked for by its name below the build directory, where it
 * keeps its debug information. Lines come from the guest and are not trusted:
 * a line of another form is simply no trace. The decoding is done by addr2line
 * of binutils in a process of its own, so that a damaged program file cannot
 * hurt the caller.
 */
#pragma once

#include <stddef.h>

#define SYMBOLS_DEPTH_MAX 64 /* addresses of a trace that are decoded */

/**
 * Decode one line.
 *
 * @param[in] build directory with kernel/kernel, servers/NAME/NAME, ...
 * @param[in] line  a line of the guest, without its newline
 *
 * @return lines "  #0 function at file:line", with "inlined in" lines below a
 *         function that has no frame of its own, to be freed; NULL if the line
 *         is no trace, or its program or addr2line is not there
 * @source own design; binutils addr2line(1)
 */
char *symbols_decode(const char *build, const char *line);

/**
 * Decode one line with a program that is known.
 *
 * @param[in] program its file
 * @param[in] line    as above; the name in it does not matter
 * @return as above
 */
char *symbols_decode_in(const char *program, const char *line);

/**
 * Find the program NAME, with its symbols, below a build directory. Services
 * come before commands of the same name.
 *
 * @param[in] build the directory
 * @param[in] name  "kernel", "vfs", "sh", ...
 *
 * @return its path, to be freed; NULL if there is none
 */
char *symbols_program(const char *build, const char *name);
