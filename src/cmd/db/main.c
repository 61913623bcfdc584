/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * db: a small debugger. Commands come from the standard input, so that a
 * script is as good as a person.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

#include "cmd/db/command.h"

static const char usage[] =
    "db [PROGRAM [ARGUMENT...]]\n"
    "      db -p PID [FILE]\n"
    "Debug a program, or a process that runs (FILE is its program). Reads "
    "commands from the standard input: help lists them.\n";

static void
begin(bool attaching, char **argv)
{
	long pid;

	if (!attaching) {
		if (argv[0] != NULL)
			command_report(target_start(argv));
		return;
	}
	if (argv[0] == NULL || cmd_number(argv[0], &pid) != 0)
		cmd_usage();
	if (target_attach((pid_t)pid, argv[1]) == STOP_NONE)
		cmd_fail(argv[0]);
	command_report(STOP_ASKED);
}

/* A line, or NULL. Signals may interrupt the wait for it. */
static char *
line(struct cmd_input *in)
{
	if (isatty(STDIN_FILENO) != 0)
		cmd_outs("(db) ");
	cmd_flush();
	return cmd_line(in, NULL);
}

int
main(int argc, char *argv[])
{
	struct cmd_input in;
	bool attaching = false;
	char *text;

	cmd_init(argv, usage);
	while (cmd_option(argc, argv, "p") != -1)
		attaching = true;
	target_init();
	begin(attaching, argv + cmd_operand);
	cmd_input_init(&in, STDIN_FILENO);
	while ((text = line(&in)) != NULL && command_do(text))
		continue;
	if (target.pid != 0 && target.attached)
		target_detach();
	else if (target.pid != 0)
		target_kill();
	return cmd_status;
}
