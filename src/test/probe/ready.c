/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves B7. When INIT runs, every service of the boot image is up, the one
 * that was late or reported twice, too, none has been started again, and the
 * machine works.
 */
#include <string.h>

#include <abi/endpoint.h>

#include "test/program/program.h"
#include "test/rs/client.h"

static const char *const labels[] = { "rs", "vm", "pm", "vfs", "ds", "probe",
	"tty", "memory", "log", "ata", "ext2", "pipe", "is" };

int
main(int argc, char **argv)
{
	struct rs_info info;
	size_t i;

	(void)report_begin(argv[0], argc > 1 ? argv[1] : NULL);
	for (i = 0; i < sizeof labels / sizeof labels[0]; i++) {
		if (!CHECK(agent_info(labels[i], &info)))
			continue;
		CHECK(info.pub.endpoint != NONE && info.pid > 1);
		CHECK(info.restarts == 0);
		CHECK((info.flags & RSI_INITIALIZING) == 0);
	}
	CHECK(shell("ls / >/dev/null") == 0);
	return report_end();
}
