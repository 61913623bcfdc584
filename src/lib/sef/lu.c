/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Preparing for a live update, see <lacuna/sef_lu.h>. The request of RS is only
 * noted when it arrives. Before each receive of the main loop the service is
 * asked; every result but `ask again' goes to RS at once, by a SENDREC. RS ends
 * a service that is ready while it waits there. An answer says that there is no
 * update any more: RS has given up, or there was none.
 */
#include "lib/sef/sef_private.h"

#include <lacuna/printf.h>
#include <lacuna/sef_lu.h>
#include <lacuna/string.h>
#include <proto/sef.h>

static struct {
	uint32_t id;
	uint32_t asked; /* times for this update */
	bool dump;

	sef_cb_lu_prepare_t prepare;
	sef_cb_lu_state_isvalid_t isvalid;
	sef_cb_lu_state_changed_t changed;
	sef_cb_lu_state_dump_t state_dump;
	sef_cb_lu_state_save_t save;
} lu = {
	.prepare = SEF_CB_LU_PREPARE_DEFAULT,
	.isvalid = SEF_CB_LU_STATE_ISVALID_DEFAULT,
	.changed = SEF_CB_LU_STATE_CHANGED_DEFAULT,
	.state_dump = SEF_CB_LU_STATE_DUMP_DEFAULT,
	.save = SEF_CB_LU_STATE_SAVE_DEFAULT,
};

int
sef_cb_init_lu_restart(int type, const struct sef_init_info *info)
{
	return sef_state.init_restart(type, info);
}

void
sef_setcb_lu_prepare(sef_cb_lu_prepare_t cb)
{
	sef_callback_check(cb != NULL);
	lu.prepare = cb;
}

void
sef_setcb_lu_state_isvalid(sef_cb_lu_state_isvalid_t cb)
{
	sef_callback_check(cb != NULL);
	lu.isvalid = cb;
}

void
sef_setcb_lu_state_changed(sef_cb_lu_state_changed_t cb)
{
	sef_callback_check(cb != NULL);
	lu.changed = cb;
}

void
sef_setcb_lu_state_dump(sef_cb_lu_state_dump_t cb)
{
	sef_callback_check(cb != NULL);
	lu.state_dump = cb;
}

void
sef_setcb_lu_state_save(sef_cb_lu_state_save_t cb)
{
	sef_callback_check(cb != NULL);
	lu.save = cb;
}

int
sef_cb_lu_prepare_always_ready(int state)
{
	(void)state;
	return OK;
}

int
sef_cb_lu_prepare_never_ready(int state)
{
	(void)state;
	return -ENOTREADY;
}

int
sef_cb_lu_prepare_fail(int state)
{
	(void)state;
	return -ENOSYS;
}

bool
sef_cb_lu_state_isvalid_null(int state)
{
	(void)state;
	return false;
}

bool
sef_cb_lu_state_isvalid_standard(int state)
{
	return sef_lu_state_is_standard(state);
}

bool
sef_cb_lu_state_isvalid_workfree(int state)
{
	return state == SEF_LU_STATE_WORK_FREE;
}

void
sef_cb_lu_state_changed_null(int old_state, int new_state)
{
	(void)old_state, (void)new_state;
}

void
sef_cb_lu_state_dump_service(int state)
{
	(void)state;
	sef_state.dump();
}

void
sef_cb_lu_state_dump_null(int state)
{
	(void)state;
}

int
sef_cb_lu_state_save_null(int state)
{
	(void)state;
	return OK;
}

int
sef_cb_lu_state_save_fail(int state)
{
	(void)state;
	return -ENOSYS;
}

static void
state_set(int state)
{
	const int old = sef_state.lu_state;

	sef_state.lu_state = state;
	if (state != old)
		lu.changed(old, state);
}

/* Tell RS the result for a state. Returns when there is no update any more. */
static void
report(int state, int result)
{
	struct rs_lu_msg out = { .result = result,
		.state = state,
		.id = lu.id };
	struct message m;
	int r;

	memset(&m, 0, sizeof m);
	m.m_type = RS_LU_PREPARE;
	memcpy(m.m_body, &out, sizeof out);
	r = ipc_sendrec(RS_PROC_NR, &m);
	if (r == OK) /* the same request, coming back, takes itself back */
		r = m.m_type == RS_LU_PREPARE ? -EINTR : m.m_type;
	if (lu.dump)
		printf("%s: state %d: %d; no update: %d\n", sef_state.name,
		    state, result, r);
	state_set(SEF_LU_STATE_NULL);
}

/* Can the service be updated in this state? */
static int
state_check(int state)
{
	if (!sef_state.loop || lu.isvalid == sef_cb_lu_state_isvalid_null)
		return -ENOSYS;
	return lu.isvalid(state) ? OK : -EINVAL;
}

void
sef_lu_prepare(const struct message *m)
{
	struct rs_lu_msg in;
	int r;

	memcpy(&in, m->m_body, sizeof in);
	if (in.state == SEF_LU_STATE_NULL) { /* RS has given up */
		state_set(SEF_LU_STATE_NULL);
		return;
	}
	lu.id = in.id;
	lu.asked = 0;
	lu.dump = (in.flags & RS_LU_DUMP) != 0;
	r = state_check(in.state);
	if (r == OK)
		state_set(in.state);
	else
		report(in.state, r);
}

/* Print the way to the state. */
static void
dump(void)
{
	printf("%s: state %d is wanted, asked %u times before\n",
	    sef_state.name, sef_state.lu_state, (unsigned)lu.asked);
	lu.state_dump(sef_state.lu_state);
}

/* Ask the service, and tell RS what it says. Returns whether the question stood
 * until then: any callback may receive, and so hear of something else. */
static bool
ask(void)
{
	const int state = sef_state.lu_state;
	const uint32_t id = lu.id;
	int r;

	if (lu.dump)
		dump();
	lu.asked++;
	r = lu.prepare(state);
	if (r == OK && sef_state.lu_state == state && lu.id == id) {
		r = lu.save(state);
		if (r == -ENOTREADY)
			r = -EBUSY; /* it had said that it was */
	}
	if (sef_state.lu_state != state || lu.id != id)
		return false;
	if (r != -ENOTREADY)
		report(state, r);
	return true;
}

void
sef_lu_step(void)
{
	while (sef_state.lu_state != SEF_LU_STATE_NULL && !ask())
		continue;
}
