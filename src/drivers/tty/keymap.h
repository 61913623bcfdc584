/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * From scan codes to what keys mean: set 1 of a PS/2 keyboard, US layout.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/** State of a keyboard between codes. */
struct keymap {
	bool shift, ctrl, alt; /**< held */
	bool caps, keypad;     /**< locked: capitals, digits */
	bool extended;         /**< E0 has come */
	uint8_t skip;          /**< codes of a longer sequence to ignore */
};

#define KEY_TEXT_MAX 6 /* bytes a key may give, with NUL */

/** What a code leads to. */
struct key {
	char text[KEY_TEXT_MAX]; /**< bytes to be typed */
	uint8_t length;
	uint8_t function; /**< 1 for F1 ... 12 for F12; 0: none */
};

/**
 * Take a scan code.
 *
 * @param[in,out] k     state
 * @param[in]     code  from the keyboard
 * @return what it means; mostly nothing, when a key is released
 * @source IBM PS/2 Technical Reference, keyboard scan codes, set 1
 */
struct key keymap_code(struct keymap *k, uint8_t code);
