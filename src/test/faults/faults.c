/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * One fault of the campaign of mk/faults: the code of a service is changed
 * while the system runs, the service is used, and what becomes of it is told.
 *
 *     faults LABEL KIND ADDRESS LENGTH DRAW
 *
 * KIND is crash or hang (when it comes to this address), errors or lies (a
 * function returns -EIO, or nonsense), flip or flips (one wrong bit, or 16, in
 * the range from there), init (it crashes, or hangs, when it is started
 * again, twice), or sends (when it comes there, it sends messages without any
 * sense to everybody, and crashes; LENGTH is where code for that fits in).
 * DRAW is a random number. It works again, or not, within some uses of it, and
 * so does all the rest. Proves C3.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <lacuna/msgcall.h>
#include <proto/is.h>

#include "test/faults/babble.h"
#include "test/faults/faulter.h"
#include "test/program/program.h"
#include "test/rs/client.h"

#define PATIENCE 8     /* uses until it must work */
#define TRY_MS   70000 /* one use of it: VFS is to lose patience first */
#define FLIPS    16
#define PAGE     4096
#define INIT_MS  25000 /* until two failures to initialise */

PROTO_STUB(IS_USAGE, is_usage)

static struct faulter fault;
static uint32_t state;

static uint32_t
draw(uint32_t below)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8) % below;
}

/* Can a device be opened, and read or written? */
static int
use_device(const char *path, int flags, size_t size, bool write_it)
{
	static char buf[512] = "works\n";
	int fd = open(path, flags);
	ssize_t n;

	if (fd < 0)
		return 1;
	n = write_it ? write(fd, buf, size) : read(fd, buf, size);
	return n == (ssize_t)size ? 0 : 1;
}

static int
use_tty(void)
{
	return use_device("/dev/console", O_WRONLY | O_NOCTTY, 6, true);
}

static int
use_memory(void)
{
	return use_device("/dev/zero", O_RDONLY, 4, false);
}

static int
use_log(void)
{
	char c;
	int fd = open("/dev/klog", O_RDONLY | O_NONBLOCK);

	return fd >= 0 && (read(fd, &c, 1) >= 0 || errno == EAGAIN) ? 0 : 1;
}

static int
use_ata(void)
{
	return use_device("/dev/c0d0", O_RDONLY, 512, false);
}

static int
use_pipe(void)
{
	char c = 0;
	int fd[2];

	return pipe(fd) == 0 && write(fd[1], "p", 1) == 1 &&
		read(fd[0], &c, 1) == 1 && c == 'p'
	    ? 0
	    : 1;
}

static int
use_ext2(void)
{
	static const char name[] = "/tmp/faults";
	char back[6] = "";
	int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);

	return fd >= 0 && write(fd, "fault", 6) == 6 && fsync(fd) == 0 &&
		lseek(fd, 0, SEEK_SET) == 0 && read(fd, back, 6) == 6 &&
		strcmp(back, "fault") == 0 && unlink(name) == 0
	    ? 0
	    : 1;
}

/* A service comes and goes: DS is told of it. */
static int
use_ds(void)
{
	return agent_up("t.fault", "ok", 0, 0) == OK &&
		label_request(RS_DOWN, "t.fault") == OK
	    ? 0
	    : 1;
}

static int
use_is(void)
{
	struct is_usage_req req = { .ep = NONE };
	struct is_usage_rep rep;
	struct rs_info info;

	return agent_info("is", &info) && info.pub.endpoint != NONE &&
		call_is_usage(info.pub.endpoint, &req, &rep) == OK &&
		rep.processes > 0
	    ? 0
	    : 1;
}

static const struct victim {
	const char *label;
	int (*use)(void);
} victims[] = { { "tty", use_tty }, { "log", use_log },
	{ "memory", use_memory }, { "is", use_is }, { "pipe", use_pipe },
	{ "ds", use_ds }, { "ata", use_ata }, { "ext2", use_ext2 } };

/* Does it work? It gets some time for that; what waits for a service that
 * hangs is killed. */
static bool
works(const struct victim *v)
{
	int status = -1, ms;
	pid_t pid = fork();

	if (pid == 0)
		_exit(v->use());
	for (ms = 0; pid > 0 && ms < TRY_MS; ms += 50) {
		if (waitpid(pid, &status, WNOHANG) == pid)
			return WIFEXITED(status) && WEXITSTATUS(status) == 0;
		pause_ms(50);
	}
	if (pid > 0)
		(void)kill(pid, SIGKILL); /* init collects it, if it ends */
	return false;
}

/* Have the service that can do so read or write code. */
static bool
code(bool write, vir_bytes addr, uint32_t bytes)
{
	fault.write = write;
	fault.addr = addr;
	fault.bytes = bytes;
	mailbox_ask(&fault.box);
	return fault.result == OK;
}

/* Write code, page by page: the next one may be anywhere. */
static bool
put(vir_bytes addr, const void *bytes, uint32_t n)
{
	const uint8_t *from = bytes;
	uint32_t part;

	for (; n > 0; n -= part, addr += part, from += part) {
		part = PAGE - addr % PAGE;
		if (part > FAULTER_BYTES)
			part = FAULTER_BYTES;
		if (part > n)
			part = n;
		memcpy(fault.code, from, part);
		if (!code(true, addr, part))
			return false;
	}
	return true;
}

/* Have it babble when it comes to an address; the code is put elsewhere. */
static bool
put_babble(vir_bytes addr, vir_bytes elsewhere)
{
	size_t size;
	const uint8_t *babble = babble_make(state, &size);
	const uint32_t distance = elsewhere - (addr + 5);
	uint8_t jump[5] = { 0xe9 };

	memcpy(jump + 1, &distance, sizeof distance);
	return babble != NULL && put(elsewhere, babble, (uint32_t)size) &&
	    put(addr, jump, sizeof jump);
}

/* One wrong bit somewhere in the range. */
static bool
flip(vir_bytes addr, uint32_t len)
{
	const vir_bytes at = addr + draw(len);

	if (!code(false, at, 1))
		return false;
	fault.code[0] ^= (uint8_t)(1u << draw(8));
	return code(true, at, 1);
}

/* Do it to the process that runs. */
static bool
inject(const char *kind, vir_bytes addr, uint32_t len)
{
	uint8_t value[6] = { 0xb8, 0xfb, 0xff, 0xff, 0xff, 0xc3 };
	uint32_t i, n;

	if (strcmp(kind, "crash") == 0)
		return put(addr, "\x0f\x0b", 2);
	if (strcmp(kind, "hang") == 0)
		return put(addr, "\xeb\xfe", 2);
	if (strcmp(kind, "sends") == 0)
		return put_babble(addr, len);
	if (strcmp(kind, "lies") == 0)
		for (i = 1; i < 5; i++)
			value[i] = (uint8_t)draw(256);
	if (strcmp(kind, "lies") == 0 || strcmp(kind, "errors") == 0)
		return put(addr, value, sizeof value);
	n = strcmp(kind, "flips") == 0 ? FLIPS : 1;
	for (i = 0; i < n; i++)
		if (!flip(addr, len))
			return false;
	return true;
}

/* Have it fail to start again, twice, in the program RS starts it from. */
static bool
inject_init(const char *label, const struct rs_info *before, vir_bytes addr)
{
	struct rs_info info = *before;
	uint8_t whole[2];
	int ms;

	fault.victim = NONE;
	if (!code(false, addr, sizeof whole))
		return false;
	memcpy(whole, fault.code, sizeof whole);
	if (!put(addr, draw(2) == 0 ? "\x0f\x0b" : "\xeb\xfe", 2))
		return false;
	(void)kill(before->pid, SIGKILL);
	for (ms = 0; ms < INIT_MS && info.failures < before->failures + 3;
	     ms += 100) {
		pause_ms(100);
		if (!agent_info(label, &info))
			break;
	}
	return put(addr, whole, sizeof whole);
}

/* Only people use IS, and have nobody to complain to: root, who sees its
 * errors, has it started again. */
static void
refresh(const struct victim *v)
{
	if (strcmp(v->label, "is") == 0)
		(void)label_request(RS_REFRESH, v->label);
}

/* What has become of it? */
static const char *
outcome(const struct victim *v, endpoint_t before)
{
	struct rs_info info = { .flags = 0 };
	int tries, good = 0;

	for (tries = 0; tries < PATIENCE && good < 3; tries++) {
		good = works(v) ? good + 1 : 0;
		if (good == 0)
			refresh(v);
		if (!agent_info(v->label, &info))
			return "down, RS has let it go";
		if (info.flags & RSI_GIVEN_UP)
			return "down, RS has given it up";
		pause_ms(1000);
	}
	if (good < 3)
		return "broken, and it stays so";
	if (!system_alive())
		return "broken, though not itself";
	return info.pub.endpoint == before ? "unharmed" : "recovered";
}

static const struct victim *
victim_find(const char *label)
{
	const struct victim *v = victims;

	while (strcmp(v->label, label) != 0)
		if (++v == victims + sizeof victims / sizeof victims[0])
			exit(report_end());
	return v;
}

int
main(int argc, char **argv)
{
	struct rs_info before = { .pid = -1 };
	const struct victim *v;
	vir_bytes addr;
	uint32_t len;
	endpoint_t ep;
	bool done;

	(void)report_begin("faults", NULL);
	if (argc != 6)
		return report_end();
	v = victim_find(argv[1]);
	addr = (vir_bytes)strtoull(argv[3], NULL, 16);
	len = (uint32_t)strtoull(argv[4], NULL, 16);
	state = (uint32_t)strtoull(argv[5], NULL, 10);
	CHECK(service_start(FAULTER_PROGRAM, "faulter", &fault.box, &ep) == OK);
	CHECK(works(v) && agent_info(v->label, &before));
	fault.victim = fault.boot_ep = before.pub.endpoint;
	done = strcmp(argv[2], "init") == 0
	    ? inject_init(v->label, &before, addr)
	    : inject(argv[2], addr, len);
	CHECK(done);
	(void)report_obs("outcome", "%s",
	    done ? outcome(v, before.pub.endpoint) : "no fault");
	return report_end();
}
