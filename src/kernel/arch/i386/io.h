/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Port input and output, and single instructions.
 */
#pragma once

#include <abi/types.h>

static inline uint8_t
inb(uint16_t port)
{
	uint8_t v;

	__asm__ volatile("inb %1, %0" : "=a"(v) : "Nd"(port) : "memory");
	return v;
}

static inline uint16_t
inw(uint16_t port)
{
	uint16_t v;

	__asm__ volatile("inw %1, %0" : "=a"(v) : "Nd"(port) : "memory");
	return v;
}

static inline uint32_t
inl(uint16_t port)
{
	uint32_t v;

	__asm__ volatile("inl %1, %0" : "=a"(v) : "Nd"(port) : "memory");
	return v;
}

static inline void
outb(uint16_t port, uint8_t v)
{
	__asm__ volatile("outb %0, %1" : : "a"(v), "Nd"(port) : "memory");
}

static inline void
outw(uint16_t port, uint16_t v)
{
	__asm__ volatile("outw %0, %1" : : "a"(v), "Nd"(port) : "memory");
}

static inline void
outl(uint16_t port, uint32_t v)
{
	__asm__ volatile("outl %0, %1" : : "a"(v), "Nd"(port) : "memory");
}

/** Read n bytes, words or longs (width 1, 2, 4) from a port. */
static inline void
port_read_string(uint16_t port, void *buf, size_t n, unsigned width)
{
	if (width == 1)
		__asm__ volatile("rep insb"
				 : "+D"(buf), "+c"(n)
				 : "d"(port)
				 : "memory");
	else if (width == 2)
		__asm__ volatile("rep insw"
				 : "+D"(buf), "+c"(n)
				 : "d"(port)
				 : "memory");
	else
		__asm__ volatile("rep insl"
				 : "+D"(buf), "+c"(n)
				 : "d"(port)
				 : "memory");
}

/** Write n bytes, words or longs (width 1, 2, 4) to a port. */
static inline void
port_write_string(uint16_t port, const void *buf, size_t n, unsigned width)
{
	if (width == 1)
		__asm__ volatile("rep outsb"
				 : "+S"(buf), "+c"(n)
				 : "d"(port)
				 : "memory");
	else if (width == 2)
		__asm__ volatile("rep outsw"
				 : "+S"(buf), "+c"(n)
				 : "d"(port)
				 : "memory");
	else
		__asm__ volatile("rep outsl"
				 : "+S"(buf), "+c"(n)
				 : "d"(port)
				 : "memory");
}

/** Time stamp counter: instructions since power-on. */
static inline uint64_t
read_tsc(void)
{
	uint64_t t;

	__asm__ volatile("rdtsc" : "=A"(t));
	return t;
}
