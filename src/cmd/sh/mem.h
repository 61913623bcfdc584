/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Memory in regions. What a command line needs is taken from a region piece
 * by piece and given back at once, so nothing is freed one by one and an
 * error has nothing to clean up. A region that a function's body lives in is
 * kept as long as somebody refers to it. Out of memory ends the shell.
 */
#pragma once

#include <stddef.h>

/** A piece of the system's memory, handed out from its beginning. */
struct chunk {
	struct chunk *below; /**< the one before it */
	size_t used, size;   /**< bytes of data */
	_Alignas(8) char data[];
};

/** A region. All zero is an empty one. */
struct region {
	struct chunk *top;
	int references; /**< beside its maker's */
};

/** A state of a region to go back to. */
struct mark {
	struct chunk *top;
	size_t used;
};

/** A growing string in a region; always NUL-terminated once text_end(). */
struct text {
	struct region *from;
	char *s;
	size_t n, size;
};

/**
 * Take memory.
 *
 * @param[in,out] r     region
 * @param[in]     size  bytes
 * @return zeroed memory; never NULL
 */
void *region_take(struct region *r, size_t size);

/** Remember how full a region is. @param[in] r region @return its state */
struct mark region_mark(const struct region *r);

/** Give back what was taken since. @param[in,out] r region
 * @param[in] m state of it */
void region_release(struct region *r, struct mark m);

/** Copy a string. @param[in,out] r region @param[in] s string
 * @return the copy */
char *region_copy(struct region *r, const char *s);

/** Begin a string. @param[out] t string @param[in] r where it will be */
void text_init(struct text *t, struct region *r);

/** Append a character. @param[in,out] t string @param[in] c character */
void text_add(struct text *t, char c);

/** Append a string. @param[in,out] t string @param[in] s what */
void text_puts(struct text *t, const char *s);

/** Append a number in decimal. @param[in,out] t string @param[in] n what */
void text_number(struct text *t, long n);

/** Finish a string. @param[in,out] t string @return it */
char *text_end(struct text *t);

/** malloc() that does not fail. @param[in] size bytes @return memory */
void *heap_take(size_t size);

/** strdup() that does not fail. @param[in] s string @return its copy */
char *heap_copy(const char *s);
