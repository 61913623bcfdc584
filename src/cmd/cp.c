/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * cp: copy files, and with -r directories.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

#define DEPTH_MAX 64 /* directories within directories */

static int recursive, preserve;

static void copy(const char *from, const char *to, int depth);

static void
copy_bytes(int in, int out, const char *from, const char *to)
{
	static char buffer[16384] __attribute__((aligned(4096)));
	ssize_t n;

	while ((n = read(in, buffer, sizeof buffer)) > 0) {
		if (cmd_write(out, buffer, (size_t)n) != 0) {
			cmd_warn(to);
			return;
		}
	}
	if (n < 0)
		cmd_warn(from);
}

static void
copy_file(const char *from, const char *to, mode_t mode)
{
	int in = open(from, O_RDONLY), out;

	if (in < 0) {
		cmd_warn(from);
		return;
	}
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC, mode & 0777);
	if (out < 0)
		cmd_warn(to);
	else
		copy_bytes(in, out, from, to);
	(void)close(in);
	if (out >= 0 && close(out) != 0)
		cmd_warn(to);
}

static void
copy_entries(const char *from, const char *to, int depth)
{
	char *paths = cmd_memory(NULL, 2 * PATH_MAX);
	struct dirent *d;
	DIR *dp = opendir(from);

	if (dp == NULL)
		cmd_warn(from);
	while (dp != NULL && (d = readdir(dp)) != NULL) {
		if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0)
			continue;
		if (cmd_join(paths, PATH_MAX, from, d->d_name) != 0 ||
		    cmd_join(paths + PATH_MAX, PATH_MAX, to, d->d_name) != 0)
			cmd_warn(d->d_name);
		else
			copy(paths, paths + PATH_MAX, depth + 1);
	}
	if (dp != NULL)
		(void)closedir(dp);
	free(paths);
}

static void
copy_dir(const char *from, const char *to, int depth)
{
	size_t n = strlen(from);

	if (!recursive) {
		cmd_warnx(from, "is a directory; -r copies it");
	} else if (depth == DEPTH_MAX) {
		cmd_warnx(from, "nested too deeply");
	} else if (strncmp(from, to, n) == 0 && to[n] == '/') {
		cmd_warnx(from, "cannot be copied into itself");
	} else if (mkdir(to, 0777) != 0 && errno != EEXIST) {
		cmd_warn(to);
	} else {
		copy_entries(from, to, depth);
	}
}

static void
copy_other(const char *from, const char *to, const struct stat *st)
{
	char target[PATH_MAX];
	ssize_t n;
	int r;

	if (S_ISLNK(st->st_mode)) {
		n = readlink(from, target, sizeof target - 1);
		if (n < 0) {
			cmd_warn(from);
			return;
		}
		target[n] = '\0';
		r = symlink(target, to);
	} else {
		r = mknod(to, st->st_mode, st->st_rdev);
	}
	if (r != 0)
		cmd_warn(to);
}

static void
copy(const char *from, const char *to, int depth)
{
	struct utimbuf times;
	struct stat st, other;

	if ((recursive ? lstat(from, &st) : stat(from, &st)) != 0) {
		cmd_warn(from);
		return;
	}
	if (stat(to, &other) == 0 && st.st_dev == other.st_dev &&
	    st.st_ino == other.st_ino) {
		cmd_warnx(to, "is the same file");
		return;
	}
	if (S_ISDIR(st.st_mode))
		copy_dir(from, to, depth);
	else if (S_ISREG(st.st_mode) || !recursive)
		copy_file(from, to, st.st_mode);
	else
		copy_other(from, to, &st);
	if (!preserve || S_ISLNK(st.st_mode))
		return;
	times.actime = st.st_atime;
	times.modtime = st.st_mtime;
	if (utime(to, &times) != 0 || chmod(to, st.st_mode & 07777) != 0)
		cmd_warn(to);
}

int
main(int argc, char *argv[])
{
	char path[PATH_MAX];
	struct stat st;
	const char *to;
	int c, i;

	cmd_init(argv,
	    "cp [-pr] FILE... TO\n"
	    "Copy files to a name, or into a directory; -r: "
	    "directories with all that is in them; -p: with "
	    "permissions and times.\n");
	while ((c = cmd_option(argc, argv, "prR")) != -1) {
		recursive |= c != 'p';
		preserve |= c == 'p';
	}
	if (argc - cmd_operand < 2)
		cmd_usage();
	to = argv[argc - 1];
	if (stat(to, &st) != 0 || !S_ISDIR(st.st_mode)) {
		if (argc - cmd_operand > 2)
			cmd_usage();
		copy(argv[cmd_operand], to, 0);
		return cmd_status;
	}
	for (i = cmd_operand; i < argc - 1; i++) {
		if (cmd_join(path, sizeof path, to, cmd_basename(argv[i])) != 0)
			cmd_warn(argv[i]);
		else
			copy(argv[i], path, 0);
	}
	return cmd_status;
}
