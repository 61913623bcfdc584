/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Names: links, renaming in all its forms, directories with many
 * entries, symbolic links that loop, dangle or lead far, long names, the
 * current directory, and the root of a process.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test/program/program.h"

static void
make(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	CHECK(fd >= 0 && write(fd, path, strlen(path)) > 0);
	close(fd);
}

static bool
holds(const char *path, const char *text)
{
	char buf[64] = "";
	int fd = open(path, O_RDONLY);
	bool ok = fd >= 0 && read(fd, buf, sizeof buf - 1) > 0 &&
	    strcmp(buf, text) == 0;

	if (fd >= 0)
		close(fd);
	return ok;
}

static int
links_of(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 ? (int)st.st_nlink : -errno;
}

static void
hard_links(void)
{
	make("a");
	CHECK(link("a", "b") == 0 && links_of("a") == 2 && holds("b", "a"));
	CHECK(link("a", "b") == -1 && errno == EEXIST);
	CHECK(link("none", "c") == -1 && errno == ENOENT);
	CHECK(link(".", "c") == -1 && (errno == EPERM || errno == EISDIR));
	CHECK(unlink("a") == 0 && links_of("b") == 1 && unlink("b") == 0);
	CHECK(link("/dev/null", "c") == 0 && unlink("c") == 0);
}

static void
renaming(void)
{
	make("a");
	make("b");
	CHECK(rename("a", "b") == 0 && holds("b", "a"));
	CHECK(links_of("a") == -ENOENT);
	CHECK(rename("b", "b") == 0 && holds("b", "a"));
	CHECK(link("b", "c") == 0 && rename("b", "c") == 0);
	CHECK(links_of("b") == 2); /* the same file: nothing happens */
	CHECK(unlink("c") == 0);
	CHECK(mkdir("d", 0700) == 0 && mkdir("d/e", 0700) == 0);
	CHECK(rename("b", "d/f") == 0 && holds("d/f", "a"));
	CHECK(rename("d", "d/e/x") == -1 && errno == EINVAL);
	CHECK(rename("d/f", "d/e") == -1 && errno == EISDIR);
	CHECK(rename("d/e", "d/f") == -1 && errno == ENOTDIR);
	CHECK(mkdir("g", 0700) == 0 && rename("d", "g") == 0);
	CHECK(holds("g/f", "a") && links_of("g") == 3);
	CHECK(mkdir("h", 0700) == 0 && rename("h", "g") == -1 &&
	    errno == ENOTEMPTY);
	CHECK(rename("g/e", "h/e") == 0 && links_of("g") == 2);
	CHECK(links_of("h") == 3);
	CHECK(rmdir("h") == -1 && errno == ENOTEMPTY);
	CHECK(rmdir("h/e") == 0 && rmdir("h") == 0);
	CHECK(rmdir("g/f") == -1 && errno == ENOTDIR);
	CHECK(unlink("g") == -1 && (errno == EPERM || errno == EISDIR));
	CHECK(unlink("g/f") == 0 && rmdir("g") == 0);
	CHECK(rmdir(".") == -1 && rmdir("/") == -1);
}

/* How many entries does a directory show, each once? */
static int
count(const char *path, int expected)
{
	static unsigned char seen[1000];
	DIR *d = opendir(path);
	struct dirent *e;
	int n = 0, i, twice = 0;

	if (d == NULL)
		return -1;
	memset(seen, 0, sizeof seen);
	while ((e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		i = (int)strtol(e->d_name + 1, NULL, 10);
		if (i >= 0 && i < expected)
			twice += seen[i]++;
		n++;
	}
	CHECK(twice == 0);
	closedir(d);
	return n;
}

static void
many(void)
{
	char name[32];
	int i;

	CHECK(mkdir("many", 0700) == 0);
	for (i = 0; i < 400; i++) {
		snprintf(name, sizeof name, "many/n%d_and_some_more", i);
		make(name);
	}
	CHECK(count("many", 400) == 400);
	for (i = 0; i < 400; i += 2) {
		snprintf(name, sizeof name, "many/n%d_and_some_more", i);
		CHECK(unlink(name) == 0);
	}
	CHECK(count("many", 400) == 200);
	for (i = 0; i < 400; i += 2) { /* into the gaps */
		snprintf(name, sizeof name, "many/n%d", i);
		make(name);
	}
	CHECK(count("many", 400) == 400);
	CHECK(shell("rm -rf many") == 0 && links_of("many") == -ENOENT);
}

static void
symbolic(void)
{
	char buf[64] = "";
	int i;

	make("a");
	CHECK(symlink("a", "s") == 0 && holds("s", "a"));
	CHECK(readlink("s", buf, sizeof buf) == 1 && buf[0] == 'a');
	CHECK(readlink("a", buf, sizeof buf) == -1 && errno == EINVAL);
	CHECK(unlink("s") == 0 && holds("a", "a"));
	CHECK(symlink("none", "s") == 0 && open("s", O_RDONLY) == -1);
	CHECK(errno == ENOENT);
	i = open("s", O_WRONLY | O_CREAT, 0600); /* makes what it names */
	CHECK(i >= 0 && close(i) == 0 && links_of("none") == 1);
	CHECK(open("s", O_RDONLY | O_CREAT | O_EXCL, 0600) == -1);
	CHECK(errno == EEXIST && unlink("s") == 0 && unlink("none") == 0);
	CHECK(symlink("l", "l") == 0 && open("l", O_RDONLY) == -1);
	CHECK(errno == ELOOP && unlink("l") == 0);
	CHECK(symlink("y", "x") == 0 && symlink("x", "y") == 0);
	CHECK(chdir("x/z") == -1 && errno == ELOOP);
	CHECK(unlink("x") == 0 && unlink("y") == 0);
	CHECK(mkdir("d", 0700) == 0 && symlink("../d", "d/up") == 0);
	make("d/f");
	CHECK(holds("d/up/up/up/f", "d/f"));
	CHECK(symlink("/tmp/vfs.names/d/f", "abs") == 0);
	CHECK(holds("abs", "d/f") && unlink("abs") == 0);
	CHECK(shell("rm -r a d") == 0);
}

static void
long_names(void)
{
	static char name[NAME_MAX + 2], path[PATH_MAX + 100];
	size_t i;

	memset(name, 'n', NAME_MAX);
	make(name);
	CHECK(links_of(name) == 1 && unlink(name) == 0);
	name[NAME_MAX] = 'n';
	CHECK(open(name, O_WRONLY | O_CREAT, 0600) == -1);
	CHECK(errno == ENAMETOOLONG);
	for (i = 0; i + 2 < sizeof path; i += 2)
		memcpy(path + i, "./", 2);
	CHECK(open(path, O_RDONLY) == -1 && errno == ENAMETOOLONG);
	path[PATH_MAX - 2] = '\0';
	i = (size_t)open(path, O_RDONLY);
	CHECK((int)i >= 0 && close((int)i) == 0);
	CHECK(access("//tmp///vfs.names/../vfs.names/.", F_OK) == 0);
}

static int
jailed(void)
{
	char buf[64];

	if (chroot("/tmp/vfs.names") != 0 || chdir("/") != 0)
		return 1;
	if (access("/inside", F_OK) != 0 || access("/bin", F_OK) == 0)
		return 2;
	if (chdir("..") != 0 || access("inside", F_OK) != 0)
		return 3;
	return getcwd(buf, sizeof buf) != NULL && strcmp(buf, "/") == 0 ? 0 : 4;
}

static void
directories(void)
{
	char buf[64] = "";
	int fd;

	CHECK(getcwd(buf, sizeof buf) != NULL);
	CHECK(strcmp(buf, "/tmp/vfs.names") == 0);
	CHECK(mkdir("d", 0700) == 0 && chdir("d") == 0);
	CHECK(rmdir("../d") == 0); /* from below our feet */
	CHECK(open("x", O_WRONLY | O_CREAT, 0600) == -1 && errno == ENOENT);
	fd = open("/tmp/vfs.names", O_RDONLY);
	CHECK(fd >= 0 && fchdir(fd) == 0 && close(fd) == 0);
	make("inside");
	CHECK(chdir("inside") == -1 && errno == ENOTDIR);
	CHECK(child(jailed) == 0 && unlink("inside") == 0);
	CHECK(mkdir("/", 0700) == -1 && errno == EEXIST);
	CHECK(mkdir("x/y", 0700) == -1 && errno == ENOENT);
}

int
main(int argc, char **argv)
{
	(void)report_begin("vfs-names", argc > 1 ? argv[1] : NULL);
	CHECK(mkdir("/tmp/vfs.names", 0700) == 0);
	CHECK(chdir("/tmp/vfs.names") == 0);
	hard_links();
	renaming();
	many();
	symbolic();
	long_names();
	directories();
	CHECK(chdir("/") == 0 && rmdir("/tmp/vfs.names") == 0);
	return report_end();
}
