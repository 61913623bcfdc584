/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Requests to RS, see test/rs/client.h. */
#include "test/rs/client.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lacuna/msgcall.h>

PROTO_STUB(RS_UP, rs_up)
PROTO_STUB(RS_GETSYSINFO, rs_getsysinfo)

/* Read the agent's program, once. */
static int
program_read(struct rs_start *start)
{
	static char *image;
	static uint32_t size;
	struct stat st;
	int fd;

	if (image == NULL) {
		fd = open(AGENT_PROGRAM, O_RDONLY);
		if (fd < 0 || fstat(fd, &st) != 0)
			return -ENOENT;
		image = malloc((size_t)st.st_size);
		if (image == NULL ||
		    read(fd, image, (size_t)st.st_size) != st.st_size)
			return -EIO;
		size = (uint32_t)st.st_size;
		close(fd);
	}
	start->image = (vir_bytes)image;
	start->image_size = size;
	return OK;
}

int
agent_up(const char *label, const char *mode, uint32_t flags, uint32_t period)
{
	static struct rs_start start; /* large for a stack */
	struct rs_up_req req = { (vir_bytes)&start, sizeof start };
	struct rs_up_rep rep;
	int r;

	memset(&start, 0, sizeof start);
	r = program_read(&start);
	if (r != OK)
		return r;
	strcpy(start.path, AGENT_PROGRAM);
	strncpy(start.label, label, sizeof start.label - 1);
	strncpy(start.args, mode, sizeof start.args - 1);
	start.flags = flags;
	start.period = period;
	start.priority = start.quantum = -1;
	memset(start.kcall_mask, 0xff, sizeof start.kcall_mask);
	return call_rs_up(RS_PROC_NR, &req, &rep);
}

int
label_request(int type, const char *label)
{
	struct rs_down_req req = { "" };

	strncpy(req.label, label, sizeof req.label - 1);
	return msg_call(RS_PROC_NR, type, &req, sizeof req, NULL, 0);
}

bool
agent_info(const char *label, struct rs_info *info)
{
	static struct rs_info table[NR_SYS_PROCS];
	struct rs_getsysinfo_req req = { (vir_bytes)table, NR_SYS_PROCS };
	struct rs_getsysinfo_rep rep;
	uint32_t i;

	if (call_rs_getsysinfo(RS_PROC_NR, &req, &rep) != OK)
		return false;
	for (i = 0; i < rep.rows; i++) {
		if (strcmp(table[i].pub.label, label) == 0) {
			*info = table[i];
			return true;
		}
	}
	return false;
}

bool
agent_again(const char *label, struct rs_info *info)
{
	const endpoint_t before = info->pub.endpoint;
	int i;

	for (i = 0; i < 50; i++) {
		if (agent_info(label, info) && info->pub.endpoint != NONE &&
		    info->pub.endpoint != before &&
		    !(info->flags & RSI_INITIALIZING))
			return true;
		usleep(100000);
	}
	return false;
}
