/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * See test/faults/babble.h. babble() is copied, so it must not call anything
 * nor use data: no table, no constant but in its instructions. Pure noise
 * would be refused at the first check each time, so half of it is nearly
 * right: types that a protocol may have, endpoints that somebody may have.
 */
#include "test/faults/babble.h"

#include <string.h>

#include <lacuna/ipc.h>

#define SEED     0x5eedb5edu /* stands for the seed in the code */
#define MESSAGES 256         /* at most */

#define CODE   __attribute__((section("babble_code")))
#define INLINE static inline __attribute__((always_inline))

/* The linker's names for the ends of the section. */
extern const uint8_t start[] __asm__("__start_babble_code");
extern const uint8_t stop[] __asm__("__stop_babble_code");

INLINE uint32_t
draw(uint32_t *state, uint32_t below)
{
	*state = *state * 1664525 + 1013904223;
	return (*state >> 8) % below;
}

/* Anything. */
INLINE uint32_t
noise(uint32_t *state)
{
	uint32_t high = draw(state, 0x10000);

	return high << 16 | draw(state, 0x10000);
}

/* An endpoint: of the boot, of a process, or of nobody. */
INLINE endpoint_t
somebody(uint32_t *state)
{
	uint32_t kind = draw(state, 8);

	if (kind < 5)
		return (endpoint_t)draw(state, 24) - 5;
	if (kind < 7)
		return endpoint_make(1, (int)draw(state, 64));
	return (endpoint_t)noise(state);
}

/* A type: of a request or an answer of a protocol, a status, or none. */
INLINE int32_t
some_type(uint32_t *state)
{
	uint32_t kind = draw(state, 4);

	if (kind == 0)
		return (int32_t)noise(state);
	if (kind == 1)
		return -(int32_t)draw(state, 140);
	return (int32_t)(draw(state, 16) << 8 | draw(state, 2) << 7 |
	    draw(state, 32));
}

/* A number, small or of any size, an endpoint, an address of the sender. */
INLINE uint32_t
some_word(uint32_t *state)
{
	uint32_t kind = draw(state, 4);

	if (kind == 0)
		return noise(state);
	if (kind == 1)
		return (uint32_t)somebody(state);
	if (kind == 2)
		return (uint32_t)(uintptr_t)state + draw(state, 4096);
	return draw(state, 64);
}

/* Most without blocking: who waits for an answer says nothing more. */
INLINE void
send(uint32_t *state, struct asynmsg *a)
{
	uint32_t kind = draw(state, 32);
	int status;

	a->flags = AMF_VALID | (draw(state, 4) == 0 ? AMF_NOTIFY : 0u);
	a->dst = somebody(state);
	if (kind == 0)
		(void)ipc_trap(SENDREC, a->dst, &a->msg, &status);
	else if (kind == 1)
		(void)ipc_trap(SEND, a->dst, &a->msg, &status);
	else if (kind < 8)
		(void)ipc_trap(SENDA, 1, a, &status);
	else if (kind < 12)
		(void)ipc_trap(NOTIFY, a->dst, NULL, &status);
	else
		(void)ipc_trap(SENDNB, a->dst, &a->msg, &status);
}

CODE static __attribute__((noinline, used)) void
babble(void)
{
	struct asynmsg a;
	uint32_t state, n;
	int i;

	__asm__ volatile("movl %1, %0" : "=r"(state) : "i"(SEED));
	for (n = draw(&state, MESSAGES) + 1; n > 0; n--) {
		a.msg.m_type = some_type(&state);
		for (i = 0; i < MSG_BODY / 4; i++)
			a.msg.m_body[i] = some_word(&state);
		send(&state, &a);
	}
	for (;;)
		__asm__ volatile("ud2");
}

const uint8_t *
babble_make(uint32_t seed, size_t *size)
{
	static uint8_t code[2048];
	const uint32_t mark = SEED;
	size_t i;

	*size = (size_t)((uintptr_t)stop - (uintptr_t)start);
	if (*size > sizeof code)
		return NULL;
	memcpy(code, start, *size);
	for (i = 0; i + sizeof mark <= *size; i++) {
		if (memcmp(code + i, &mark, sizeof mark) == 0) {
			memcpy(code + i, &seed, sizeof seed);
			return code;
		}
	}
	return NULL;
}
