/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * more: text a screen at a time. Keys come from the terminal, without waiting
 * for the return key: blank the next screen, return the next line, q the end.
 */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

static struct termios before;
static int terminal = -1;
static int rows = 24, columns = 80;
static int left; /* rows until the next question */

static void
restore(void)
{
	(void)tcsetattr(terminal, TCSADRAIN, &before); /* nothing else to do */
}

static void
on_signal(int sig)
{
	restore();
	_exit(128 + sig);
}

static void
setup(void)
{
	struct termios raw;
	struct winsize ws;

	if (!isatty(STDOUT_FILENO))
		return;
	terminal = open("/dev/tty", O_RDONLY);
	if (terminal < 0)
		terminal = dup(STDERR_FILENO);
	if (tcgetattr(terminal, &before) != 0) {
		(void)close(terminal);
		terminal = -1;
		return;
	}
	(void)signal(SIGINT, on_signal);
	raw = before;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	(void)tcsetattr(terminal, TCSADRAIN, &raw); /* then return is needed */
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_row > 1 &&
	    ws.ws_col > 0) {
		rows = ws.ws_row;
		columns = ws.ws_col;
	}
	left = rows - 1;
}

/* Ask how to go on. */
static void
ask(const char *name)
{
	char c = 'q';

	cmd_outs("--more-- ");
	cmd_outs(name);
	cmd_flush();
	if (read(terminal, &c, 1) <= 0)
		c = 'q';
	cmd_outs("\r\033[K");
	cmd_flush();
	if (c == 'q' || c == 'Q') {
		restore();
		_exit(cmd_status);
	}
	left = c == '\n' || c == '\r' ? 1 : rows - 1;
}

static void
page(int fd, const char *name)
{
	struct cmd_input in;
	char *line;
	size_t n;
	int high;

	cmd_input_init(&in, fd);
	while ((line = cmd_line(&in, &n)) != NULL) {
		high = 1 + (n > 0 ? ((int)n - 1) / columns : 0);
		if (terminal >= 0 && left < high)
			ask(name);
		left -= high;
		cmd_out(line, n);
		if (in.newline)
			cmd_outc('\n');
	}
	if (in.failed)
		cmd_warn(name);
	cmd_input_done(&in);
}

int
main(int argc, char *argv[])
{
	cmd_init(argv,
	    "more [FILE...]\n"
	    "Show text a screen at a time: blank for the next one, "
	    "return for a line, q to end.\n");
	while (cmd_option(argc, argv, "") != -1)
		continue;
	setup();
	cmd_each_file(argv + cmd_operand, page);
	cmd_flush();
	if (terminal >= 0)
		restore();
	return cmd_status;
}
