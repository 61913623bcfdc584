/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * See rsp.h. A $ always begins a packet, also where none is expected: it is
 * escaped in data, so the packet before has lost its end.
 */
#include "cmd/gdbstub/rsp.h"

#include <string.h>

#define ESCAPE     '}'
#define ESCAPE_XOR 0x20

static const char digits[] = "0123456789abcdef";

/* The value of a hexadecimal digit, or -1. */
static int
digit(int c)
{
	const char *at;

	if (c >= 'A' && c <= 'F')
		c += 'a' - 'A';
	at = c != '\0' ? strchr(digits, c) : NULL;
	return at != NULL ? (int)(at - digits) : -1;
}

static void
packet_begin(struct rsp_in *in)
{
	in->state = RSP_DATA;
	in->n = 0;
	in->sum = 0;
	in->is_long = in->bad_sum = false;
}

static enum rsp_event
between(struct rsp_in *in, uint8_t byte)
{
	switch (byte) {
	case '$':
		packet_begin(in);
		return RSP_NONE;
	case '+':
		return RSP_ACK;
	case '-':
		return RSP_NAK;
	case RSP_BREAK_BYTE:
		return RSP_BREAK;
	default:
		return RSP_NONE; /* noise */
	}
}

static void
data_add(struct rsp_in *in, uint8_t byte)
{
	if (in->n < RSP_MAX)
		in->data[in->n++] = (char)byte;
	else
		in->is_long = true;
}

/* A byte within a packet, not its end. */
static void
data_take(struct rsp_in *in, uint8_t byte)
{
	in->sum = (uint8_t)(in->sum + byte);
	if (in->state == RSP_ESCAPED) {
		data_add(in, byte ^ ESCAPE_XOR);
		in->state = RSP_DATA;
	} else if (byte == ESCAPE) {
		in->state = RSP_ESCAPED;
	} else {
		data_add(in, byte);
	}
}

/* A digit of the sum. */
static enum rsp_event
sum_take(struct rsp_in *in, uint8_t byte)
{
	int value = digit(byte);

	in->bad_sum = in->bad_sum || value < 0;
	in->claimed = (uint8_t)(in->claimed << 4 | (value & 0xf));
	if (in->state == RSP_SUM_HIGH) {
		in->state = RSP_SUM_LOW;
		return RSP_NONE;
	}
	in->state = RSP_BETWEEN;
	in->data[in->n] = '\0';
	if (in->bad_sum || in->claimed != in->sum)
		return RSP_BAD;
	return in->is_long ? RSP_LONG : RSP_PACKET;
}

enum rsp_event
rsp_take(struct rsp_in *in, uint8_t byte)
{
	if (in->state == RSP_BETWEEN)
		return between(in, byte);
	if (byte == '$') {
		packet_begin(in);
		return RSP_BAD;
	}
	if (in->state == RSP_SUM_HIGH || in->state == RSP_SUM_LOW)
		return sum_take(in, byte);
	if (byte == '#') {
		in->bad_sum = in->state == RSP_ESCAPED;
		in->state = RSP_SUM_HIGH;
	} else {
		data_take(in, byte);
	}
	return RSP_NONE;
}

size_t
rsp_frame(const struct rsp_out *out, char frame[RSP_FRAME_MAX])
{
	uint8_t sum = 0;
	size_t n = 0, i;
	char c;

	frame[n++] = '$';
	for (i = 0; i < out->n; i++) {
		c = out->data[i];
		if (c == '$' || c == '#' || c == '*' || c == ESCAPE) {
			frame[n++] = ESCAPE;
			c ^= ESCAPE_XOR;
		}
		frame[n++] = c;
	}
	for (i = 1; i < n; i++)
		sum = (uint8_t)(sum + (uint8_t)frame[i]);
	frame[n++] = '#';
	frame[n++] = digits[sum >> 4];
	frame[n++] = digits[sum & 0xf];
	return n;
}

void
rsp_bytes(struct rsp_out *out, const void *bytes, size_t n)
{
	if (n > RSP_MAX - out->n) {
		out->is_full = true;
		return;
	}
	memcpy(out->data + out->n, bytes, n);
	out->n += n;
}

void
rsp_text(struct rsp_out *out, const char *text)
{
	rsp_bytes(out, text, strlen(text));
}

void
rsp_hex(struct rsp_out *out, const void *bytes, size_t n)
{
	const uint8_t *at = bytes;
	char two[2];

	for (; n > 0; n--, at++) {
		two[0] = digits[*at >> 4];
		two[1] = digits[*at & 0xf];
		rsp_bytes(out, two, 2);
	}
}

void
rsp_number(struct rsp_out *out, uint32_t value)
{
	char text[9];
	size_t n = sizeof text - 1;

	text[n] = '\0';
	do {
		text[--n] = digits[value & 0xf];
		value >>= 4;
	} while (value != 0);
	rsp_text(out, text + n);
}

bool
rsp_read_number(const char **at, uint32_t *value)
{
	uint32_t number = 0;
	const char *p = *at;
	int d;

	if (digit(*p) < 0)
		return false;
	for (; (d = digit(*p)) >= 0; p++) {
		if (number >> 28 != 0)
			return false;
		number = number << 4 | (uint32_t)d;
	}
	*value = number;
	*at = p;
	return true;
}

bool
rsp_read_hex(const char **at, void *bytes, size_t room, size_t *n)
{
	uint8_t *to = bytes;
	const char *p = *at;
	size_t i;
	int high, low;

	for (i = 0; (high = digit(p[0])) >= 0; i++, p += 2) {
		low = digit(p[1]);
		if (low < 0 || i == room)
			return false;
		to[i] = (uint8_t)(high << 4 | low);
	}
	*at = p;
	*n = i;
	return true;
}

bool
rsp_read_char(const char **at, char c)
{
	if (c == '\0' || **at != c)
		return false;
	++*at;
	return true;
}
