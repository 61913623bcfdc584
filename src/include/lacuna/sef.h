/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The System Event Framework: the one place where a service meets the system.
 * A service registers callbacks, calls sef_startup() first of all, and from
 * then on receives with sef_receive_status() alone. Events - pings, signals,
 * alarms, dump requests, live update - are consumed inside; what the function
 * returns is work. Who sent an event is known from the kernel's status word,
 * never from the type a message claims.
 *
 * All setters are called before sef_startup(), and a callback is never NULL:
 * both are asserted.
 * Most servers have no loop of their own: see <lacuna/server.h>.
 */
#pragma once

#include <lacuna/ipc.h>
#include <proto/sef.h>

enum sef_init_type {
	SEF_INIT_FRESH,  /**< first start */
	SEF_INIT_LU,     /**< new version, after a live update */
	SEF_INIT_RESTART /**< after a crash or a refresh */
};

/** What RS tells a service that starts. */
struct sef_init_info {
	cp_grant_id_t rproctab_gid; /**< RS's public table, see <proto/rs.h> */
	endpoint_t endpoint;        /**< own */
	endpoint_t old_endpoint;    /**< previous instance, or NONE */
	int32_t restarts;           /**< times the service was started again */
	uint32_t flags;             /**< none yet */
	cp_grant_id_t keep_gid;     /**< RS's grant for memory that outlives
	                               us: zeros at first; or GRANT_INVALID */
	uint32_t keep_size;         /**< bytes of it */
};

/** The result goes to RS: with anything but OK the service is ended. */
typedef int (*sef_cb_init_t)(int type, const struct sef_init_info *info);
typedef void (*sef_cb_ping_reply_t)(endpoint_t source);
typedef void (*sef_cb_signal_handler_t)(int signo);
/** For one signal of a process the service manages; -EDEADSRCDST when the
 * target is no more: its other signals are dropped. */
typedef int (*sef_cb_signal_manager_t)(endpoint_t target, int signo);
typedef void (*sef_cb_alarm_t)(clock_ticks now);
typedef void (*sef_cb_dump_t)(void);

/** Set what runs at the first start. */
void sef_setcb_init_fresh(sef_cb_init_t cb);
/** Set what runs after a crash or a refresh. */
void sef_setcb_init_restart(sef_cb_init_t cb);
/** Set what runs after a live update, see <lacuna/sef_lu.h>. */
void sef_setcb_init_lu(sef_cb_init_t cb);
/** Set the answer to RS's heartbeat. */
void sef_setcb_ping_reply(sef_cb_ping_reply_t cb);
/** Set what takes signals sent to this service, from its manager or from the
 * kernel. */
void sef_setcb_signal_handler(sef_cb_signal_handler_t cb);
/** Set what takes the signals of managed processes. */
void sef_setcb_signal_manager(sef_cb_signal_manager_t cb);
/** Set what runs when the alarm of sys_setalarm() goes off. */
void sef_setcb_alarm(sef_cb_alarm_t cb);
/** Set what prints the service's state for debugging, called for a dump
 * request from IS. */
void sef_setcb_dump(sef_cb_dump_t cb);

#include <lacuna/sef_predefined.h>

/**
 * Learn who we are, wait for RS's request to initialise, run the callback it
 * asks for and report the result. Returns once RS has accepted: then the
 * service is up. If the callback fails, the function does not return: RS ends
 * the service. Other messages that RS sent earlier are dropped.
 *
 * @source own design, after MINIX 3
 */
void sef_startup(void);

/**
 * Receive work; block until there is some. Events that match src are handled
 * on the way and leave nothing in m.
 *
 * @param[in]  src     one peer, or ANY
 * @param[out] m       the message
 * @param[out] status  how it was sent, see IPC_STATUS_CALL(); may be NULL
 *
 * @retval OK            m holds work
 * @retval -EINTR        a callback has called sef_cancel()
 * @retval -EDEADSRCDST  no such process, or it died meanwhile
 * @retval -ELOCKED      the peer waits for the caller
 * @source own design, after MINIX 3
 */
int sef_receive_status(endpoint_t src, struct message *m, int *status);

/** sef_receive_status() for who does not look at the status. */
static inline int
sef_receive(endpoint_t src, struct message *m)
{
	return sef_receive_status(src, m, NULL);
}

/** From a callback: make the sef_receive() it runs in return -EINTR. */
void sef_cancel(void);

/** Own endpoint, once sef_startup() has begun. */
endpoint_t sef_self(void);

/** Own name, once sef_startup() has begun. */
const char *sef_name(void);

/**
 * Complain to RS of a service that does not do its work, though it may answer
 * pings. RS weighs complaints, and restarts the service if that is its
 * verdict; so complain each time there is evidence. Does not wait, for RS or
 * anything else.
 *
 * @param[in] ep        of the instance that is to blame: RS may know a newer
 * @param[in] evidence  what it has done
 * @source own design
 */
void sef_complain(endpoint_t ep, enum sef_evidence evidence);

/**
 * End this service. Unless RS has asked for it, or the service was to run only
 * once, RS starts it again.
 *
 * @param[in] status  OK, or what went wrong
 * @source own design, after MINIX 3
 */
_Noreturn void sef_exit(int status);
