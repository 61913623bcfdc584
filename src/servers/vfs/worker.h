/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Worker threads. VFS is one process; a request runs in a worker with a stack
 * of its own, and gives the processor up only where it says so: in
 * worker_wait(). Between two waits nothing else in VFS runs, so there is
 * nothing to lock but what must stay as it is across a wait.
 *
 * A process has at most one request in progress. What PM wants of it - end
 * it, interrupt it, give it a new program - is kept until that request is
 * done; an interruption makes the wait it is in fail, or the next one that
 * may last.
 *
 * Many processes may wait at the same time, for pipes and terminals, and each
 * of them holds a worker: so there can be as many as processes. Their rooms
 * are got from VM when they are first needed, and kept.
 *
 * This header is long because it lists all that a worker may wait for.
 */
#pragma once

#include <abi/limits.h>
#include <lacuna/ipc.h>

#define NR_WORKERS     NR_PROCS /* a process has one request at a time */
#define FIRST_WORKERS  24       /* there from the start */
#define MORE_WORKERS   8        /* come together when those are too few */
#define WORKERS_FOR_PM 4        /* kept free, so that exits always progress */
#define WORKER_STACK   8192     /* bytes */

/** What a worker waits for. */
enum wait_kind {
	WAIT_NOTHING, /* it runs, or may run */
	WAIT_FS,      /* the answer of a file server */
	WAIT_FS_TURN, /* its turn at a file server */
	WAIT_DEV,     /* the answer of a character driver */
	WAIT_DRIVER,  /* a driver, or the pipe server, to come back */
	WAIT_LOCK,    /* a vnode somebody else uses */
	WAIT_ROOT,    /* the root file system */
	WAIT_SERVER,  /* the root's server, which has died, to come back */
	WAIT_PIPE,    /* data or room in a pipe, or a peer of a fifo */
	WAIT_SELECT,  /* any news of descriptors */
	WAIT_FLOCK,   /* a record lock */
	WAIT_KINDS
};

struct fproc;
struct fs_peer;
struct user_io;

/** What a worker needs to run. */
struct worker_room {
	char path[PATH_MAX];    /**< as the caller gave it */
	char scratch[PATH_MAX]; /**< while it is walked */
	char other[PATH_MAX];   /**< the second path of a call */
	char link[PATH_MAX];    /**< text of a symbolic link */
	uint8_t stack[WORKER_STACK] __attribute__((aligned(16)));
};

struct worker {
	struct worker_room *room;
	struct fproc *fp; /**< whose request; NULL: idle or VFS's own */
	bool busy;
	void (*run)(struct worker *w);
	struct message in;           /**< the request */
	const struct message *reply; /**< of a peer; good until the next wait */

	enum wait_kind wait;
	const void *object;     /**< vnode or file server waited for */
	struct user_io *reader; /**< WAIT_PIPE: takes what is written */
	int wait_result;        /**< of the wait: OK or a negative error */
	bool interruptible;     /**< a driver's request can be cancelled */
	bool interrupted;       /**< it must not begin a wait that may last */
	bool dying;             /**< its process is to end, and waits little */
	bool changed;           /**< a server was asked to change something */
	const struct fs_peer *no_server; /**< one that has died, or was dead */
	struct fs_peer *peer; /**< WAIT_FS, WAIT_FS_TURN: at which server */
	uint32_t dev_id;      /**< request at a driver */
	endpoint_t dev_ep;    /**< that driver */
	int32_t dev_minor;
	bool dev_limited;   /**< the driver must answer */
	uint32_t dev_since; /**< from when on, in looks */
	uint32_t dev_limit; /**< within how many */
	uint32_t deadline;  /**< WAIT_SELECT: uptime, 0: none */

	struct worker *next; /**< in the list of ready ones */
	uint32_t sp;
};

/** All workers, for who looks for one that waits; in worker.c. */
extern struct worker workers[NR_WORKERS];
extern struct worker *workers_top; /**< from here on none is busy */

/** Go through the workers that have something to do. */
#define FOR_EACH_BUSY(w)                                                       \
	for ((w) = workers; (w) < workers_top; (w)++)                          \
		if ((w)->busy)

/** Prepare the workers; once, before anything else here. */
void worker_init(void);

/** The worker that runs. @return it; NULL in the main loop */
struct worker *worker_self(void);

/**
 * Start a function in a worker. It runs at the next worker_run_ready().
 *
 * @param[in] fp      process it works for, or NULL
 * @param[in] in      message it works on, or NULL
 * @param[in] run     function
 * @param[in] for_pm  the reserve may be used
 * @retval OK        it will run
 * @retval -EAGAIN   no worker is free
 */
int worker_start(struct fproc *fp, const struct message *in,
    void (*run)(struct worker *w), bool for_pm);

/**
 * Give the processor up until somebody wakes this worker.
 *
 * @param[in] kind    what it waits for
 * @param[in] object  which one, or NULL
 * @return what worker_wake() was given; -EINTR at once: worker_interrupt()
 */
int worker_wait(enum wait_kind kind, const void *object);

/** Let those that are ready go on first. Not across a lock. */
void worker_yield(void);

/**
 * The process of a worker is to end. As worker_interrupt(); and from now on
 * the worker waits for no lock, and not long for answers.
 *
 * @param[in] w  worker
 */
void worker_end(struct worker *w);

/** Does anybody wait for this kind of thing? Most of the time nobody does.
 * @param[in] kind what @return whether a search is worth while */
bool worker_waiting(enum wait_kind kind);

/**
 * The process of a worker has got a signal. If the worker waits for something
 * that may never come, that wait ends with -EINTR; else its next such wait
 * does. One that waits for a driver is only marked.
 *
 * @param[in] w  worker
 */
void worker_interrupt(struct worker *w);

/**
 * Let a waiting worker go on.
 *
 * @param[in] w       worker
 * @param[in] result  of its wait
 */
void worker_wake(struct worker *w, int result);

/**
 * Wake all that wait for the same.
 *
 * @param[in] kind    what
 * @param[in] object  which one
 * @param[in] result  of their wait
 */
void worker_wake_all(enum wait_kind kind, const void *object, int result);

/** Run everything that is ready, until all have ended or wait. */
void worker_run_ready(void);
