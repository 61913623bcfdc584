/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Requests to RS and waiting, see test/init/client.h. */
#include "test/init/client.h"

#include <string.h>
#include <sys/times.h>
#include <unistd.h>

#include <lacuna/msgcall.h>

#include "test/program/program.h"

#define PATIENCE 10000 /* ms */
#define STEP     20    /* ms */

PROTO_STUB(RS_GETSYSINFO, rs_getsysinfo)

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
agent_up(const char *label)
{
	return service_start(AGENT_PROGRAM, label, &start.box, &agent);
}

int
label_request(int type, const char *label)
{
	struct rs_down_req req = { "" };

	strncpy(req.label, label, sizeof req.label - 1);
	return msg_call(RS_PROC_NR, type, &req, sizeof req, NULL, 0);
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
	static struct rs_info table[NR_SYS_PROCS];
	struct rs_getsysinfo_req req = { (vir_bytes)table, NR_SYS_PROCS };
	struct rs_getsysinfo_rep rep;
	uint32_t i;

	if (call_rs_getsysinfo(RS_PROC_NR, &req, &rep) != OK)
		return false;
	for (i = 0; i < rep.rows; i++) {
		if (strcmp(table[i].pub.label, label) == 0) {
			if (info != NULL)
				*info = table[i];
			return true;
		}
	}
	return false;
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
