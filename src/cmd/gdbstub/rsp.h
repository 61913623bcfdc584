/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Packets of the GDB remote serial protocol: $DATA#SUM, of which SUM is the
 * sum of the bytes of DATA, modulo 256, as two hexadecimal digits. The other
 * side answers + or -, and sends again what was not understood. In DATA a
 * byte may stand as } and the byte exclusive-or 0x20. Between packets the
 * byte 3 asks to stop the program.
 *
 * A struct rsp_in takes one byte after the other and holds the packet that
 * they make. Nothing here blocks, and no byte is an error of the caller.
 *
 * @source GDB manual, appendix "GDB Remote Serial Protocol"
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RSP_MAX 2048 /* bytes of data in a packet, either way */

#define RSP_BREAK_BYTE 3

/** What a byte has completed. */
enum rsp_event {
	RSP_NONE,
	RSP_PACKET, /**< a packet: data and n are its */
	RSP_LONG,   /**< one with more data than there is room for */
	RSP_BAD,    /**< one with a wrong sum, or that is cut off */
	RSP_ACK,    /**< the other side has understood */
	RSP_NAK,    /**< it wants the last packet again */
	RSP_BREAK,  /**< it wants the program to stop */
};

enum rsp_state {
	RSP_BETWEEN,
	RSP_DATA,
	RSP_ESCAPED, /* behind a } */
	RSP_SUM_HIGH,
	RSP_SUM_LOW,
};

/** The receiving side. Zeros are a good start. */
struct rsp_in {
	enum rsp_state state;
	uint8_t sum, claimed;
	bool is_long, bad_sum;
	size_t n;
	char data[RSP_MAX + 1]; /**< ends with a NUL that does not count */
};

/** Data of a packet under construction. Zeros are an empty one. */
struct rsp_out {
	size_t n;
	bool is_full; /**< something did not fit */
	char data[RSP_MAX];
};

/** Room for a whole packet, each of its bytes escaped. */
#define RSP_FRAME_MAX (2 * RSP_MAX + 4)

/**
 * Take a byte.
 *
 * @param[in,out] in    what has come before
 * @param[in]     byte  the next one
 * @return what it has completed; a packet is there until the next byte
 */
enum rsp_event rsp_take(struct rsp_in *in, uint8_t byte);

/**
 * Make a packet of data.
 *
 * @param[in]  out    data
 * @param[out] frame  the bytes to be sent
 * @return how many
 */
size_t rsp_frame(const struct rsp_out *out, char frame[RSP_FRAME_MAX]);

/** Add a text. @param[in,out] out data @param[in] text it */
void rsp_text(struct rsp_out *out, const char *text);

/** Add bytes as they are. @param[in,out] out data @param[in] bytes they
 * @param[in] n how many */
void rsp_bytes(struct rsp_out *out, const void *bytes, size_t n);

/** Add bytes, two hexadecimal digits each. @param[in,out] out data
 * @param[in] bytes they @param[in] n how many */
void rsp_hex(struct rsp_out *out, const void *bytes, size_t n);

/** Add a number in hexadecimal digits. @param[in,out] out data
 * @param[in] value it */
void rsp_number(struct rsp_out *out, uint32_t value);

/**
 * Read a number in hexadecimal digits, one at least.
 *
 * @param[in,out] at     text; moved behind the digits
 * @param[out]    value  the number
 * @return whether there is one, of 32 bits at most
 */
bool rsp_read_number(const char **at, uint32_t *value);

/**
 * Read bytes, two hexadecimal digits each, up to a byte that is no digit.
 *
 * @param[in,out] at     text; moved behind the digits
 * @param[out]    bytes  they
 * @param[in]     room   for so many
 * @param[out]    n      how many there are
 * @return false: a digit is left over, or they do not fit
 */
bool rsp_read_hex(const char **at, void *bytes, size_t room, size_t *n);

/**
 * Read a character that must be there.
 *
 * @param[in,out] at  text; moved behind it
 * @param[in]     c   the character
 * @return whether it is there
 */
bool rsp_read_char(const char **at, char c);
