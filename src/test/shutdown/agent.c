/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A service that is there when the machine goes down:
 *
 *     shutdown-agent NAME [DEED]
 *
 * It says when it starts and when it is asked to end. Its deed then: none, it
 * ends; deaf, it does not; crash; or stop and the number of a service, which
 * from then on does not run any more. A message has it do its deed at once.
 */
#include <abi/signal.h>
#include <lacuna/printf.h>
#include <lacuna/server.h>
#include <lacuna/syslib.h>

#include "test/shutdown/word.h"

static const char *name = "nobody", *deed = "none";
static endpoint_t target;

static int
init(int type, const struct sef_init_info *info)
{
	(void)type, (void)info;
	printf("t: %s starts\n", name);
	return OK;
}

static void
act(void)
{
	volatile char *volatile nowhere = (volatile char *)16;

	if (strcmp(deed, "stop") == 0)
		printf("t: %s stops %d: %d\n", name, target, sys_stop(target));
	if (strcmp(deed, "crash") == 0)
		*nowhere = 1;
}

static void
signal(int signo)
{
	printf("t: %s hears %d\n", name, signo);
	act();
	if (strcmp(deed, "deaf") != 0)
		sef_exit(OK);
}

static void
other(const struct message *m, int status)
{
	(void)status;
	act();
	server_reply(m->m_source, OK, NULL, 0);
}

int
main(int argc, char *argv[])
{
	static const struct server agent = {
		.name = "shutdown-agent",
		.init_fresh = init,
		.init_restart = init,
		.signal = signal,
		.other = other,
	};

	if (argc > 1)
		name = argv[1];
	if (argc > 2)
		deed = argv[2];
	if (argc > 3)
		target = word_number(argv[3]);
	return server_run(&agent);
}
