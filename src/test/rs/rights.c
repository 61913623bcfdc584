/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a service may do is what its entry says, and not more; what users may
 * do is less. Every call is tried. Proves B4, B5.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <proto/vm.h>

#include "test/program/program.h"
#include "test/rs/refusals.h"

#define CONF  "/tmp/rights.conf"
#define PAGES 100 /* quota of the hoarder */

/* Run the agent with rights of its own. Its status. */
static int
agent(const char *rights, const char *mode)
{
	char command[128];
	FILE *f = fopen(CONF, "w");

	if (f == NULL)
		return -1;
	fprintf(f, "service * { uid 0; %s };\n", rights);
	fclose(f);
	snprintf(command, sizeof command,
	    "/bin/service run /test/rs-rights-agent -args %s -config " CONF,
	    mode);
	return shell(command);
}

/* Of this test, which is a user process: it may report. */
static int
refused(void)
{
	uint32_t kcalls[KCALL_MASK_WORDS] = { 0 };
	int report = SYS_DIAGCTL - KERNEL_CALL;

	kcalls[report / 32] = 1u << report % 32;
	return refusals(kcalls, VM_USER_CALLS);
}

/* A page more of quota is a page more of memory. */
static void
quotas(void)
{
	char rights[32];
	int i, pages[2];

	for (i = 0; i < 2; i++) {
		snprintf(rights, sizeof rights, "quota %d;", 4 * (PAGES + i));
		pages[i] = agent(rights, "hoard");
	}
	(void)report_note("%d pages of %d, %d of %d", pages[0], PAGES, pages[1],
	    PAGES + 1);
	CHECK(pages[0] > 0 && pages[0] < PAGES);
	CHECK(pages[1] == pages[0] + 1);
	CHECK(agent("quota 4;", "hoard") == ENOMEM); /* less than its program */
}

/* The superuser reads physical memory. */
static void
kernel_memory(void)
{
	char word[4];
	int fd = open("/dev/mem", O_RDONLY);

	CHECK(fd >= 0 && read(fd, word, sizeof word) == sizeof word);
	close(fd);
}

int
main(int argc, char **argv)
{
	(void)report_begin("rs-rights", argc > 1 ? argv[1] : NULL);
	CHECK(agent("", "base") == 0);
	CHECK(agent("system GETKSIG; vm UNMAP_PHYS;", "more") == 0);
	CHECK(agent("system GETKSIG; vm UNMAP_PHYS;", "base") != 0);
	CHECK(agent("", "child") == 0);
	CHECK(child(refused) == 0);
	quotas();
	kernel_memory();
	(void)unlink(CONF);
	return report_end();
}
