/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * gdbstub: let gdb on another machine debug a program, over a serial line.
 *
 * One packet after the other is taken from the line, done and answered. The
 * line is read by a process of its own, see keeper.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <lacuna/cmd.h>

#include "cmd/gdbstub/keeper.h"
#include "cmd/gdbstub/run.h"
#include "cmd/gdbstub/stub.h"

#define READ_TENTHS 10 /* time limit of a read from the line */

static const char usage[] =
    "gdbstub [-m] LINE PROGRAM [ARGUMENT...]\n"
    "       gdbstub [-m] -p PID LINE\n"
    "       gdbstub -m LINE\n"
    "Let gdb debug a program over the serial line LINE, such as /dev/tty01.\n"
    "  -m  go on when the program has ended: gdb may start it again\n"
    "  -p  debug a process that runs\n";

/** The two ends of the connection. */
struct link {
	int line; /* to be written */
	int from; /* what the keeper passes on */
	char frame[RSP_FRAME_MAX];
	size_t size; /* of the last packet that was sent */
};

static struct termios line_before;
static int line = -1;

static void
line_restore(void)
{
	(void)tcsetattr(line, TCSADRAIN, &line_before);
}

/* Open the line: bytes pass as they are, at full speed. */
static void
line_open(const char *path)
{
	struct termios t;

	line = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (line < 0)
		cmd_fail(path);
	if (tcgetattr(line, &line_before) != 0)
		cmd_fail(path);
	t = line_before;
	cfmakeraw(&t);
	t.c_cflag |= CLOCAL | CREAD;
	t.c_cc[VMIN] = 0;
	t.c_cc[VTIME] = READ_TENTHS;
	(void)cfsetispeed(&t, B115200);
	(void)cfsetospeed(&t, B115200);
	if (tcsetattr(line, TCSAFLUSH, &t) != 0)
		cmd_fail(path);
	(void)atexit(line_restore);
}

static int
frame_send(struct link *l)
{
	return cmd_write(l->line, l->frame, l->size);
}

/* A packet is complete: do what it asks. */
static int
packet_serve(struct link *l, struct stub *s, const struct rsp_in *in,
    bool is_long)
{
	static struct rsp_out out;
	bool answer = true;

	if (cmd_write(l->line, "+", 1) != 0)
		return -1;
	if (is_long)
		stub_error(&out, E2BIG);
	else
		answer = stub_packet(s, in->data, in->n, &out);
	l->size = 0;
	if (!answer)
		return 0;
	l->size = rsp_frame(&out, l->frame);
	return frame_send(l);
}

/* Do what a byte from the line leads to; -1: the line is gone. */
static int
byte_serve(struct link *l, struct stub *s, struct rsp_in *in, uint8_t byte)
{
	enum rsp_event event = rsp_take(in, byte);

	switch (event) {
	case RSP_PACKET:
	case RSP_LONG:
		return packet_serve(l, s, in, event == RSP_LONG);
	case RSP_BAD:
		return cmd_write(l->line, "-", 1);
	case RSP_NAK:
		return frame_send(l);
	case RSP_ACK:
		l->size = s->over ? 0 : l->size; /* the last one has arrived */
		return 0;
	case RSP_BREAK: /* the keeper has seen it, too */
	case RSP_NONE:
		break;
	}
	return 0;
}

/* Serve until the session is over and its last answer has been understood. */
static void
serve(struct link *l, struct stub *s)
{
	static struct rsp_in in;
	uint8_t bytes[256];
	ssize_t n, i;

	while (!s->over || l->size > 0) {
		n = read(l->from, bytes, sizeof bytes);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		for (i = 0; i < n; i++)
			if (byte_serve(l, s, &in, bytes[i]) != 0)
				return;
	}
}

/* Say what has been prepared, and that it is ready. */
static void
announce(const char *path)
{
	if (target_pid() != 0)
		(void)fprintf(stderr, "gdbstub: pid %d waits for gdb on %s\n",
		    target_pid(), path);
	else
		(void)fprintf(stderr, "gdbstub: waits for gdb on %s\n", path);
}

/* What the keyboard and the end of a session mean for the program is not
 * meant for the stub. */
static void
signals_set(void)
{
	struct sigaction action = { .sa_handler = target_interrupt };

	(void)sigaction(SIGUSR1, &action, NULL);
	(void)signal(SIGINT, SIG_IGN);
	(void)signal(SIGQUIT, SIG_IGN);
	(void)signal(SIGTSTP, SIG_IGN);
	(void)signal(SIGTTIN, SIG_IGN);
	(void)signal(SIGTTOU, SIG_IGN);
}

static void
session(struct stub *s, const char *path)
{
	static struct link l;
	pid_t group = tcgetpgrp(STDIN_FILENO);
	int keeper = -1;

	l.line = line;
	l.from = keeper_start(line, SIGUSR1, &keeper);
	if (l.from < 0) {
		stub_end(s);
		cmd_fail("keeper");
	}
	target_watch(keeper);
	announce(path);
	serve(&l, s);
	stub_end(s);
	(void)tcdrain(line);
	(void)kill(keeper, SIGKILL);
	if (group > 0) /* the terminal is ours again */
		(void)tcsetpgrp(STDIN_FILENO, group);
}

/* The process that -p names. */
static void
process_take(struct stub *s, const char *text)
{
	long pid;
	int e;

	if (cmd_number(text, &pid) != 0 || pid <= 0)
		cmd_usage();
	e = stub_attach(s, (int)pid);
	if (e == 0)
		return;
	errno = e;
	cmd_fail(text);
}

int
main(int argc, char *argv[])
{
	static struct stub s;
	const char *process = NULL;
	int option, e;

	cmd_init(argv, usage);
	while ((option = getopt(argc, argv, "+mp:")) != -1) {
		if (option == 'm')
			s.extended = true;
		else if (option == 'p')
			process = optarg;
		else
			cmd_usage();
	}
	argc -= optind;
	argv += optind;
	if (argc == 0 || (process != NULL && argc != 1) ||
	    (process == NULL && argc == 1 && !s.extended))
		cmd_usage();
	line_open(argv[0]);
	signals_set();
	if (process != NULL) {
		process_take(&s, process);
	} else if (argc > 1 && (e = stub_start(&s, argv + 1)) != 0) {
		errno = e;
		cmd_fail(argv[1]);
	}
	session(&s, argv[0]);
	return cmd_status;
}
