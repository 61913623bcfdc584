/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The screen: text memory of the VGA, and its cursor.
 *
 * @source IBM VGA XGA Technical Reference, 1992, section 2
 */
#include "drivers/tty/tty.h"

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <lacuna/msgcall.h>
#include <lacuna/printf.h>
#include <lacuna/syslib.h>
#include <proto/vm.h>

#include "drivers/tty/vt.h"

#define TEXT_MEMORY 0xb8000u
#define TEXT_SIZE   PAGE_CEIL(VT_ROWS *VT_COLS * 2)

enum { /* registers of the CRT controller */
	CRTC_INDEX = 0x3d4,
	CRTC_DATA = 0x3d5,
	CURSOR_START = 0x0a,
	CURSOR_HIDE = 0x20, /* in CURSOR_START */
	CURSOR_TOP = 13,    /* scan line where an underline begins */
	START_HIGH = 0x0c,
	START_LOW = 0x0d,
	CURSOR_HIGH = 0x0e,
	CURSOR_LOW = 0x0f
};

static struct vt screen;
static struct tty *terminal;

/* What the screen answers comes in like typed characters. */
static void
reply(const char *text)
{
	for (; *text != '\0' && line_input_room(&terminal->line) > 0; text++)
		line_receive(&terminal->line, (uint8_t)*text, LINE_BYTE);
}

/* Write CRT controller registers: pairs of number and value. */
static void
crtc_write(const uint32_t (*pairs)[2], int n)
{
	struct pv_pair v[8];
	int i;

	for (i = 0; i < n; i++) {
		v[2 * i] = (struct pv_pair){ CRTC_INDEX, pairs[i][0] };
		v[2 * i + 1] = (struct pv_pair){ CRTC_DATA, pairs[i][1] };
	}
	(void)sys_vdevio(DIO_BYTE | DIO_OUT, v, 2 * n); /* our ports */
}

static void
cursor_show(void)
{
	static bool hidden;
	uint32_t at = (uint32_t)(screen.pen.row * VT_COLS + screen.pen.col);
	const uint32_t pairs[][2] = {
		{ CURSOR_HIGH, at >> 8 },
		{ CURSOR_LOW, at & 0xff },
		{ CURSOR_START, screen.hidden ? CURSOR_HIDE : CURSOR_TOP },
	};

	crtc_write(pairs, hidden != screen.hidden ? 3 : 2);
	hidden = screen.hidden;
}

static void
output(struct tty *t)
{
	uint8_t buf[256];
	uint32_t n;

	while ((n = line_output(&t->line, buf, sizeof buf)) > 0)
		vt_write(&screen, buf, n);
	cursor_show();
}

/* Nothing is ever under way. */
static bool
idle(struct tty *t)
{
	(void)t;
	return true;
}

/* A screen has neither speed nor format, nor input of its own. */
static void
configure(struct tty *t)
{
	(void)t;
}

static bool
resume(struct tty *t)
{
	(void)t;
	return false;
}

static void
set_break(struct tty *t, bool on)
{
	(void)t, (void)on;
}

static bool
init(struct tty *t)
{
	static const uint32_t start[][2] = {
		{ START_HIGH, 0 },
		{ START_LOW, 0 },
		{ CURSOR_START, CURSOR_TOP },
	};
	struct vm_map_phys_req req = { TEXT_MEMORY, TEXT_SIZE };
	struct vm_map_phys_rep rep;
	int r;

	r = msg_call(VM_PROC_NR, VM_MAP_PHYS, &req, sizeof req, &rep,
	    sizeof rep);
	if (r != OK) {
		printf("tty: no text memory: %d\n", r);
		return false;
	}
	terminal = t;
	t->line.winsize.ws_row = VT_ROWS;
	vt_init(&screen, (uint16_t *)(uintptr_t)rep.addr, reply);
	crtc_write(start, 3);
	cursor_show();
	keyboard_init(t);
	return true;
}

const struct tty_device console_device = {
	.init = init,
	.output = output,
	.idle = idle,
	.configure = configure,
	.resume = resume,
	.set_break = set_break,
};
