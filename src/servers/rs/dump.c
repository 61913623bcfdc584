/* SPDX-License-Identifier: BSD-2-Clause */
/** @file The state of RS, for debugging: what each clock is set to. */
#include "servers/rs/dump.h"

#include <lacuna/printf.h>
#include <lacuna/string.h>

#include "servers/rs/rs.h"
#include "servers/rs/table.h"

/* Ticks until a time, or "-" if it is off. */
static const char *
ticks_to(clock_ticks time, clock_ticks now, char text[12])
{
	if (time == 0)
		strlcpy(text, "-", 12);
	else
		snprintf(text, 12, "%d", (int32_t)(time - now));
	return text;
}

void
rs_dump(void)
{
	char init[12], stop[12], revive[12], ping[12];
	const clock_ticks now = rs_now();
	const struct rproc *rp;

	printf("rs: %s\n",
	    rs_going_down          ? "on the way down"
		: rs_shutting_down ? "nothing comes back"
				   : "services come back");
	printf("rs: label           endpoint flags restarts    init    stop  "
	       "revive    ping\n");
	for (rp = rproc; rp < &rproc[NR_SYS_PROCS]; rp++)
		if (rp->flags & RF_IN_USE)
			printf("rs: %-15s %8d %5x %8d %7s %7s %7s %7s\n",
			    rp->pub->label, rp->pub->endpoint, rp->flags,
			    rp->restarts,
			    ticks_to(rp->init_deadline, now, init),
			    ticks_to(rp->stop_deadline, now, stop),
			    ticks_to(rp->revive_time, now, revive),
			    ticks_to(rp->ping_sent, now, ping));
}
