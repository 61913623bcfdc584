/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The service protocol: what service(8) asks of RS, and what others may
 * know of its table. What RS and each service tell each other is in
 * <proto/sef.h>. Starting, stopping and changing services is for
 * the superuser; anybody may look. Long because it has every record of the
 * protocol.
 */
#pragma once

#include <abi/limits.h>
#include <abi/priv.h>
#include <proto/proto.h>
#include <proto/rs_table.h>

#define RS_CALLS(CALL)                                                         \
	CALL(RS_UP, rs_up)               /* start a new service */             \
	CALL(RS_DOWN, rs_down)           /* stop one for good */               \
	CALL(RS_REFRESH, rs_refresh)     /* stop one and start it again */     \
	CALL(RS_RESTART, rs_restart)     /* start one that does not run */     \
	CALL(RS_SHUTDOWN, rs_shutdown)   /* from now on, nothing comes back */ \
	CALL(RS_UPDATE, rs_update)       /* replace a running service */       \
	CALL(RS_POLICY, rs_policy)       /* what is done when one fails */     \
	CALL(RS_AGENT, rs_agent)         /* wait for a service to recover */   \
	CALL(RS_RECOVERED, rs_recovered) /* how its script has ended */        \
	CALL(RS_LOOKUP, rs_lookup)       /* endpoint of a label */             \
	CALL(RS_GETSYSINFO, rs_getsysinfo) /* copy the table of services */

enum rs_call {
	RS_BEFORE_FIRST = RS_BASE - 1,
	RS_CALLS(PROTO_NUMBER) RS_END
};

#define RS_PATH_MAX 128
#define RS_ARGS_MAX 128
#define RS_IPC_MAX  256 /* the words of an ipc list, with its NUL */

/* Flags of rs_start. */
#define RSS_IPC_VALID 0x1  /* ipc restricts whom the service may send to */
#define RSS_NO_WAIT   0x2  /* answer before the service is initialised */
#define RSS_ONCE      0x4  /* end it when it fails, do not start it again */
#define RSS_WAIT_END  0x8  /* answer when it has ended: its exit status */
#define RSS_USERS     0x10 /* user processes may send to it */
#define RSS_FILES     0x20 /* a file server: VFS may have it mount */

#define RS_KEEP_MAX   (4u << 20) /* bytes */
#define RS_IMAGE_MAX  (8u << 20) /* bytes of a program */
#define RS_PERIOD_MAX 0x10000000 /* ticks; clocks compare across half of all */

/* dev_flags: how a driver is driven. Exactly one of them. */
#define RS_DEV_CHAR  0x1
#define RS_DEV_BLOCK 0x2

/** A new service, as service(8) reads it from its arguments and from
 * system.conf(5). Strings end with a NUL. The caller has read the program,
 * so that RS, which brings file servers back, needs none. */
struct rs_start {
	uint32_t flags;  /**< RSS_* */
	vir_bytes image; /**< the program, an ELF file, in the caller */
	uint32_t image_size;
	char path[RS_PATH_MAX]; /**< program, absolute */
	char args[RS_ARGS_MAX]; /**< its arguments, separated by blanks */
	char label[LABEL_MAX];  /**< empty: last part of path */
	char ipc[RS_IPC_MAX];   /**< labels, and USER SYSTEM; blanks between */
	uint32_t uid;
	int32_t major;      /**< device number below NR_MAJORS, 0: none */
	uint32_t dev_flags; /**< RS_DEV_* */
	uint32_t period;    /**< of heartbeats, in ticks; 0: none */
	struct rs_policy policy;
	char script[RS_SCRIPT_MAX]; /**< for its recovery; empty: none */
	uint32_t keep;              /**< bytes that outlive its processes */
	int32_t priority;           /**< queue; -1: default */
	int32_t quantum;            /**< ticks; -1: default */
	uint32_t kcall_mask[KCALL_MASK_WORDS];
	uint32_t vm_call_mask; /**< VM_CALL_BIT() */
	uint32_t quota;        /**< KiB, VM_QUOTA_NONE; 0: BASE_QUOTA */
	uint32_t nr_irq, nr_io, nr_mem;
	int32_t irq[PRIV_NR_IRQ];
	struct priv_range io[PRIV_NR_IO];
	struct priv_range mem[PRIV_NR_MEM];
};

/* The answer comes when the service is initialised: its result. */
struct rs_up_req {
	vir_bytes start; /**< [in] struct rs_start */
	uint32_t size;   /**< sizeof(struct rs_start) */
};

struct rs_up_rep {
	endpoint_t ep;
};

struct rs_down_req {
	char label[LABEL_MAX];
};

#define rs_down_rep     no_payload
#define rs_refresh_req  rs_down_req
#define rs_refresh_rep  no_payload
#define rs_restart_req  rs_down_req
#define rs_restart_rep  rs_up_rep
#define rs_shutdown_req no_payload
#define rs_shutdown_rep no_payload

/* The answer comes when the next instance is initialised: its result. */
struct rs_update_req {
	char label[LABEL_MAX];
	int32_t state;         /**< wanted before it is replaced */
	clock_ticks max_ticks; /**< it may take to reach it; 0: default */
	uint32_t flags;        /**< RSU_* */
	vir_bytes image;       /**< a new program, as in struct rs_start */
	uint32_t image_size;   /**< 0: the same program again */
};

#define RS_UPDATE_MAX 20  /* most of max_ticks, in seconds */
#define RSU_DUMP      0x1 /* the service shows how it gets there */

#define rs_update_rep no_payload

struct rs_policy_req {
	char label[LABEL_MAX];
	struct rs_policy policy;
};

#define rs_policy_rep no_payload

/** A service that has failed, for whoever runs its recovery script. */
struct rs_work {
	uint32_t id;      /**< of this work, for RS_RECOVERED */
	uint32_t seconds; /**< the script may take */
	int32_t failures; /**< in a row, this one included */
	char label[LABEL_MAX];
	char reason[RS_END_MAX]; /**< in words */
	char script[RS_SCRIPT_MAX];
};

/* The answer comes when there is work. Of two agents the first gets -EBUSY. */
struct rs_agent_req {
	vir_bytes work; /**< [out] struct rs_work, set with OK */
	uint32_t size;  /**< sizeof(struct rs_work) */
};

#define rs_agent_rep no_payload

struct rs_recovered_req {
	uint32_t id;    /**< of struct rs_work */
	int32_t status; /**< OK: start it again; else it is for its policy */
};

#define rs_recovered_rep no_payload
#define rs_lookup_req    rs_down_req
#define rs_lookup_rep    rs_up_rep

struct rs_getsysinfo_req {
	vir_bytes table; /**< [out] rows of struct rs_info */
	uint32_t rows;   /**< room in it */
};

struct rs_getsysinfo_rep {
	uint32_t rows; /**< copied: services in use */
};

RS_CALLS(PROTO_FITS)
