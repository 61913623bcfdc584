/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Every event of SEF in every form, seen from outside: a callback of the
 * service's own, the default, one that does nothing and one that fails; and
 * the dumps of the servers that all depend on. Proves C2, C5.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <lacuna/msgcall.h>

#include "test/program/program.h"
#include "test/rs/client.h"
#include "test/sef/agent.h"

#define LABEL  "t.event"
#define PERIOD 20  /* ticks */
#define LOOKS  150 /* of 20 milliseconds: more than any of this takes */

static struct rs_info info; /* of the agent, when it was started */

/* Start an agent, with pings of a period; 0: none. @return as service(8) */
static int
up(const char *label, const char *what, int period)
{
	char command[160], pings[20] = "";

	if (period > 0)
		(void)snprintf(pings, sizeof pings, "-period %d", period);
	(void)snprintf(command, sizeof command,
	    "service up /test/sef-agent -config /etc/test.conf -label %s "
	    "-args '%s' %s >/dev/null 2>&1",
	    label, what, pings);
	return shell(command);
}

static bool
begin(const char *what, int period)
{
	return up(LABEL, what, period) == 0 && agent_info(LABEL, &info);
}

static void
end(void)
{
	CHECK(label_request(RS_DOWN, LABEL) == OK);
}

/* Have the agent do something; what it has counted. */
static struct agent_counts
ask(int request, const void *body, size_t size)
{
	struct agent_counts counts = { .signo = -1 };

	(void)msg_call(info.pub.endpoint, request, body, size, &counts,
	    sizeof counts);
	return counts;
}

static struct agent_counts
counted(void)
{
	return ask(AGENT_COUNTS, NULL, 0);
}

/* Is the agent the one that was started, and does it answer? */
static bool
stays(void)
{
	struct rs_info now;

	return agent_info(LABEL, &now) &&
	    now.pub.endpoint == info.pub.endpoint && counted().signo != -1;
}

/* Does it end, and come back? */
static bool
comes_back(void)
{
	return agent_again(LABEL, &info);
}

/* Is something in the log behind the last thing that was looked for? */
static bool
logged(const char *what)
{
	static char log[16384 + 1];
	int fd, i;
	ssize_t n;

	for (i = 0; i < LOOKS; i++) {
		fd = open("/dev/klog", O_RDONLY);
		n = read(fd, log, sizeof log - 1);
		(void)close(fd);
		log[n > 0 ? n : 0] = '\0';
		if (strstr(log, what) != NULL)
			return true;
		pause_ms(20);
	}
	return false;
}

static void
pings(void)
{
	int i;

	CHECK(begin("ping own", PERIOD));
	for (i = 0; i < LOOKS && counted().pings < 2; i++)
		pause_ms(20);
	CHECK(counted().pings >= 2 && stays());
	end();
	CHECK(begin("ping default", PERIOD));
	pause_ms(1000);
	CHECK(stays());
	end();
	CHECK(begin("ping null", PERIOD) && comes_back());
	end();
	CHECK(begin("ping fail", PERIOD) && comes_back());
	CHECK(logged("cannot take a ping"));
	end();
}

static void
signals(void)
{
	int i;

	CHECK(begin("signal own", 0));
	CHECK(kill(info.pid, SIGUSR1) == 0);
	for (i = 0; i < LOOKS && counted().signals < 1; i++)
		pause_ms(20);
	CHECK(counted().signals == 1 && counted().signo == SIGUSR1);
	end();
	CHECK(begin("signal default", 0));
	CHECK(kill(info.pid, SIGUSR1) == 0);
	pause_ms(50);
	CHECK(stays());
	CHECK(kill(info.pid, SIGTERM) == 0 && comes_back());
	end();
	CHECK(begin("signal null", 0));
	CHECK(kill(info.pid, SIGTERM) == 0);
	pause_ms(50);
	CHECK(stays());
	end(); /* which kills it */
	CHECK(begin("signal fail", 0));
	CHECK(kill(info.pid, SIGUSR1) == 0 && comes_back());
	CHECK(logged("cannot take a signal"));
	end();
}

/* Have the agent's alarm ring, and give it time to. */
static void
ring(void)
{
	(void)ask(AGENT_ALARM, NULL, 0);
	pause_ms(100);
}

static void
alarms(void)
{
	CHECK(begin("alarm own", 0));
	ring();
	CHECK(counted().alarms == 1 && counted().work == 0);
	end();
	CHECK(begin("alarm default", 0));
	ring();
	CHECK(counted().alarms == 0 && counted().work == 1);
	end();
	CHECK(begin("alarm null", 0));
	ring();
	CHECK(counted().alarms == 0 && counted().work == 0 && stays());
	end();
	CHECK(begin("alarm fail", 0));
	ring();
	CHECK(comes_back());
	CHECK(logged("cannot take an alarm"));
	end();
}

/* Have another service ask this one for a dump. */
static void
dump(endpoint_t ep)
{
	struct rs_info other;
	struct agent_dump to = { ep };

	if (CHECK(agent_info("t.asker", &other)))
		(void)msg_call(other.pub.endpoint, AGENT_DUMP, &to, sizeof to,
		    NULL, 0);
}

static void
dumps(void)
{
	CHECK(begin("dump own", 0));
	dump(info.pub.endpoint);
	pause_ms(50);
	CHECK(counted().dumps == 1);
	end();
	CHECK(begin("dump default", 0));
	dump(info.pub.endpoint);
	CHECK(logged("sef-agent: ") && stays());
	end();
	CHECK(begin("dump null", 0));
	dump(info.pub.endpoint);
	pause_ms(50);
	CHECK(counted().dumps == 0 && stays());
	end();
	CHECK(begin("dump fail", 0));
	dump(info.pub.endpoint);
	CHECK(comes_back());
	CHECK(logged("cannot take a request for a dump"));
	end();
}

static void
inits(void)
{
	CHECK(begin("fresh default", 0));
	end();
	CHECK(begin("fresh null", 0));
	end();
	CHECK(up(LABEL, "fresh fail", 0) == ENOSYS);
	CHECK(up(LABEL, "fresh crash", 0) == EINTR);
	CHECK(up(LABEL, "fresh timeout", 0) == ETIMEDOUT);
	CHECK(up(LABEL, "setter none", 0) != 0);
	CHECK(up(LABEL, "setter late", 0) != 0);
	CHECK(!agent_info(LABEL, &info));
}

/* Does a service that has crashed go down for good? */
static bool
goes_down(void)
{
	struct rs_info now;
	int i;

	if (kill(info.pid, SIGSEGV) != 0)
		return false;
	for (i = 0; i < LOOKS && agent_info(LABEL, &now); i++)
		pause_ms(20);
	return i < LOOKS;
}

static void
restarts(void)
{
	CHECK(begin("restart default", 0) && goes_down());
	CHECK(begin("restart fail", 0) && goes_down());
	CHECK(begin("restart null", 0));
	CHECK(kill(info.pid, SIGSEGV) == 0 && comes_back());
	end();
}

/* The servers that cannot be restarted show their tables, too. */
static void
tables(void)
{
	dump(PM_PROC_NR);
	CHECK(logged("pm: ") && logged(" sef-events"));
	dump(VFS_PROC_NR);
	CHECK(logged("vfs: ") && logged(" descriptors, "));
	dump(VM_PROC_NR);
	CHECK(logged("vm: process "));
	dump(RS_PROC_NR);
	CHECK(logged("rs: services come back"));
}

int
main(int argc, char **argv)
{
	(void)report_begin("sef-events", argc > 1 ? argv[1] : NULL);
	CHECK(up("t.asker", "none none", 0) == 0);
	pings();
	signals();
	alarms();
	dumps();
	inits();
	restarts();
	tables();
	CHECK(label_request(RS_DOWN, "t.asker") == OK);
	return report_end();
}
