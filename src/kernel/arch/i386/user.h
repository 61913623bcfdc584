/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Access to the memory of the active process at its own addresses, for small
 * things in the fast paths. A fault ends the access; user_fault then tells
 * where. The caller has checked that the range ends below KERNEL_BASE.
 */
#pragma once

#include <abi/message.h>
#include <abi/vmlayout.h>

/** A fault on user memory that was caught. */
struct user_fault {
	vir_bytes addr;
	uint32_t error; /**< the processor's error code */
};

/** The latest fault; user.c. */
extern struct user_fault user_fault;

/** Does [addr, addr + size) lie in user space? */
static inline bool
user_range(vir_bytes addr, vir_bytes size)
{
	return size <= KERNEL_BASE && addr <= KERNEL_BASE - size;
}

/** If the instruction at 1 faults, execution continues at 2. */
#define USER_FIXUP                                                             \
	"2:\n\t.pushsection .fixups, \"a\"\n\t.long 1b, 2b\n\t.popsection"

/** Copy words from or to user memory; false: it faulted. */
static inline bool
user_copy_words(void *dst, const void *src, uint32_t words)
{
	__asm__ volatile("1:\trep movsl\n" USER_FIXUP
			 : "+D"(dst), "+S"(src), "+c"(words)
			 :
			 : "memory");
	return words == 0;
}

/** Read a word of user memory; false: it faulted. */
static inline bool
user_read_word(int32_t *word, vir_bytes addr)
{
	int32_t value;
	uint32_t failed = 1;

	__asm__ volatile("1:\tmovl (%2), %0\n\txorl %1, %1\n" USER_FIXUP
			 : "=&r"(value), "+r"(failed)
			 : "r"(addr)
			 : "memory", "cc");
	if (failed != 0)
		return false;
	*word = value;
	return true;
}

/** Set words in the kernel to 0; short ones faster than memset(). */
static inline void
words_clear(uint32_t *dst, uint32_t words)
{
	__asm__ volatile("rep stosl"
			 : "+D"(dst), "+c"(words)
			 : "a"(0)
			 : "memory");
}

/** Read a message; its source is not read. */
static inline bool
user_read_message(struct message *m, vir_bytes addr)
{
	return user_copy_words(&m->m_type, (const void *)(uintptr_t)(addr + 4),
	    15);
}

/** Write a message. */
static inline bool
user_write_message(vir_bytes addr, const struct message *m)
{
	return user_copy_words((void *)(uintptr_t)addr, m, 16);
}

/** Make sure that a byte can be written, without changing it. */
static inline bool
user_touch(vir_bytes addr)
{
	uint32_t failed = 1;

	__asm__ volatile("1:\torb $0, (%1)\n\txorl %0, %0\n" USER_FIXUP
			 : "+r"(failed)
			 : "r"(addr)
			 : "memory", "cc");
	return failed == 0;
}
