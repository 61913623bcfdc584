/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Characters and control sequences, see drivers/tty/vt.h. Rows and columns
 * count from 0 here, from 1 in control sequences.
 */
#include "drivers/tty/vt.h"

#include <lacuna/printf.h>
#include <lacuna/string.h>

#define PARAM_MAX 9999

static int
clamp(int n, int low, int high)
{
	if (n < low)
		return low;
	return n > high ? high : n;
}

/* A cell as the pen writes it. */
static uint16_t
cell(const struct vt_pen *p, uint8_t c)
{
	/* VGA has blue where ECMA-48 has red. */
	static const uint8_t vga[8] = { 0, 4, 2, 6, 1, 5, 3, 7 };
	unsigned fg = p->reverse ? vga[p->bg] : vga[p->fg];
	unsigned bg = p->reverse ? vga[p->fg] : vga[p->bg];

	return (uint16_t)(c | (fg | (p->bright ? 8u : 0)) << 8 | bg << 12);
}

static uint16_t *
cell_at(struct vt *v, int row, int col)
{
	return &v->cells[row * VT_COLS + col];
}

/* Blank n cells from a place on. */
static void
blank(struct vt *v, int row, int col, int n)
{
	uint16_t *p = cell_at(v, row, col);
	uint16_t space = cell(&v->pen, ' ');

	for (; n > 0; n--)
		*p++ = space;
}

/* Move rows from..v->bottom-1 up by n, or down; blank rows come in. */
static void
scroll(struct vt *v, int from, int n, bool up)
{
	int rows = v->bottom - from;
	size_t kept;

	n = clamp(n, 0, rows);
	kept = (size_t)(rows - n) * VT_COLS * sizeof v->cells[0];
	if (up)
		memmove(cell_at(v, from, 0), cell_at(v, from + n, 0), kept);
	else
		memmove(cell_at(v, from + n, 0), cell_at(v, from, 0), kept);
	blank(v, up ? v->bottom - n : from, 0, n * VT_COLS);
}

static void
move(struct vt *v, int row, int col)
{
	v->pen.row = clamp(row, 0, VT_ROWS - 1);
	v->pen.col = clamp(col, 0, VT_COLS - 1);
	v->wrap = false;
}

static void
line_feed(struct vt *v)
{
	if (v->pen.row == v->bottom - 1)
		scroll(v, v->top, 1, true);
	else if (v->pen.row < VT_ROWS - 1)
		v->pen.row++;
	v->wrap = false;
}

static void
reverse_feed(struct vt *v)
{
	if (v->pen.row == v->top)
		scroll(v, v->top, 1, false);
	else if (v->pen.row > 0)
		v->pen.row--;
	v->wrap = false;
}

static bool
printable(uint8_t c)
{
	return c >= ' ' && c != 0x7f;
}

/* Show the printable characters at the start of a text, up to the end of the
 * row; returns how many. A character in the last column keeps the cursor
 * there: only the next one goes to a new line. */
static uint32_t
show(struct vt *v, const uint8_t *buf, uint32_t n)
{
	uint16_t colours = cell(&v->pen, 0), *p;
	uint32_t i, room;

	if (v->wrap) {
		v->pen.col = 0;
		line_feed(v);
	}
	room = (uint32_t)(VT_COLS - v->pen.col);
	p = cell_at(v, v->pen.row, v->pen.col);
	for (i = 0; i < n && i < room && printable(buf[i]); i++)
		p[i] = colours | buf[i];
	v->wrap = i == room;
	v->pen.col += (int)i - (v->wrap ? 1 : 0);
	return i;
}

static void
pen_reset(struct vt *v)
{
	v->pen.fg = 7;
	v->pen.bg = 0;
	v->pen.bright = v->pen.reverse = false;
}

static void
reset(struct vt *v)
{
	memset(&v->pen, 0, sizeof v->pen);
	pen_reset(v);
	v->saved = v->pen;
	v->wrap = v->hidden = false;
	v->top = 0;
	v->bottom = VT_ROWS;
	blank(v, 0, 0, VT_ROWS * VT_COLS);
}

void
vt_init(struct vt *v, uint16_t *cells, void (*reply)(const char *text))
{
	memset(v, 0, sizeof *v);
	v->cells = cells;
	v->reply = reply;
	reset(v);
}

/* Parameter i, with what stands for a missing or zero one. */
static int
param(const struct vt *v, int i, int missing)
{
	return i < v->count && v->params[i] != 0 ? v->params[i] : missing;
}

/* ED and EL: from the cursor on, up to the cursor, or all. */
static void
erase(struct vt *v, int from, int size)
{
	int at = v->pen.row * VT_COLS + v->pen.col, end = from + size;

	switch (param(v, 0, 0)) {
	case 0:
		from = at;
		break;
	case 1:
		end = at + 1;
		break;
	case 2:
		break;
	default:
		return;
	}
	blank(v, 0, from, end - from);
}

/* IL and DL: rows at the cursor, in the scrolling region. */
static void
rows_shift(struct vt *v, bool delete)
{
	if (v->pen.row < v->top || v->pen.row >= v->bottom)
		return;
	scroll(v, v->pen.row, param(v, 0, 1), delete);
	move(v, v->pen.row, 0);
}

/* ICH and DCH: cells at the cursor, in its row. */
static void
cells_shift(struct vt *v, bool delete)
{
	uint16_t *p = cell_at(v, v->pen.row, v->pen.col);
	int left = VT_COLS - v->pen.col, n = clamp(param(v, 0, 1), 0, left);
	size_t kept = (size_t)(left - n) * sizeof *p;

	if (delete)
		memmove(p, p + n, kept);
	else
		memmove(p + n, p, kept);
	blank(v, v->pen.row, delete ? VT_COLS - n : v->pen.col, n);
	v->wrap = false;
}

/* One parameter of SGR. */
static void
pen_set(struct vt_pen *p, int n)
{
	if (n == 1)
		p->bright = true;
	else if (n == 22)
		p->bright = false;
	else if (n == 7 || n == 27)
		p->reverse = n == 7;
	else if (n >= 30 && n <= 37)
		p->fg = (uint8_t)(n - 30);
	else if (n >= 40 && n <= 47)
		p->bg = (uint8_t)(n - 40);
	else if (n == 39)
		p->fg = 7;
	else if (n == 49)
		p->bg = 0;
	else if (n >= 90 && n <= 97) {
		p->fg = (uint8_t)(n - 90);
		p->bright = true;
	}
}

static void
select_graphics(struct vt *v)
{
	int i;

	if (v->count == 0)
		pen_reset(v);
	for (i = 0; i < v->count; i++) {
		if (v->params[i] == 0)
			pen_reset(v);
		else
			pen_set(&v->pen, v->params[i]);
	}
}

/* DECSTBM */
static void
set_region(struct vt *v)
{
	int top = param(v, 0, 1), bottom = param(v, 1, VT_ROWS);

	if (top >= bottom || bottom > VT_ROWS)
		return;
	v->top = top - 1;
	v->bottom = bottom;
	move(v, 0, 0);
}

/* DSR */
static void
report(struct vt *v)
{
	char text[16];

	if (param(v, 0, 0) == 5) {
		v->reply("\033[0n");
	} else if (param(v, 0, 0) == 6) {
		(void)snprintf(text, sizeof text, "\033[%d;%dR", v->pen.row + 1,
		    v->pen.col + 1);
		v->reply(text);
	}
}

static void
cursor_restore(struct vt *v)
{
	v->pen = v->saved;
	v->wrap = false;
}

/* Sequences with a ?: of these we know one mode, whether there is a cursor. */
static void
obey_private(struct vt *v, uint8_t c)
{
	if (param(v, 0, 0) == 25 && (c == 'h' || c == 'l'))
		v->hidden = c == 'l';
}

/* Sequences that move the cursor; false: it was another. */
static bool
obey_motion(struct vt *v, uint8_t c)
{
	int row = v->pen.row, col = v->pen.col, n = param(v, 0, 1);

	switch (c) {
	case 'A':
		move(v, row - n, col);
		return true;
	case 'B':
	case 'e':
		move(v, row + n, col);
		return true;
	case 'C':
	case 'a':
		move(v, row, col + n);
		return true;
	case 'D':
		move(v, row, col - n);
		return true;
	case 'E':
		move(v, row + n, 0);
		return true;
	case 'F':
		move(v, row - n, 0);
		return true;
	case 'G':
	case '`':
		move(v, row, n - 1);
		return true;
	case 'd':
		move(v, n - 1, col);
		return true;
	case 'H':
	case 'f':
		move(v, n - 1, param(v, 1, 1) - 1);
		return true;
	default:
		return false;
	}
}

/* A control sequence is complete. */
static void
obey(struct vt *v, uint8_t c)
{
	if (v->private) {
		obey_private(v, c);
		return;
	}
	if (obey_motion(v, c))
		return;
	switch (c) {
	case 'J':
		erase(v, 0, VT_ROWS * VT_COLS);
		break;
	case 'K':
		erase(v, v->pen.row * VT_COLS, VT_COLS);
		break;
	case 'L':
	case 'M':
		rows_shift(v, c == 'M');
		break;
	case '@':
	case 'P':
		cells_shift(v, c == 'P');
		break;
	case 'X':
		blank(v, v->pen.row, v->pen.col,
		    clamp(param(v, 0, 1), 0, VT_COLS - v->pen.col));
		break;
	case 'S':
	case 'T':
		scroll(v, v->top, param(v, 0, 1), c == 'S');
		break;
	case 'm':
		select_graphics(v);
		break;
	case 'n':
		report(v);
		break;
	case 'r':
		set_region(v);
		break;
	case 's':
		v->saved = v->pen;
		break;
	case 'u':
		cursor_restore(v);
		break;
	default:
		break; /* nothing we know: ignored */
	}
}

/* A byte of the parameters. */
static void
collect(struct vt *v, uint8_t c)
{
	int *p;

	if (c == '?') {
		v->private = true;
		return;
	}
	if (v->count == 0)
		v->count = 1;
	if (c == ';') {
		if (v->count < VT_PARAMS)
			v->count++;
		return;
	}
	if (c < '0' || c > '9')
		return;
	p = &v->params[v->count - 1];
	*p = clamp(*p * 10 + (c - '0'), 0, PARAM_MAX);
}

/* The byte after ESC. */
static void
escape(struct vt *v, uint8_t c)
{
	v->state = VT_GROUND;
	switch (c) {
	case '[':
		v->state = VT_CSI;
		v->private = false;
		v->count = 0;
		memset(v->params, 0, sizeof v->params);
		break;
	case '(':
	case ')':
	case '#':
		v->state = VT_SKIP; /* a character set: we have one */
		break;
	case '7':
		v->saved = v->pen;
		break;
	case '8':
		cursor_restore(v);
		break;
	case 'E':
		v->pen.col = 0;
		line_feed(v);
		break;
	case 'D':
		line_feed(v);
		break;
	case 'M':
		reverse_feed(v);
		break;
	case 'c':
		reset(v);
		break;
	default:
		break;
	}
}

/* A control character; they work within sequences, too. */
static void
control(struct vt *v, uint8_t c)
{
	switch (c) {
	case '\b':
		move(v, v->pen.row, v->pen.col - 1);
		break;
	case '\t':
		move(v, v->pen.row, (v->pen.col | 7) + 1);
		break;
	case '\n':
	case '\v':
	case '\f':
		line_feed(v);
		break;
	case '\r':
		move(v, v->pen.row, 0);
		break;
	case 0x18: /* CAN, SUB: forget the sequence */
	case 0x1a:
		v->state = VT_GROUND;
		break;
	case 0x1b:
		v->state = VT_ESCAPE;
		break;
	default:
		break;
	}
}

static void
take(struct vt *v, uint8_t c)
{
	if (c < ' ') {
		control(v, c);
		return;
	}
	switch (v->state) {
	case VT_GROUND:
		break; /* DEL: shows nothing */
	case VT_ESCAPE:
		escape(v, c);
		break;
	case VT_CSI:
		if (c < '@') {
			collect(v, c);
			break;
		}
		v->state = VT_GROUND;
		obey(v, c);
		break;
	case VT_SKIP:
		v->state = VT_GROUND;
		break;
	}
}

void
vt_write(struct vt *v, const uint8_t *buf, uint32_t n)
{
	uint32_t done;

	for (; n > 0; buf += done, n -= done) {
		done = 1;
		if (v->state == VT_GROUND && printable(*buf))
			done = show(v, buf, n);
		else
			take(v, *buf);
	}
}
