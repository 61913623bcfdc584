/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a guest's memory looked like at the checkpoints of its tests, seen
 * from outside: page tables are walked, references to frames are counted,
 * variables of kernel and VM are read. expr.h has the questions that can be
 * asked; here are the answers.
 */
#pragma once

#include "grader/emulator/bochs_stop.h"
#include "grader/judge/record.h"
#include "grader/oracle/memory.h"

#define FRAME_IS_FREE UINT32_MAX /* as VM's count of it */

struct oracle;

/** What came of a dump. */
enum oracle_take {
	ORACLE_TAKEN,
	ORACLE_OTHER,  /**< not the checkpoint that was announced */
	ORACLE_SHORT,  /**< something that is needed lies behind its end */
	ORACLE_FORGED, /**< kernel or VM is not what was built, see genuine.h */
	ORACLE_DOUBTED /**< the process that stopped is not as it should be */
};

/** An address space. */
struct space {
	int endpoint;
	uint32_t dir;  /**< page directory */
	uint32_t slot; /**< of the kernel's table of processes */
};

/** One checkpoint. */
struct snapshot {
	char *test, *name;
	int sender;          /**< endpoint of the process that stopped */
	uint64_t came, left; /**< instructions, without those of the record */
	struct place *places;
	size_t nplaces;
	struct space *spaces;
	size_t nspaces;
	uint32_t *refs;       /**< of each frame: entries that map it */
	bool *tables;         /**< is it a directory or table? */
	uint32_t frames;      /**< VM's count of frame 0, in VM; 0: not found */
	uint32_t stride;      /**< from one count to the next */
	struct memory memory; /**< kernel, VM, page tables, places */
};

/**
 * Get ready for the boot of a system.
 *
 * @param[in] objects build directory of kernel and VM, with symbols
 * @param[in] bytes   memory the guest has
 * @return for oracle_free(), or NULL: they have no debug information, or not
 *         the tables they should have
 */
struct oracle *oracle_new(const char *objects, uint32_t bytes);

/** A stop of the guest. */
struct oracle_stop {
	const char *dump; /**< file with physical memory, or its beginning */
	struct bochs_stop at;   /**< where the guest has stopped */
	struct bochs_stop came; /**< where it had stopped before */
	const char *program;    /**< file of the test that has announced it, or
				   NULL: there is none */
};

/**
 * Take a checkpoint in, if it is what the last record has announced: the
 * process that reports must be the one that stopped, and nothing that it stands
 * on may have been changed. The stop at the end of a stream leaves nothing
 * behind.
 *
 * @param[in,out] o    the oracle
 * @param[in]     stop with memory as it is now
 * @param[in]     rec  with a stop announced
 * @return what came of it
 */
enum oracle_take oracle_take(struct oracle *o, const struct oracle_stop *stop,
    const struct record *rec);

/** Why the last dump was called forged, or doubted. @param[in] o the oracle
 * @return a sentence */
const char *oracle_fault(const struct oracle *o);

/**
 * A checkpoint by its name, the last one if repeated.
 *
 * @param[in] o    the oracle, or NULL
 * @param[in] test whose it is
 * @param[in] name its name
 * @return the checkpoint, or NULL: never reached
 */
const struct snapshot *oracle_snapshot(const struct oracle *o, const char *test,
    const char *name);

/** A place by its name. @param[in] s the checkpoint @param[in] name its name
 * @return the place, or NULL: not known at that time */
const struct place *snapshot_place(const struct snapshot *s, const char *name);

/** Pages a place touches. @param[in] p the place @return how many */
uint32_t place_pages(const struct place *p);

/**
 * The page table entry of a page of a place.
 *
 * @param[in] s the checkpoint
 * @param[in] p the place
 * @param[in] n which page
 * @return the entry, or 0: not present, or no such process
 */
uint32_t snapshot_entry(const struct snapshot *s, const struct place *p,
    uint32_t n);

/**
 * VM's own count of the places a frame is used in.
 *
 * @param[in] s     the checkpoint
 * @param[in] frame number
 * @return the count, FRAME_IS_FREE, or -1: it cannot be read
 */
int64_t snapshot_vm_refs(const struct snapshot *s, uint32_t frame);

/**
 * Read a number of the kernel or of VM.
 *
 * @param[in]  o     the oracle
 * @param[in]  s     the checkpoint
 * @param[in]  vm    VM's, else the kernel's
 * @param[in]  name  as debuginfo.h has it
 * @param[out] value set only on success
 *
 * @retval 0       done
 * @retval -EINVAL not a number of 1 to 8 bytes
 * @retval -EFAULT not in memory
 * @return or an error of program_find()
 */
int snapshot_variable(const struct oracle *o, const struct snapshot *s, bool vm,
    const char *name, int64_t *value);

/**
 * Free what an oracle holds.
 *
 * @param[in] o from oracle_new(), or NULL
 */
void oracle_free(struct oracle *o);
