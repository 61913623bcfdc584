/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves B8, C1, C3. service(8), as an operator uses it: a service that fails
 * to initialise is reported by `service up` with its own error and leaves
 * nothing behind, labels are unique, status shows what runs, refresh and down
 * do what they say, and who is not root may only look.
 */
#include <errno.h>
#include <unistd.h>

#include "test/program/program.h"

#define UP    "service up /test/rs-agent -config /etc/test.conf "
#define QUIET " >/dev/null 2>&1"

static bool
listed(const char *command)
{
	return shell(command) == 0;
}

static int
as_user(void)
{
	if (setuid(1000) != 0)
		return 1;
	if (shell(UP "-label t.user -args ok" QUIET) != EPERM)
		return 2;
	if (shell("service down t.ok" QUIET) != EPERM)
		return 3;
	if (shell("service refresh t.ok" QUIET) != EPERM)
		return 4;
	return shell("service status" QUIET) == 0 ? 0 : 5;
}

int
main(int argc, char **argv)
{
	(void)report_begin("sef-command", argc > 1 ? argv[1] : NULL);
	CHECK(shell(UP "-label t.ok -args ok" QUIET) == 0);
	CHECK(listed("service status | grep -q t.ok"));
	CHECK(listed("service status t.ok" QUIET));
	CHECK(listed("service status t.ok | grep -q 'back-off, never'"));
	CHECK(listed("service status t.ok | grep -q 'updates   0'"));
	CHECK(shell("service update t.ok" QUIET) == ENOSYS);
	CHECK(listed("service status t.ok | grep -q 'updates   1, the last:'"));
	CHECK(shell(UP "-label t.ok -args ok" QUIET) == EEXIST);
	CHECK(child(as_user) == 0);

	CHECK(shell(UP "-label t.bad -args fail" QUIET) == EIO);
	CHECK(!listed("service status | grep -q t.bad"));
	CHECK(shell(UP "-label t.bad -args crash" QUIET) != 0);
	CHECK(!listed("service status | grep -q t.bad"));
	CHECK(shell(UP "-label t.bad -args ok" QUIET) == 0);

	CHECK(shell("service refresh t.ok" QUIET) == 0);
	CHECK(listed("service status | grep -q t.ok"));
	CHECK(shell("service down t.ok" QUIET) == 0);
	CHECK(!listed("service status | grep -q t.ok"));
	CHECK(shell("service down t.ok" QUIET) == ESRCH);
	CHECK(shell("service down t.bad" QUIET) == 0);
	CHECK(shell("service down pm" QUIET) == EPERM);
	CHECK(shell("service up /test/none" QUIET) != 0);
	CHECK(shell("service up /etc/passwd -label t.text" QUIET) != 0);
	CHECK(shell("service up" QUIET) == EINVAL);
	CHECK(shell("service run /test/rs-agent -label t.run -args quit "
		    "-config /etc/test.conf" QUIET) == 7);
	return report_end();
}
