/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The keyboard behind its controller. What is typed goes to the screen's
 * line; function keys go to the information server.
 *
 * @source Intel 8042 as described in the IBM PS/2 Technical Reference
 */
#include "drivers/tty/tty.h"

#include <abi/errno.h>
#include <lacuna/ds.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>
#include <proto/is.h>

#include "drivers/tty/keymap.h"

#define KEYBOARD_IRQ 1
#define PATIENCE     10000 /* polls of a controller that does not answer */

enum {
	DATA = 0x60,
	CONTROL = 0x64,     /* read: state; write: commands */
	STATE_OUTPUT = 1,   /* a byte can be read */
	STATE_INPUT = 2,    /* the last byte written is not taken yet */
	STATE_MOUSE = 0x20, /* the byte is from the mouse */
	READ_CONFIG = 0x20,
	WRITE_CONFIG = 0x60,
	ENABLE = 0xae,
	CONFIG_IRQ = 1,
	CONFIG_OFF = 0x10,
	CONFIG_TRANSLATE = 0x40 /* into codes of set 1 */
};

static struct tty *terminal;
static struct keymap keymap;

/* Read a byte if there is one. */
static bool
take(uint32_t *code, uint32_t *state)
{
	(void)sys_inb(CONTROL, state); /* our ports */
	if ((*state & STATE_OUTPUT) == 0)
		return false;
	(void)sys_inb(DATA, code);
	return true;
}

static void
put(uint32_t port, uint32_t value)
{
	uint32_t state = STATE_INPUT;
	int polls;

	for (polls = 0; polls < PATIENCE && (state & STATE_INPUT) != 0; polls++)
		(void)sys_inb(CONTROL, &state);
	(void)sys_outb(port, value);
}

/* Ask the controller for its configuration; false: no answer. */
static bool
config_get(uint32_t *config)
{
	uint32_t state = 0;
	int polls;

	put(CONTROL, READ_CONFIG);
	for (polls = 0; polls < PATIENCE; polls++)
		if (take(config, &state))
			return true;
	return false;
}

void
keyboard_init(struct tty *t)
{
	uint32_t config, state;
	int i;

	terminal = t;
	keymap = (struct keymap){ .keypad = true };
	for (i = 0; i < 32 && take(&config, &state); i++)
		continue; /* typed before anybody could read it */
	if (!config_get(&config) || !tty_irq_open(KEYBOARD_IRQ, TTY_KEYBOARD))
		return;
	config |= CONFIG_IRQ | CONFIG_TRANSLATE;
	put(CONTROL, WRITE_CONFIG);
	put(DATA, config & ~(uint32_t)CONFIG_OFF);
	put(CONTROL, ENABLE);
}

/* Tell IS of a function key. One that is busy does not get it: keys must not
 * pile up here, should it hang. */
static void
function_key(int key)
{
	struct is_key_msg body = { key };
	struct message m;
	endpoint_t is;

	if (ds_retrieve_label_endpt("is", &is) != OK)
		return;
	memset(&m, 0, sizeof m);
	m.m_type = IS_KEY;
	memcpy(m.m_body, &body, sizeof body);
	(void)ipc_sendnb(is, &m);
}

void
keyboard_irq(void)
{
	uint32_t code = 0, state = 0;
	struct key key;
	int i;

	while (take(&code, &state)) {
		if ((state & STATE_MOUSE) != 0)
			continue;
		key = keymap_code(&keymap, (uint8_t)code);
		if (key.function != 0)
			function_key(key.function);
		/* Nothing can hold a keyboard back: what is too much rings,
		 * but keys that send signals still work. */
		for (i = 0; i < key.length; i++)
			line_receive(&terminal->line, (uint8_t)key.text[i],
			    LINE_BYTE);
	}
}
