/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * rm: remove names of files, and with -r whole trees.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

#define DEPTH_MAX 64 /* directories within directories */

static int recursive, force;

static void remove_path(const char *path, int depth);

/* Remove what is in a directory. Names are read anew after each removal,
 * since removing changes what is being read. */
static void
remove_entries(const char *dir, int depth)
{
	char path[1024];
	struct dirent *d;
	int before;
	DIR *dp;

	do {
		before = cmd_status;
		dp = opendir(dir);
		if (dp == NULL) {
			cmd_warn(dir);
			return;
		}
		do {
			d = readdir(dp);
		} while (d != NULL &&
		    (strcmp(d->d_name, ".") == 0 ||
			strcmp(d->d_name, "..") == 0));
		if (d != NULL &&
		    cmd_join(path, sizeof path, dir, d->d_name) != 0)
			cmd_warn(dir);
		(void)closedir(dp);
		if (d != NULL && cmd_status == before)
			remove_path(path, depth + 1);
	} while (d != NULL && cmd_status == before);
}

static void
remove_path(const char *path, int depth)
{
	struct stat st;

	if (lstat(path, &st) != 0) {
		if (!force || errno != ENOENT)
			cmd_warn(path);
		return;
	}
	if (!S_ISDIR(st.st_mode)) {
		if (unlink(path) != 0)
			cmd_warn(path);
		return;
	}
	if (!recursive) {
		errno = EISDIR;
		cmd_warn(path);
		return;
	}
	if (depth == DEPTH_MAX) {
		cmd_warnx(path, "nested too deeply");
		return;
	}
	remove_entries(path, depth);
	if (cmd_status == 0 && rmdir(path) != 0)
		cmd_warn(path);
}

int
main(int argc, char *argv[])
{
	int c, i;

	cmd_init(argv,
	    "rm [-fr] FILE...\n"
	    "Remove files; -r: directories with all that is in "
	    "them; -f: what is not there is no error.\n");
	while ((c = cmd_option(argc, argv, "fr")) != -1) {
		if (c == 'f')
			force = 1;
		else if (c == 'r')
			recursive = 1;
		else
			cmd_usage();
	}
	if (cmd_operand == argc && !force)
		cmd_usage();
	for (i = cmd_operand; i < argc; i++)
		remove_path(argv[i], 0);
	return cmd_status;
}
