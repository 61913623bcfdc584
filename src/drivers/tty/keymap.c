/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The tables of a US keyboard, see drivers/tty/keymap.h.
 */
#include "drivers/tty/keymap.h"

#include <lacuna/string.h>

#define RELEASED 0x80
#define ESC      "\033"

enum { /* codes with a meaning of their own */
	CODE_CTRL = 0x1d,
	CODE_LEFT_SHIFT = 0x2a,
	CODE_RIGHT_SHIFT = 0x36,
	CODE_ALT = 0x38,
	CODE_CAPS = 0x3a,
	CODE_F1 = 0x3b,
	CODE_F10 = 0x44,
	CODE_NUM = 0x45,
	CODE_HOME = 0x47,
	CODE_DELETE = 0x53,
	CODE_F11 = 0x57,
	CODE_F12 = 0x58,
	CODE_EXTENDED = 0xe0,
	CODE_PAUSE = 0xe1
};

/* Codes 0 to 0x39, without and with shift; NUL: gives nothing. */
#define CODES 0x3a
static const char plain[CODES + 1] = "\0\0331234567890-=\177\tqwertyuiop[]\r"
				     "\0asdfghjkl;'`\0\\zxcvbnm,./\0*\0 ";
static const char shifted[CODES + 1] = "\0\033!@#$%^&*()_+\177\tQWERTYUIOP{}\r"
				       "\0ASDFGHJKL:\"~\0|ZXCVBNM<>?\0*\0 ";

/* Codes 0x47 to 0x53: the keypad as digits, and as the keys beside it. */
static const char digits[] = "789-456+1230.";
static const char *const motions[] = { ESC "[H", ESC "[A", ESC "[5~", "-",
	ESC "[D", "", ESC "[C", "+", ESC "[F", ESC "[B", ESC "[6~", ESC "[2~",
	ESC "[3~" };

static void
key_text(struct key *key, const char *text)
{
	key->length = (uint8_t)strlcpy(key->text, text, sizeof key->text);
}

/* One character, changed by the keys that are held. */
static void
key_char(const struct keymap *k, struct key *key, char c)
{
	bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

	if (k->caps && letter)
		c ^= 0x20;
	if (k->ctrl && c >= '@' && c <= '~')
		c &= 0x1f;
	else if (k->ctrl && (c == ' ' || c == '2'))
		c = 0;
	else if (k->ctrl && c == '/')
		c = 0x1f;
	if (k->alt)
		key->text[key->length++] = '\033';
	key->text[key->length++] = c;
}

/* Follow the keys that are held; false: it is another key. */
static bool
modifier(struct keymap *k, uint8_t code, bool extended, bool pressed)
{
	switch (code) {
	case CODE_LEFT_SHIFT:
	case CODE_RIGHT_SHIFT:
		/* Extended ones are a fiction of the keyboard. */
		if (!extended)
			k->shift = pressed;
		return true;
	case CODE_CTRL:
		k->ctrl = pressed;
		return true;
	case CODE_ALT:
		k->alt = pressed;
		return true;
	case CODE_CAPS:
		k->caps ^= pressed;
		return true;
	case CODE_NUM:
		k->keypad ^= pressed;
		return true;
	default:
		return false;
	}
}

/* A key with an extended code: beside the keypad, or a second of a kind. */
static void
key_extended(const struct keymap *k, uint8_t code, struct key *key)
{
	if (code >= CODE_HOME && code <= CODE_DELETE)
		key_text(key, motions[code - CODE_HOME]);
	else if (code < CODES && (plain[code] == '\r' || plain[code] == '/'))
		key_char(k, key, plain[code]);
}

static void
key_simple(const struct keymap *k, uint8_t code, struct key *key)
{
	const char *codes = k->shift ? shifted : plain;

	if (code >= CODE_F1 && code <= CODE_F10) {
		key->function = (uint8_t)(code - CODE_F1 + 1);
	} else if (code == CODE_F11 || code == CODE_F12) {
		key->function = (uint8_t)(code - CODE_F11 + 11);
	} else if (code >= CODE_HOME && code <= CODE_DELETE) {
		if (k->keypad && !k->shift)
			key_char(k, key, digits[code - CODE_HOME]);
		else
			key_text(key, motions[code - CODE_HOME]);
	} else if (code < CODES && codes[code] != '\0') {
		key_char(k, key, codes[code]);
	}
}

struct key
keymap_code(struct keymap *k, uint8_t code)
{
	struct key key = { .length = 0 };
	bool extended = k->extended;
	bool pressed = (code & RELEASED) == 0;

	if (k->skip > 0) {
		k->skip--;
		return key;
	}
	if (code == CODE_PAUSE) {
		k->skip = 2;
		return key;
	}
	k->extended = code == CODE_EXTENDED;
	if (k->extended)
		return key;
	code &= (uint8_t)~RELEASED;
	if (modifier(k, code, extended, pressed) || !pressed)
		return key;
	if (extended)
		key_extended(k, code, &key);
	else
		key_simple(k, code, &key);
	return key;
}
