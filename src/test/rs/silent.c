/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves B8, C3. PM, VFS or VM is stopped, loops or dies while RS needs it for
 * the start or the end of a service: the machine ends in a panic that names it,
 * and is not silent. The name of the program says who, what happens to it and
 * when:
 *
 *     rs-vfs-silent  VFS is silent, a service is to start
 *     rs-vfs-dies    VFS dies while that waits for it
 *     rs-pm-silent   PM is silent, a client asks for something
 *     rs-pm-dies     PM dies while that waits for it
 *     rs-pm-end      PM is silent, a service has crashed
 *     rs-vm-silent   VM is silent, a service is to start
 *     rs-vm-idle     the same, and nobody needs it
 *     rs-vm-loops    VM has the processor, and gives it to nobody
 *
 * The panic comes, or the test has failed.
 */
#include <string.h>
#include <unistd.h>

#include "test/report/report.h"
#include "test/rs/client.h"

/* Start services until RS does not answer any more. */
static void
start(void)
{
	while (CHECK(agent_up("t.x", "fail", 0, 0) == -EIO))
		;
}

/* Ask for a service that nobody has, until RS does not answer. */
static void
ask(void)
{
	while (CHECK(label_request(RS_DOWN, "nobody") == -ESRCH))
		;
}

/* Have a service that crashes a moment after PM has been stopped. */
static void
crash(void)
{
	struct rs_info info;

	CHECK(agent_up("t.die", "die", 0, 0) == OK);
	while (agent_info("t.die", &info))
		;
}

/* Let time pass. */
static void
wait(void)
{
	for (;;)
		(void)pause();
}

static const struct {
	const char *name;
	const char *mode; /* of the agent that stops somebody */
	void (*meanwhile)(void);
} deeds[] = {
	{ "rs-vfs-silent", "stop 1", start },
	{ "rs-vfs-dies", "stab 1", start },
	{ "rs-pm-silent", "stop 0", ask },
	{ "rs-pm-dies", "stab 0", ask },
	{ "rs-pm-end", "stop 0", crash },
	{ "rs-vm-silent", "stop 8", start },
	{ "rs-vm-idle", "stop 8", wait },
	{ "rs-vm-loops", "loop 8", wait },
};

#define DEEDS (sizeof deeds / sizeof deeds[0])

int
main(int argc, char **argv)
{
	size_t i = 0;

	(void)report_begin(argv[0], argc > 1 ? argv[1] : NULL);
	while (i < DEEDS && strcmp(deeds[i].name, argv[0]) != 0)
		i++;
	if (CHECK(i < DEEDS) &&
	    CHECK(agent_up("t.hand", deeds[i].mode, 0, 0) == OK))
		deeds[i].meanwhile();
	return report_end();
}
