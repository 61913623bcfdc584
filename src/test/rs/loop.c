/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Every service of the boot image that can be started again is put into an
 * endless loop: RS notices by its pings, and starts it again with its period,
 * so that the second time is no different. Proves C3.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "test/program/program.h"
#include "test/rs/client.h"

#define PERIOD 5 /* seconds between pings of boot services */

static const char *const together[] = { "tty", "memory", "log", "pipe", "is" };
static const char *const alone[] = { "ds", "ata", "ext2" };

/* Make a service loop from its next message on. */
static bool
loop_begin(const char *label, struct rs_info *info)
{
	char mode[32];

	if (!agent_info(label, info))
		return false;
	snprintf(mode, sizeof mode, "loop %d", (int)info->pub.endpoint);
	return agent_up("t.loop", mode, RSS_ONCE, 0) == OK &&
	    label_request(RS_DOWN, "t.loop") == OK;
}

/* Nothing happens to it for its period, and then it has as long to answer;
 * agent_again() waits a little more than the rest. */
static bool
revives(const char *label, struct rs_info *info)
{
	const endpoint_t before = info->pub.endpoint;
	int i;

	for (i = 0; i < 3 * PERIOD; i++) {
		if (agent_info(label, info) && info->pub.endpoint != before)
			break;
		pause_ms(1000);
	}
	info->pub.endpoint = before;
	return agent_again(label, info);
}

static void
test_loop(const char *const *labels, size_t n)
{
	static struct rs_info info[8];
	size_t i;

	for (i = 0; i < n; i++)
		CHECK(loop_begin(labels[i], &info[i]));
	for (i = 0; i < n; i++) {
		(void)report_note("%s", labels[i]);
		CHECK(revives(labels[i], &info[i]));
	}
	CHECK(system_alive());
}

static void
test_all_have_a_period(void)
{
	static const char *const rest[] = { "pm", "vfs", "vm" };
	struct rs_info info;
	size_t i;

	for (i = 0; i < sizeof rest / sizeof rest[0]; i++)
		CHECK(agent_info(rest[i], &info) &&
		    info.period == PERIOD * (uint32_t)sysconf(_SC_CLK_TCK));
	for (i = 0; i < sizeof together / sizeof together[0]; i++)
		CHECK(agent_info(together[i], &info) &&
		    info.period == PERIOD * (uint32_t)sysconf(_SC_CLK_TCK));
}

int
main(int argc, char **argv)
{
	size_t i;
	int fd;

	(void)report_begin("rs-loop", argc > 1 ? argv[1] : NULL);
	test_loop(together, sizeof together / sizeof together[0]);
	for (i = 0; i < sizeof alone / sizeof alone[0]; i++)
		test_loop(&alone[i], 1);
	test_loop(together, 1); /* it has a period still */
	test_all_have_a_period();
	fd = open("/tmp/loop", O_RDWR | O_CREAT | O_TRUNC, 0600);
	CHECK(write(fd, "after", 5) == 5 && fsync(fd) == 0 && close(fd) == 0);
	CHECK(unlink("/tmp/loop") == 0);
	sync();
	return report_end();
}
