/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Another process, through ptrace(2): begin to trace it, look at its memory
 * and registers. trace(1) and db(1) share this.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <abi/ptrace.h>

/** Where T_GETUSER finds a register. */
#define PROCESS_REG(name) offsetof(struct trace_user, regs.name)
/** Where it finds what the kernel says of the process. */
#define PROCESS_INFO(name) offsetof(struct trace_user, info.name)

/** Statuses of a program that could not be run. */
enum {
	PROCESS_NOT_RUN = 126,
	PROCESS_NOT_FOUND = 127,
};

/**
 * Find a program as the shell does: by PATH if its name has no slash.
 *
 * @param[in] name  of the program
 * @return its path, good until the next call, or NULL
 */
const char *process_search(const char *name);

/** The same, but if there is none, complains and ends the command. @param[in]
 * name of the program @return its path, good until the next call */
const char *process_find(const char *name);

/**
 * Start a process that is traced; it is stopped just before its exec. If it
 * cannot, complains and ends the command.
 *
 * @param[in] path  the program
 * @param[in] argv  its arguments
 * @return its id. If exec fails it ends with PROCESS_NOT_RUN
 */
pid_t process_start(const char *path, char *const argv[]);

/**
 * Begin to trace a process that runs: it is about to stop.
 *
 * @param[in] pid  its id
 * @return 0, or -1 with errno
 */
int process_attach(pid_t pid);

/**
 * Let go of a process that runs. Waits until it has stopped; signals that it
 * gets meanwhile reach it.
 *
 * @param[in] pid  its id
 * @return 0, or -1: it has ended, or is no longer traced
 */
int process_detach(pid_t pid);

/**
 * Have a process that is stopped go on.
 *
 * @param[in] pid      its id
 * @param[in] request  T_RESUME, T_STEP, T_SYSCALL, T_DETACH
 * @param[in] sig      signal that it gets, or 0
 * @return 0, or -1 with errno
 */
int process_go_on(pid_t pid, int request, int sig);

/**
 * Read memory of a process, up to the first page that is not there.
 *
 * @param[in]  pid   its id
 * @param[in]  addr  address in it
 * @param[out] buf   where to
 * @param[in]  n     bytes wanted
 * @return bytes read
 */
size_t process_peek(pid_t pid, uint32_t addr, void *buf, size_t n);

/** Write memory of a process, all or nothing.
 * @param[in] pid its id @param[in] addr address in it @param[in] buf bytes
 * @param[in] n how many @return 0, or -1 with errno */
int process_poke(pid_t pid, uint32_t addr, const void *buf, size_t n);

/** Read a word that T_GETUSER finds. @param[in] pid the process
 * @param[in] offset PROCESS_REG or PROCESS_INFO @param[out] word the word
 * @return 0, or -1 with errno */
int process_word(pid_t pid, size_t offset, uint32_t *word);
