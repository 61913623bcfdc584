/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A screen of character cells that understands the control sequences of a
 * VT100, as far as editors and pagers use them: cursor motion, erasing,
 * inserting and deleting, a scrolling region, colours, position reports.
 *
 * @source ECMA-48, 5th edition; DEC VT100 User Guide, chapter 3
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define VT_ROWS   25
#define VT_COLS   80
#define VT_PARAMS 8

enum vt_state {
	VT_GROUND,
	VT_ESCAPE,
	VT_CSI,
	VT_SKIP
};

/** Colours and cursor, as far as ESC 7 saves them. */
struct vt_pen {
	int row, col;
	uint8_t fg, bg; /* 0 to 7, in the order of ECMA-48 */
	bool bright, reverse;
};

struct vt {
	uint16_t *cells; /**< VT_ROWS rows: character, colours of VGA << 8 */
	struct vt_pen pen, saved;
	bool wrap; /**< the next character begins a new line */
	bool hidden;
	int top, bottom; /**< scrolling region: rows top to bottom - 1 */

	enum vt_state state;
	bool private; /**< a ? among the parameters */
	int params[VT_PARAMS];
	int count; /**< parameters begun */

	/** Takes what the screen answers to a question. */
	void (*reply)(const char *text);
};

/** Make a blank screen of these cells. */
void vt_init(struct vt *v, uint16_t *cells, void (*reply)(const char *text));

/** Show characters and obey control sequences. */
void vt_write(struct vt *v, const uint8_t *buf, uint32_t n);
