/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Requests to RS and waiting, see test/init/client.h. */
#include "test/init/client.h"

#include <string.h>
#include <sys/times.h>
#include <unistd.h>

#include "test/program/program.h"

#define PATIENCE 10000 /* ms */
#define STEP     20    /* ms */

struct start_box start;
endpoint_t agent;

uint32_t
word_of(int type)
{
	return nonce_u32(report_nonce(), "word", (uint32_t)type);
}

void
start_clear(void)
{
	int i;

	memset(&start, 0, sizeof start);
	for (i = 0; i < 3; i++)
		start.word[i] = word_of(i);
}

void
test_begin(int argc, char **argv, const char *name)
{
	report_begin(name, argc > 1 ? argv[1] : NULL);
	start_clear();
}

int
start_up(const char *label)
{
	return service_start(INIT_AGENT, label, &start.box, &agent);
}

bool
starts_wait(uint32_t begun)
{
	unsigned int i;

	for (i = 0; i < PATIENCE && start.begun < begun; i += STEP)
		pause_ms(STEP);
	return start.begun >= begun;
}

bool
served_wait(void)
{
	const uint32_t before = start.served;
	unsigned int i;

	for (i = 0; i < PATIENCE && start.served == before; i += STEP)
		pause_ms(STEP);
	return start.served != before;
}

bool
listed(const char *label, struct rs_info *info)
{
	struct rs_info unused;

	return agent_info(label, info != NULL ? info : &unused);
}

bool
listed_wait(const char *label, struct rs_info *info)
{
	unsigned int i;

	for (i = 0; i < PATIENCE && !listed(label, info); i += STEP)
		pause_ms(STEP);
	return listed(label, info);
}

bool
gone_wait(const char *label)
{
	unsigned int i;

	for (i = 0; i < PATIENCE && listed(label, NULL); i += STEP)
		pause_ms(STEP);
	return !listed(label, NULL);
}

uint32_t
now_ms(void)
{
	struct tms unused;

	return (uint32_t)times(&unused) * 1000u /
	    (uint32_t)sysconf(_SC_CLK_TCK);
}
