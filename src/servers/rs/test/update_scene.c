/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Scenes of live updates, see servers/rs/test/update_scene.h. */
#include "servers/rs/test/update_scene.h"

struct rproc *
asked(clock_ticks period)
{
	struct rproc *rp = service("s", period);
	endpoint_t ep = rp->pub->endpoint;

	update(CLIENT(0), "s", STATE, 0);
	assert_int_equal(replies(CLIENT(0)), 0);
	assert_int_equal(sent(ep, RS_LU_PREPARE), 1);
	assert_int_equal(fake_lu.state, STATE);
	return rp;
}

void
assert_over(int status)
{
	struct rproc *rp = rproc_by_label("s");

	assert_int_equal(replies(CLIENT(0)), 1);
	assert_status(reply_status(CLIENT(0)), status);
	assert_non_null(rp);
	assert_int_equal(rp->flags &
		(RF_UPDATING | RF_REPLACING | RF_REFRESHING | RF_EXITING |
		    RF_INITIALIZING),
	    0);
	assert_int_equal(rp->caller, NONE);
	assert_int_equal(rp->lu_deadline, 0);
	assert_int_equal(rp->updates, 1);
	assert_status(rp->lu_result, status);
}

void
assert_same(endpoint_t ep, int status)
{
	struct rproc *rp = rproc_by_label("s");

	assert_over(status);
	assert_int_equal(rp->pub->endpoint, ep);
	assert_int_equal(killed(ep), 0);
	update(CLIENT(1), "s", STATE, 0);
	prepared(ep, OK);
	report(rp->pub->endpoint, OK);
	assert_int_equal(replies(CLIENT(1)), 1);
	assert_status(reply_status(CLIENT(1)), OK);
	assert_int_not_equal(rp->pub->endpoint, ep);
}
