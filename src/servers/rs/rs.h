/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The Reincarnation Server: starts, supervises and restarts every other
 * service. Each service has a row in two tables: struct rprocpub, which all
 * services may read, and struct rproc, which is RS's own.
 *
 * RS must stay able to bring back what the others need. It waits only for PM,
 * VM and the kernel; everybody else is told what there is to tell by
 * asynchronous messages. See boot.c for the first start, start.c for all the
 * others, death.c for the end of a service. This header is long because it
 * holds what all files of the server share.
 */
#pragma once

#include <lacuna/server.h>
#include <proto/rs.h>
#include <proto/sef.h>

#include "servers/rs/image.h"

/* Flags of a row. */
#define RF_IN_USE       0x01
#define RF_BOOT         0x02 /* came with the boot image */
#define RF_EXITING      0x04 /* its next death is its last */
#define RF_REFRESHING   0x08 /* its next death is wanted: start again */
#define RF_INITIALIZING 0x10 /* has been asked to initialise */
#define RF_ONCE         0x20 /* every death is its last */
#define RF_IPC_LIST     0x40 /* ipc says whom it may send to */
#define RF_WAIT_END     0x80 /* the caller waits for its last death */

struct rproc {
	struct rprocpub *pub;    /**< endpoint NONE: no process */
	uint32_t flags;          /**< RF_* */
	int32_t pid;             /**< -1: not known, or no process */
	int32_t restarts;        /**< times it was started again */
	int32_t backoff;         /**< periods until it is started again, or 0 */
	endpoint_t old_endpoint; /**< of the previous instance, or NONE */

	/* Absolute times in ticks; 0: off. */
	clock_ticks started;
	clock_ticks init_deadline; /**< must have initialised by then */
	clock_ticks stop_deadline; /**< must have ended by then */
	clock_ticks ping_sent;     /**< and not yet answered */
	clock_ticks last_alive;

	endpoint_t caller; /**< waits for the outcome; or NONE */

	/* What it is made of. */
	uint32_t period; /**< of pings, in ticks; 0: none */
	uint32_t uid;
	struct image image;
	struct priv_spec spec;
	char args[RS_ARGS_MAX];
	char ipc[RS_IPC_MAX];
};

/** State of the whole server. Defined in table.c. */
extern struct rproc rproc[NR_SYS_PROCS];
extern struct rprocpub rprocpub[NR_SYS_PROCS];
extern bool rs_shutting_down;
extern bool rs_verbose;

#define RS_DELTA_T  sys_hz()        /* period of the supervision */
#define RS_INIT_T   (10 * sys_hz()) /* time to initialise */
#define RS_STOP_T   (2 * RS_DELTA_T)
#define RS_GOOD_T   (60 * sys_hz()) /* ran well: forgive earlier deaths */
#define MAX_BACKOFF 30              /* periods */

/** Current time, in ticks since boot. */
clock_ticks rs_now(void);

/** Row of a running service, or NULL: the endpoint may be anybody's. */
struct rproc *rproc_by_endpoint(endpoint_t ep);

/** Row of a label, or NULL. The label ends within LABEL_MAX bytes. */
struct rproc *rproc_by_label(const char *label);

/** A free row, emptied, or NULL. It is not in use yet. */
struct rproc *rproc_alloc(void);

/** Free a row and what it holds. */
void rproc_free(struct rproc *rp);

/** Bind a row to its process; ep NONE: it has none any more. */
void rproc_set_process(struct rproc *rp, endpoint_t ep, int32_t pid);

/**
 * Send a message without waiting, nor expecting a reply that is one.
 *
 * @param[in] size  of the payload, at most MSG_BODY
 */
void rs_send(endpoint_t to, int type, const void *payload, size_t size);

/* Boot: boot.c and boot_table.c. */

/** Build the tables from the boot table, let the first services run. */
int boot_start(int type, const struct sef_init_info *info);

/** A boot service has initialised: let the next ones run. */
void boot_step(void);

/** Are there boot services that have not initialised yet? */
bool boot_busy(void);

/* Starting: start.c, init.c, privilege.c, publish.c. */

/**
 * Start a service that has a row and a program but no process.
 *
 * @retval OK  it runs and has been asked to initialise
 * @return or an error: nothing is left of the attempt
 */
int service_start(struct rproc *rp, int init_type);

/** Ask a service to initialise; from now on it is supervised. */
void init_request(struct rproc *rp, int init_type);

/** Take a service's report. @param[in] m  of type RS_INIT */
void init_report(const struct message *m, int status);

/** Compute whom a service may send to, from its ipc list. */
void privilege_send_mask(struct rproc *rp);

/** A service has a new privilege id: renew the masks that name it. */
void privilege_renew(const struct rproc *rp);

/** Tell everybody where a service runs now, or that it is no more. */
void service_publish(struct rproc *rp);
void service_unpublish(struct rproc *rp);

/** Take DS's or VFS's answer to that. */
void publish_answer(const struct message *m);

/* Supervision and death: supervise.c, death.c. */

/** Look after all services; called once a period. */
void supervise(clock_ticks now);

/** Take a service's sign of life. */
void supervise_pong(endpoint_t from);

/** Dispose of one signal of a service. -EDEADSRCDST: it has ended. */
int death_signal(endpoint_t target, int signo);

/** Take a service's farewell. @param[in] m  of type RS_EXIT */
void death_exit(const struct message *m);

/**
 * End a service's process, then do what its flags say: forget it, start it
 * again now, or start it again after a while.
 *
 * @param[in] reason  for the log; NULL: it was wanted
 * @param[in] result  for a caller who waits for its end
 */
void service_terminate(struct rproc *rp, const char *reason, int result);

/** Ask a service to end. It is ended if it does not. */
void service_stop(struct rproc *rp);

/** Answer who waits for a service, if anybody does. */
void caller_answer(struct rproc *rp, int result);

RS_CALLS(PROTO_HANDLER)
