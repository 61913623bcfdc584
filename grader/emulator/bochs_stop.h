/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Runs that stop for a moment: when the guest wishes it with `xchg %bx, %bx`,
 * so that its memory can be looked at, or when a number of instructions has
 * gone by, so that somebody can see whether it gets on. Set bochs_config.stops;
 * without it the debugger reads its commands from a file. With it they come
 * through a pipe: after each stop the debugger says where it is, and waits for
 * what it is told.
 *
 * A stop takes no emulated time and changes nothing of the run. The guest can
 * stop whenever it likes: what a stop is worth, and when there have been too
 * many, is for on_stop() to say.
 */
#pragma once

#include "grader/emulator/bochs.h"

/** Where the guest has stopped. */
struct bochs_stop {
	uint64_t ticks;
	uint32_t page_dir; /**< physical address, from CR3 */
	uint32_t pc;       /**< of the next instruction */
	uint32_t idt;      /**< address of the table of gates, from IDTR */
	bool user;         /**< a program's privilege, not the kernel's */
};

/** What is to be done at a stop. */
enum bochs_wish {
	BOCHS_GO_ON,  /**< nothing */
	BOCHS_DUMP,   /**< write memory into the file, then ask on_dump() */
	BOCHS_ASK,    /**< ask bochs_config.after, then on_answer() */
	BOCHS_GIVE_UP /**< end the run: BOCHS_STOPPED */
};

/** How to treat stops; the callbacks get bochs_config.ctx. */
struct bochs_stops {
	bool magic;       /**< the guest may stop; else xchg does nothing */
	const char *file; /**< for a dump; not removed */
	uint32_t base;    /**< where the guest sees all its memory */
	/** For BOCHS_DUMP, *bytes tells how much; at first it is all. */
	enum bochs_wish (*on_stop)(void *ctx, const struct bochs_stop *stop,
	    uint32_t *bytes);
	/** The file is complete, and may be taken away. BOCHS_DUMP: again,
	 * with another *bytes. A tenth of a second goes into 64 MiB. */
	enum bochs_wish (*on_dump)(void *ctx, uint32_t *bytes);

	uint64_t first; /**< instructions before the first look; 0: never */
	/** So many have gone by. Sets *next, for the look after this one.
	 * It cannot dump. */
	enum bochs_wish (
	    *on_look)(void *ctx, const struct bochs_stop *stop, uint64_t *next);
	/** What the debugger says, after BOCHS_ASK. As above; nor can it ask
	 * again at once. */
	enum bochs_wish (
	    *on_answer)(void *ctx, const char *answers, uint64_t *next);
};
