/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Somebody that all depend on falls silent on the way down: a file server, the
 * root's, the disk's driver, VFS or PM, by the name of the program. The
 * machine ends all the same, and leaves the disk as well as can be. Proves
 * D12.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <lacuna/msgcall.h>

#include "test/rs/client.h"
#include "test/shutdown/scene.h"

static endpoint_t stopper;

/* PM has passed TERM on to all users: now it falls silent. */
static void
on_term(void)
{
	say("t: user has pm stopped\n");
	(void)msg_call(stopper, 1, NULL, 0, NULL, 0);
}

/* Have an agent stop a service when it is asked to end. */
static bool
stops(const char *label)
{
	struct rs_info info;
	char deed[32];

	if (!agent_info(label, &info))
		return false;
	(void)snprintf(deed, sizeof deed, "stop %d", (int)info.pub.endpoint);
	return agent("t.stopper", deed, 0);
}

int
main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/'), *who;
	struct rs_info info;

	name = name != NULL ? name + 1 : argv[0];
	who = strchr(name, '-') + 1;
	(void)report_begin(name, argc > 1 ? argv[1] : NULL);
	if (strcmp(who, "server") == 0) {
		CHECK(server("mute"));
	} else {
		CHECK(stops(who));
		CHECK(agent_info("t.stopper", &info));
		stopper = info.pub.endpoint;
	}
	if (strcmp(who, "pm") == 0)
		CHECK(user(on_term) > 0);
	return report_end();
}
