/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the files of the framework share: the callbacks in force and the
 * handlers of events.
 */
#pragma once

#include <lacuna/assert.h>
#include <lacuna/sef.h>

/** Callbacks, counters and identity of this service. Defined in sef.c. */
struct sef_state {
	endpoint_t self;
	char name[16];
	bool started; /**< no callback can be set any more */
	bool cancelled;
	bool loop;    /**< there is a main loop, that of server_run() */
	int lu_state; /**< wanted for an update; SEF_LU_STATE_NULL: none */

	sef_cb_init_t init_fresh, init_restart, init_lu;
	sef_cb_ping_reply_t ping_reply;
	sef_cb_signal_handler_t signal_handler;
	sef_cb_signal_manager_t signal_manager;
	sef_cb_alarm_t alarm;
	sef_cb_dump_t dump;

	uint32_t messages, pings, signals, alarms;
};

extern struct sef_state sef_state;

/** A setter is called with a callback, and before the first event can come. */
static inline void
sef_callback_check(bool given)
{
	assert(given);
	assert(!sef_state.started);
}

/**
 * Receive work at the top of the main loop, where no request is half done.
 * What a handler calls in the middle of one is sef_receive_status().
 *
 * @param[out] m       the message
 * @param[out] status  how it was sent
 * @return as sef_receive_status()
 */
int sef_receive_top(struct message *m, int *status);

/**
 * Handle signals the kernel has for us: those sent to ourselves, and those of
 * the processes we manage.
 *
 * @param[in] set  system signals of a notification from SYSTEM
 */
void sef_signal_set(ksigset_t set);

/**
 * Take a request of RS to get ready for a live update, or to forget about it.
 *
 * @param[in] m  message of type RS_LU_PREPARE from RS
 */
void sef_lu_prepare(const struct message *m);

/** No request is half done: if an update is prepared, ask the service whether
 * it is ready, and tell RS. Does not return if it is and RS still wants it. */
void sef_lu_step(void);
