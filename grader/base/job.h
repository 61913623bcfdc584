/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Other programs, run with limits: compilers, git, the emulator.
 *
 * A job has a process group of its own and no input. What it prints is kept,
 * or given to the caller as it comes; whatever it leaves running is killed
 * with its group. Its limits do not depend on how busy the machine is: they
 * count processor time, of the job and of all that descends from it, and the
 * time in which it neither computes nor prints. Calls are independent of each
 * other and may be made from several threads.
 */
#pragma once

#include <poll.h>

#include "grader/base/base.h"

#define JOB_FDS      4          /* descriptors a caller may wait for */
#define JOB_NO_LIMIT UINT32_MAX /* for either limit on time */
#define JOB_CPU_MS   600000u    /* usual limits */
#define JOB_IDLE_MS  300000u

/** How far a job may go. Zero is what is usual. */
struct job_limits {
	uint32_t cpu_ms;   /**< processor time; 0: JOB_CPU_MS */
	uint32_t idle_ms;  /**< without any sign of life; 0: JOB_IDLE_MS */
	size_t output;     /**< bytes kept, the rest is dropped; 0: 1 MiB */
	uint64_t file_max; /**< bytes of any file it writes; 0: no limit */
};

/** What a caller does while its job runs. NULL: nothing. */
struct job_calls {
	/** The job has printed; stream is 1 or 2, or 1 for both. */
	void (*output)(void *ctx, int stream, const char *bytes, size_t n);
	/** Fill in further descriptors to wait for; return how many. */
	size_t (*waits)(void *ctx, struct pollfd fds[JOB_FDS]);
	/** One of these is ready. It may be closed now. */
	void (*ready)(void *ctx, int fd, short events);
	/** The job has been asked to end, for whatever reason. */
	void (*asked)(void *ctx);
	/** After each of the above, and whenever turn_ms have passed; true: the
	 *  job is to end. */
	bool (*turn)(void *ctx);
	unsigned int turn_ms; /**< 0: ten times a second */
	bool apart;           /**< two streams, neither of them kept */
};

/** What to run. Zero is a sensible value for all but argv. */
struct job {
	const char *const *argv; /**< argv[0] is looked up in PATH */
	const char *dir;         /**< working directory, or NULL */
	const char *const *env;  /**< environment, or NULL: this program's */
	struct job_limits limits;
	const struct job_calls *calls; /**< or NULL */
	void *ctx;                     /**< for calls */
	int ask;          /**< signal that asks it to end; 0: SIGTERM */
	bool tied;        /**< it dies when this program does, however */
	bool on_terminal; /**< keeps our input, output and process group */
	bool own_signals; /**< the caller minds SIGINT and SIGTERM */
};

/** Why a job is over. */
enum job_end {
	JOB_ENDED, /**< it ended by itself */
	JOB_CPU,   /**< it used up its processor time */
	JOB_IDLE,  /**< it showed no sign of life */
	JOB_TURNED /**< the caller wished so */
};

/** How it ended. */
struct job_result {
	int status;       /**< exit status, or -1: killed by a signal */
	int signal;       /**< which, or 0 */
	enum job_end end; /**< and why */
	char *output;     /**< standard output and error, for free() */
	size_t length;
	double seconds; /**< on this machine's clock */
	double cpu;     /**< seconds of processor time, as last seen */
};

/**
 * Run a program and wait for it.
 *
 * SIGINT and SIGTERM end the job and then this program.
 *
 * @param[in]  job    what to run
 * @param[out] result how it ended, set only on success
 *
 * @retval 0      it ran; it may have failed
 * @retval -errno it could not be started
 */
int job_run(const struct job *job, struct job_result *result);

/**
 * A sentence for a job that a limit has ended.
 *
 * @param[in] job    what was run
 * @param[in] result how it ended
 * @return text for free(), or NULL: no limit did
 */
char *job_limit_text(const struct job *job, const struct job_result *result);

/**
 * Run a program that must succeed; otherwise die() with its output.
 *
 * @param[in] dir  working directory, or NULL
 * @param[in] argv program and arguments
 * @return its output, for free()
 */
char *job_must(const char *dir, const char *const *argv);

/**
 * From now on SIGINT and SIGTERM are only noted; such calls nest.
 */
void job_guard(void);

/**
 * They do what they did before job_guard().
 */
void job_unguard(void);

/**
 * Has one of these signals come while they were guarded against?
 *
 * @return whether the program is to end
 */
bool job_interrupted(void);

/** The same with the arguments written out; its output is thrown away. */
#define RUN(dir, ...) free(job_must(dir, ARGV(__VA_ARGS__)))

/** Arguments written out, for a job. */
#define ARGV(...) ((const char *const[]){ __VA_ARGS__, NULL })

/** A list of strings as arguments of a job. */
#define ARGS(list) ((const char *const *)(list)->at)
