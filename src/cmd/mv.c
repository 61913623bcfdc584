/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * mv: give files other names. Across file systems cp(1) and rm(1) do it.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

/* Run a command with three arguments. Gives whether it succeeded. */
static bool
run(const char *program, const char *option, char *from, char *to)
{
	char name[8], options[8], end[] = "--";
	char *argv[] = { name, options, end, from, to, NULL };
	int status;
	pid_t pid;

	strcpy(name, strrchr(program, '/') + 1);
	strcpy(options, option);
	pid = fork();
	if (pid == 0) {
		(void)execv(program, argv);
		_exit(127);
	}
	if (pid < 0)
		return false;
	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return false;
	}
	return status == 0;
}

static void
move(char *from, char *to)
{
	if (rename(from, to) == 0)
		return;
	if (errno != EXDEV) {
		cmd_warn(from);
		return;
	}
	if (!run("/bin/cp", "-pr", from, to) ||
	    !run("/bin/rm", "-r", from, NULL))
		cmd_warnx(from, "not moved");
}

int
main(int argc, char *argv[])
{
	char path[PATH_MAX], *to;
	struct stat st;
	int i;

	cmd_init(argv,
	    "mv [-f] FILE... TO\n"
	    "Rename a file, or move files into a directory.\n");
	while (cmd_option(argc, argv, "f") != -1)
		continue;
	if (argc - cmd_operand < 2)
		cmd_usage();
	to = argv[argc - 1];
	if (stat(to, &st) != 0 || !S_ISDIR(st.st_mode)) {
		if (argc - cmd_operand > 2)
			cmd_usage();
		move(argv[cmd_operand], to);
		return cmd_status;
	}
	for (i = cmd_operand; i < argc - 1; i++) {
		if (cmd_join(path, sizeof path, to, cmd_basename(argv[i])) != 0)
			cmd_warn(argv[i]);
		else
			move(argv[i], path);
	}
	return cmd_status;
}
