/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Live update, seen from the service that is to be replaced. RS asks for a
 * state in which that does no harm. From then on the service is asked before
 * each receive of its main loop whether it has reached it: there no request is
 * half done, as one is in a receive inside a handler. When it says so it saves
 * what the next instance needs and tells RS, which ends it. If that comes too
 * late, or RS gives up, the service goes on as if nothing had been.
 *
 * Only a service that runs by server_run() can be updated, see
 * <lacuna/server.h>. All setters are called before it; a callback is never
 * NULL. The next instance begins with the callback of sef_setcb_init_lu().
 */
#pragma once

#include <abi/errno.h>
#include <stdbool.h>

#include <lacuna/sef.h>

/** States in which a service can be replaced. What they mean exactly is the
 * service's affair, as are those from SEF_LU_STATE_CUSTOM_BASE on. */
enum sef_lu_state {
	SEF_LU_STATE_NULL,          /**< no update is prepared */
	SEF_LU_STATE_WORK_FREE,     /**< nothing is half done */
	SEF_LU_STATE_REQUEST_FREE,  /**< and no request waits for its answer */
	SEF_LU_STATE_PROTOCOL_FREE, /**< and nobody will come back for more */
	SEF_LU_STATE_CUSTOM_BASE
};

/** Is a state one of those above? */
static inline bool
sef_lu_state_is_standard(int state)
{
	return state > SEF_LU_STATE_NULL && state < SEF_LU_STATE_CUSTOM_BASE;
}

/** Has the state been reached? OK: yes. -ENOTREADY: ask again before the next
 * receive. Any other error: never, and RS gives the update up with it. */
typedef int (*sef_cb_lu_prepare_t)(int state);
/** Does the service know this state? */
typedef bool (*sef_cb_lu_state_isvalid_t)(int state);
/** The state wanted has changed; SEF_LU_STATE_NULL: no update any more. Called
 * as soon as that is known, perhaps in a receive inside a handler. */
typedef void (*sef_cb_lu_state_changed_t)(int old_state, int new_state);
/** Print what the way to the state depends on, before each prepare callback
 * of an update with a dump. */
typedef void (*sef_cb_lu_state_dump_t)(int state);
/** Save what the next instance needs. An error ends the update with it. */
typedef int (*sef_cb_lu_state_save_t)(int state);

/** Set what says whether the service is ready. Without it, it always is: it
 * is asked where no request is half done. */
void sef_setcb_lu_prepare(sef_cb_lu_prepare_t cb);
/** Set which states are known. Without it the service cannot be updated, which
 * RS is told at once by -ENOSYS; a state that is not known is -EINVAL. */
void sef_setcb_lu_state_isvalid(sef_cb_lu_state_isvalid_t cb);
/** Set what hears of changes. */
void sef_setcb_lu_state_changed(sef_cb_lu_state_changed_t cb);
/** Set what prints the way to a state. Without it: the dump callback. */
void sef_setcb_lu_state_dump(sef_cb_lu_state_dump_t cb);
/** Set what saves. */
void sef_setcb_lu_state_save(sef_cb_lu_state_save_t cb);

#define SEF_CB_LU_PREPARE_DEFAULT       sef_cb_lu_prepare_always_ready
#define SEF_CB_LU_PREPARE_NULL          sef_cb_lu_prepare_never_ready
#define SEF_CB_LU_PREPARE_FAIL          sef_cb_lu_prepare_fail
#define SEF_CB_LU_STATE_ISVALID_DEFAULT sef_cb_lu_state_isvalid_null
#define SEF_CB_LU_STATE_ISVALID_NULL    sef_cb_lu_state_isvalid_null
#define SEF_CB_LU_STATE_CHANGED_DEFAULT sef_cb_lu_state_changed_null
#define SEF_CB_LU_STATE_CHANGED_NULL    sef_cb_lu_state_changed_null
#define SEF_CB_LU_STATE_DUMP_DEFAULT    sef_cb_lu_state_dump_service
#define SEF_CB_LU_STATE_DUMP_NULL       sef_cb_lu_state_dump_null
#define SEF_CB_LU_STATE_SAVE_DEFAULT    sef_cb_lu_state_save_null
#define SEF_CB_LU_STATE_SAVE_NULL       sef_cb_lu_state_save_null
#define SEF_CB_LU_STATE_SAVE_FAIL       sef_cb_lu_state_save_fail

int sef_cb_lu_prepare_always_ready(int state);    /**< OK */
int sef_cb_lu_prepare_never_ready(int state);     /**< -ENOTREADY */
int sef_cb_lu_prepare_fail(int state);            /**< an error: no update */
bool sef_cb_lu_state_isvalid_null(int state);     /**< none is */
bool sef_cb_lu_state_isvalid_standard(int state); /**< the standard ones */
bool sef_cb_lu_state_isvalid_workfree(int state); /**< that one */
void sef_cb_lu_state_changed_null(int old_state, int new_state);
void sef_cb_lu_state_dump_service(int state); /**< as IS asks for it */
void sef_cb_lu_state_dump_null(int state);
int sef_cb_lu_state_save_null(int state);
int sef_cb_lu_state_save_fail(int state);
