/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * rm: remove names of files, and with -r whole trees.
 */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

#define DEPTH_MAX 64 /* directories within directories */

static int recursive, force;

static bool remove_path(const char *path, int depth);

/* Complain. Gives false, for the caller to pass on. */
static bool
failed(const char *path)
{
	cmd_warn(path);
	return false;
}

/* The path of any entry of a directory, "" if there is none. */
static bool
any_entry(const char *dir, char path[PATH_MAX])
{
	struct dirent *d;
	DIR *dp = opendir(dir);
	int r = 0;

	path[0] = '\0';
	if (dp == NULL)
		return failed(dir);
	do {
		d = readdir(dp);
	} while (d != NULL &&
	    (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0));
	if (d != NULL)
		r = cmd_join(path, PATH_MAX, dir, d->d_name);
	if (r != 0)
		cmd_warn(dir);
	(void)closedir(dp);
	return r == 0;
}

/* Remove what is in a directory. Names are read anew after each removal,
 * since removing changes what is being read. */
static bool
remove_entries(const char *dir, int depth)
{
	char *path = cmd_memory(NULL, PATH_MAX);
	bool ok;

	do {
		ok = any_entry(dir, path) &&
		    (path[0] == '\0' || remove_path(path, depth + 1));
	} while (ok && path[0] != '\0');
	free(path);
	return ok;
}

/* Remove a file or a tree. Gives whether it is gone. */
static bool
remove_path(const char *path, int depth)
{
	struct stat st;

	if (lstat(path, &st) != 0)
		return (force && errno == ENOENT) || failed(path);
	if (!S_ISDIR(st.st_mode))
		return unlink(path) == 0 || failed(path);
	if (!recursive) {
		errno = EISDIR;
		return failed(path);
	}
	if (depth == DEPTH_MAX) {
		cmd_warnx(path, "nested too deeply");
		return false;
	}
	return remove_entries(path, depth) &&
	    (rmdir(path) == 0 || failed(path));
}

/* Does a path end with . or .., or is it the root? Removing what is in there
 * is never what was meant. */
static bool
is_refused(const char *path)
{
	size_t n = strlen(path), start;
	struct stat st, root;

	while (n > 1 && path[n - 1] == '/')
		n--;
	for (start = n; start > 0 && path[start - 1] != '/'; start--)
		continue;
	if ((n - start == 1 && path[start] == '.') ||
	    (n - start == 2 && strncmp(path + start, "..", 2) == 0))
		return true;
	return lstat(path, &st) == 0 && stat("/", &root) == 0 &&
	    st.st_dev == root.st_dev && st.st_ino == root.st_ino;
}

int
main(int argc, char *argv[])
{
	int c, i;

	cmd_init(argv,
	    "rm [-fr] FILE...\n"
	    "Remove files; -r: directories with all that is in "
	    "them; -f: what is not there is no error. Neither the root nor a "
	    "path that ends with . or .. is removed.\n");
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
	for (i = cmd_operand; i < argc; i++) {
		if (is_refused(argv[i]))
			cmd_warnx(argv[i], "is not removed");
		else
			(void)remove_path(argv[i], 0); /* it has complained */
	}
	return cmd_status;
}
