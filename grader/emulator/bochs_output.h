/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Bochs' standard output carries both what the guest writes to port 0xE9 and
 * what the debugger prints. The debugger's script therefore prints marks, which
 * are random numbers the guest cannot know:
 *
 *     banner.. MARK_START guest.. MARK_STOP state.. MARK_DUMP dump.. MARK_END
 */
#pragma once

#include "grader/emulator/bochs_stop.h"

#define BOCHS_TEXT_MAX ((size_t)64 << 20) /* bytes of state and of dump */
#define BOCHS_LINE_MAX 4096 /* a longer guest line is cut in two */
#define BOCHS_HELD_MAX 4    /* lines that may be the debugger's */

/** Where in the output we are; each mark begins the next part. */
enum bochs_part {
	PART_BANNER,
	PART_GUEST,
	PART_STATE,
	PART_DUMP,
	PART_END
};

/** Text that grows; out of memory ends the program. */
struct bochs_text {
	char *bytes; /**< NUL-terminated once anything was added */
	size_t size;
};

/** Reader of Bochs' standard output. */
struct bochs_stdout {
	const struct bochs_config *config;
	uint32_t mark[PART_END]; /**< mark[p] ends part p */
	enum bochs_part part;
	char line[BOCHS_LINE_MAX + 1];
	size_t length;
	char *held[BOCHS_HELD_MAX];
	int nheld;
	char *begun; /**< a guest's line that a stop cut in two, or NULL */
	struct bochs_text state, dump;
	uint64_t output; /**< bytes of the guest */
	bool panicked;   /**< kernel or loader gave up */
	bool stop;       /**< a callback asked for the end */
	bool flooded;    /**< more than the guest may write */
	bool broke;      /**< it stopped at a breakpoint */
	bool magic;      /**< it stopped by the guest's wish */
	char first_panic[256];
};

/**
 * Take in bytes of Bochs' standard output; calls on_line for guest lines.
 *
 * @param[in,out] s     the reader
 * @param[in]     bytes what was read
 * @param[in]     n     how many
 */
void stdout_add(struct bochs_stdout *s, const char *bytes, size_t n);

/**
 * A stop is over, and the guest runs again: the debugger begins a new banner.
 *
 * @param[in,out] s the reader
 */
void stdout_again(struct bochs_stdout *s);

/**
 * The output is at its end: deliver what is still held.
 *
 * @param[in,out] s the reader
 */
void stdout_end(struct bochs_stdout *s);

/**
 * Append bytes; more than BOCHS_TEXT_MAX are dropped.
 *
 * @param[in,out] text  grows
 * @param[in]     bytes to append
 * @param[in]     n     how many
 */
void text_add(struct bochs_text *text, const char *bytes, size_t n);

/**
 * Whether the system as a whole gives up with this line.
 *
 * @param[in] line of the guest
 * @return true for the kernel's and the loader's panics
 */
bool line_is_panic(const char *line);

/**
 * Take the debugger's account of a stop apart.
 *
 * @param[in]  state what it printed
 * @param[out] stop  set only on success
 * @return whether all is there
 */
bool stop_parse(const char *state, struct bochs_stop *stop);

/**
 * The text screen found in the debugger's dump of video memory.
 *
 * @param[in] state the debugger's output
 * @return 25 lines, or "" if there is no dump; to be freed
 */
char *screen_text(const char *state);

/**
 * Copy a text, or end the program.
 *
 * @param[in] text NUL-terminated
 * @return the copy, to be freed
 */
char *text_copy(const char *text);
