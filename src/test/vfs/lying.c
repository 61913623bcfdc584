/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Orders for a liar, see test/vfs/lying.h. */
#include "test/vfs/lying.h"

#include <errno.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <abi/dev.h>
#include <proto/rs.h>

#include "test/program/program.h"
#include "test/rs/client.h"

#define NO_DRIVE 200 /* a minor number that no partition has */

struct liar liar;

bool
liar_up(void)
{
	static const struct service_kind kind = { .flags = RSS_FILES,
		.major = LIAR_MAJOR,
		.dev_flags = RS_DEV_CHAR };
	endpoint_t ep;

	liar_truth();
	(void)unlink(LIAR_DEV);
	(void)unlink(LIAR_DISK);
	return service_start_as(&kind, LIAR_PROGRAM, LIAR_LABEL, &liar.box,
		   &ep) == OK &&
	    mknod(LIAR_DEV, S_IFCHR | 0600, (dev_t)dev_make(LIAR_MAJOR, 7)) ==
	    0 &&
	    mknod(LIAR_DISK, S_IFBLK | 0600,
		(dev_t)dev_make(ATA_MAJOR, NO_DRIVE)) == 0;
}

void
liar_down(void)
{
	liar_truth();
	CHECK(service_stop(LIAR_LABEL) == OK);
	CHECK(unlink(LIAR_DEV) == 0 && unlink(LIAR_DISK) == 0);
}

void
liar_order(int type, enum lie how, uint32_t word, uint32_t value, int times)
{
	liar.type = type;
	liar.word = word;
	liar.value = value;
	liar.told = 0;
	liar.left = times;
	liar.how = how;
}

void
liar_truth(void)
{
	liar.how = LIE_NONE;
}

int
liar_pid(void)
{
	struct rs_info info;

	return agent_info(LIAR_LABEL, &info) ? info.pid : -1;
}

int
liar_mount(void)
{
	return mount(LIAR_DISK, LIAR_DIR, LIAR_LABEL, 0);
}

bool
liar_settled(void)
{
	int i;

	for (i = 0; i < 100; i++) {
		if (access(LIAR_DIR "/file", F_OK) == 0)
			return true;
		pause_ms(100);
	}
	(void)report_note("not settled: %d", errno);
	return false;
}
