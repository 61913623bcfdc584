/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The arguments of `service update'.
 */
#include "cmd/service/update.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <abi/errno.h>
#include <lacuna/sef_lu.h>

#include "cmd/service/conf.h"
#include "cmd/service/explain.h"
#include "cmd/service/program.h"

/* A state, by name or by number. */
static int
state_read(const char *text, int32_t *state)
{
	static const struct {
		const char *name;
		int32_t state;
	} names[] = {
		{ "work_free", SEF_LU_STATE_WORK_FREE },
		{ "request_free", SEF_LU_STATE_REQUEST_FREE },
		{ "protocol_free", SEF_LU_STATE_PROTOCOL_FREE },
	};

	uint32_t n;
	size_t i;

	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (strcasecmp(text, names[i].name) == 0) {
			*state = names[i].state;
			return 0;
		}
	}
	if (!conf_number(text, &n) || n == SEF_LU_STATE_NULL || n > INT32_MAX)
		return wrong(text,
		    "a state is work_free, request_free, "
		    "protocol_free or a number from 1 on");
	*state = (int32_t)n;
	return 0;
}

/* A time; 0 leaves it to RS. */
static int
time_read(const char *text, clock_ticks *ticks)
{
	const uint32_t hz = (uint32_t)sysconf(_SC_CLK_TCK);

	*ticks = 0;
	if (strcmp(text, "0") == 0 ||
	    (conf_period(text, ticks) && *ticks <= RS_UPDATE_MAX * hz))
		return 0;
	return wrong(text,
	    "a time is ticks, or seconds as in 2HZ, and at most "
	    "20 seconds");
}

/* An option with a value. */
static int
option(const char *name, const char *value, struct rs_update_req *req)
{
	if (strcmp(name, "-state") == 0)
		return state_read(value, &req->state);
	if (strcmp(name, "-maxtime") == 0)
		return time_read(value, &req->max_ticks);
	if (strcmp(name, "-program") == 0)
		return program_read(value, &req->image, &req->image_size);
	return wrong(name, "there is no such option");
}

int
update_read(int argc, char *argv[], struct rs_update_req *req)
{
	int i, r = 0;

	memset(req, 0, sizeof *req);
	req->state = SEF_LU_STATE_WORK_FREE;
	if (argc < 1)
		return wrong("update", "say which service, by its label");
	if (strlen(argv[0]) >= sizeof req->label)
		return wrong(argv[0], "no service has a label as long as this");
	strcpy(req->label, argv[0]);
	for (i = 1; i < argc && r == 0; i++) {
		if (strcmp(argv[i], "-dump") == 0)
			req->flags |= RSU_DUMP;
		else if (i + 1 < argc)
			r = option(argv[i], argv[i + 1], req), i++;
		else
			r = wrong(argv[i],
			    "no such option, or its value is "
			    "missing");
	}
	return r;
}

const char *
update_why(int error)
{
	switch (error) {
	case ENOSYS:
		return "it cannot be replaced while it runs; see refresh";
	case EINVAL:
		return "it does not know this state: see -state in service(8)";
	case EAGAIN:
		return "it does not run just now; see restart";
	case EINTR:
		return "it has died, before it was ready or as the next one";
	case ETIMEDOUT:
		return "it was not ready in time, or the next one was not";
	default:
		return NULL;
	}
}
