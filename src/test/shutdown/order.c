/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The machine goes down in order: users, services, files, file servers,
 * drivers, each told in time. Meanwhile nothing is started, and requests for
 * that say why. What was written last is on the console, and on the disk.
 * Proves C5, D12.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <unistd.h>

#include "test/rs/client.h"
#include "test/shutdown/scene.h"

#define MAJOR 40

/* Everything that would change what runs. */
static void
ask(void)
{
	struct rs_info info;

	say("t: up %d, down %d, refresh %d, restart %d\n",
	    agent_up("t.new", "ok", 0, 0), label_request(RS_DOWN, "t.daemon"),
	    label_request(RS_REFRESH, "ata"),
	    label_request(RS_RESTART, "t.daemon"));
	say("t: known %d, user: reboot %d, mount %d\n",
	    agent_info("t.daemon", &info), reboot(RB_HALT) == 0 ? 0 : errno,
	    mount("/dev/c0d0p3", "/mnt", "ext2", 0) == 0 ? 0 : errno);
}

/* The last words of a user: to a file, and so many to the terminal that it
 * takes a while until they are out. */
static void
on_term(void)
{
	static const char text[] = "the last words of a user ";
	int tty = open("/dev/console", O_WRONLY | O_NOCTTY);
	int file = open("/root/last", O_WRONLY | O_CREAT, 0600);
	int i;

	say("t: user hears TERM\n");
	ask();
	for (i = 0; i < 40; i++) {
		(void)!write(tty, text, strlen(text));
		(void)!write(file, text, strlen(text));
	}
	(void)!write(tty, "\nend of them\n", 13);
}

int
main(int argc, char **argv)
{
	(void)report_begin("shutdown-order", argc > 1 ? argv[1] : NULL);
	CHECK(agent("t.daemon", "none", 0));
	CHECK(agent("t.crash", "crash", 0));
	CHECK(agent("t.driver", "none", MAJOR));
	CHECK(server("none"));
	CHECK(user(on_term) > 0);
	return report_end();
}
