/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves D14. The boot parameters prio and slow: as pm-tuned, where they put PM
 * and VFS below user processes and have them be slow; as pm-mistuned, where
 * each of their items is wrong, so that nothing has changed.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/lacuna.h>
#include <unistd.h>

#include <proto/pm.h>

#include "test/program/program.h"

#define SLOW 20000 /* instructions, as in tests.yaml */

/* The queue of a service; a little below where it belongs, if it works much. */
static int
queue(const char *name)
{
	struct pm_procinfo info;
	int slot = 0;

	while ((slot = getprocinfo(slot, &info)) >= 0)
		if (strcmp(info.name, name) == 0)
			return info.priority;
	return -1;
}

static int
ask_pm(void)
{
	return getpid() > 0;
}

static int
ask_vfs(void)
{
	return access("/", F_OK) == 0;
}

/* The least that something costs, in instructions. */
static unsigned int
cost(int (*what)(void))
{
	unsigned int least = UINT_MAX, n, i;

	for (i = 0; i < 5; i++) {
		n = (unsigned int)__builtin_ia32_rdtsc();
		CHECK(what());
		n = (unsigned int)__builtin_ia32_rdtsc() - n;
		least = n < least ? n : least;
	}
	return least;
}

int
main(int argc, char **argv)
{
	bool tuned = strcmp(argv[0], "pm-tuned") == 0;

	(void)report_begin(argv[0], argc > 1 ? argv[1] : NULL);
	CHECK((queue("pm") >= 12) == tuned);
	CHECK((queue("vfs") >= 9) == tuned);
	CHECK((cost(ask_pm) > SLOW) == tuned);
	CHECK((cost(ask_vfs) > SLOW) == tuned);
	return report_end();
}
