/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Text from outside, made fit to be printed.
 *
 * Names in archives, words of a compiler about a submission, what a guest
 * reported or put on its console: all were written by somebody who may want a
 * terminal to obey, or a line to look like one of ours. What is printed of
 * them comes through here: valid UTF-8 that can be seen stays; everything
 * else (control characters, bytes that are no UTF-8, characters that turn or
 * hide text) is written as \n, ESC or U+202E.
 */
#pragma once

/**
 * Text for the inside of a line. Tabs stay, line ends do not.
 *
 * @param[in] s any bytes
 * @return for free()
 */
char *quote(const char *s);

/**
 * Text of several lines. Each comes behind an indent, so that none can be
 * taken for a line of ours, and the last one is ended.
 *
 * @param[in] s      any bytes
 * @param[in] indent what to put before each line
 * @return for free(); empty if `s` is
 */
char *quote_lines(const char *s, const char *indent);
