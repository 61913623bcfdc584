/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * man: manual pages. They are plain text, /usr/man/manN/NAME.N.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

#define ROOT "/usr/man"

static char sections[] = "12345678";

/* The path of a page, if it is there. */
static bool
find(char path[128], const char *name, char section)
{
	if (strlen(name) > 80 || strchr(name, '/') != NULL)
		return false;
	strcpy(path, ROOT "/man?/");
	*strchr(path, '?') = section;
	strcat(path, name);
	strncat(path, (char[3]){ '.', section, '\0' }, 3);
	return access(path, R_OK) == 0;
}

static void
copy(int fd, const char *name)
{
	char buffer[1024];
	ssize_t n;

	while ((n = read(fd, buffer, sizeof buffer)) > 0)
		cmd_out(buffer, (size_t)n);
	if (n < 0)
		cmd_warn(name);
}

static int
show(char *path)
{
	char more[] = "more", *argv[] = { more, path, NULL },
	     *names[] = { path, NULL };

	if (isatty(STDOUT_FILENO))
		(void)execv("/bin/more", argv);
	cmd_each_file(names, copy);
	return cmd_status;
}

/* -k: the pages whose first lines hold a word. */
static void
search_section(char section, const char *word)
{
	char dir[] = ROOT "/man?", path[128], *line;
	struct cmd_input in;
	struct dirent *d;
	DIR *dp;
	int i;

	*strchr(dir, '?') = section;
	dp = opendir(dir);
	while (dp != NULL && (d = readdir(dp)) != NULL) {
		if (d->d_name[0] == '.' ||
		    cmd_join(path, sizeof path, dir, d->d_name) != 0)
			continue;
		cmd_input_init(&in, open(path, O_RDONLY));
		for (i = 0; in.fd >= 0 && i < 6 &&
		     (line = cmd_line(&in, NULL)) != NULL;
		     i++) {
			/* The line under NAME says what the page is about. */
			if (strstr(line, " - ") == NULL ||
			    strstr(line, word) == NULL)
				continue;
			cmd_outs(line + strspn(line, " "));
			cmd_outc('\n');
		}
		cmd_input_done(&in);
		if (in.fd >= 0)
			(void)close(in.fd);
	}
	if (dp != NULL)
		(void)closedir(dp);
}

int
main(int argc, char *argv[])
{
	const char *s, *word = NULL;
	char path[128];

	cmd_init(argv,
	    "man [-k WORD | [SECTION] NAME]\n"
	    "Show a manual page. Sections: 1 commands, 2 the system's "
	    "calls, 3 libraries, 5 files, 7 other things, 8 "
	    "administration. -k: which pages are about a word.\n");
	while (cmd_option(argc, argv, "k:") != -1)
		word = cmd_argument;
	if (word != NULL) {
		for (s = sections; *s != '\0'; s++)
			search_section(*s, word);
		return cmd_status;
	}
	if (argc - cmd_operand == 2 && argv[cmd_operand][1] == '\0') {
		sections[0] = argv[cmd_operand++][0];
		sections[1] = '\0';
	}
	if (argc - cmd_operand != 1)
		cmd_usage();
	for (s = sections; *s != '\0'; s++) {
		if (find(path, argv[cmd_operand], *s))
			return show(path);
	}
	cmd_warnx(argv[cmd_operand], "no such page; man -k WORD searches");
	return 1;
}
