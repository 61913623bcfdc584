/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Permissions: what owner, group and others may do with files and
 * directories, the sticky bit, umask, who may change what, set-user-id
 * programs, and that access() asks for the real user.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "test/program/program.h"

#define DIR "/tmp/vfs.perm"

static unsigned int
mode_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? st.st_mode & 07777 : 0xffff;
}

/* Is a file open to what `how` says? */
static bool
opens(const char *path, int how)
{
	int fd = open(path, how);

	if (fd < 0)
		return false;
	close(fd);
	return true;
}

/* One of three classes has rw, others nothing: who gets it? */
static int
as(int who)
{
	if (setgid((gid_t)(who == 100 ? 50 : who)) != 0 ||
	    setuid((uid_t)(who == 50 ? 101 : who)) != 0)
		return 10;
	return (opens(DIR "/owner", O_RDWR) ? 1 : 0) |
	    (opens(DIR "/group", O_RDWR) ? 2 : 0) |
	    (opens(DIR "/other", O_RDWR) ? 4 : 0) |
	    (opens(DIR "/read", O_RDONLY) ? 8 : 0) |
	    (opens(DIR "/read", O_RDWR) ? 16 : 0);
}

static void
make(const char *path, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT, 0600);

	CHECK(fd >= 0 && close(fd) == 0);
	CHECK(chown(path, 100, 50) == 0 && chmod(path, mode) == 0);
	CHECK(mode_of(path) == mode);
}

static void
classes(void)
{
	make(DIR "/owner", 0600);
	make(DIR "/group", 0060);
	make(DIR "/other", 0006);
	make(DIR "/read", 0444);
	CHECK(child_with(as, 100) == (1 | 8));
	CHECK(child_with(as, 50) == (2 | 8));
	CHECK(child_with(as, 999) == (4 | 8));
	CHECK(child_with(as, 0) == 31); /* root: all */
}

static int
in_directories(void)
{
	if (setgid(7) != 0 || setuid(200) != 0)
		return 1;
	if (opens(DIR "/locked/f", O_RDONLY) || errno != EACCES)
		return 2; /* no x */
	if (!opens(DIR "/pass/f", O_RDONLY) || opens(DIR "/pass", O_RDONLY))
		return 3; /* x, but no r */
	if (open(DIR "/pass/new", O_WRONLY | O_CREAT, 0600) != -1 ||
	    errno != EACCES)
		return 4; /* no w */
	if (unlink(DIR "/pass/f") != -1 || errno != EACCES)
		return 5;
	if (mkdir(DIR "/pass/d", 0700) != -1 || errno != EACCES)
		return 6;
	if (unlink(DIR "/sticky/f") != -1)
		return 7; /* somebody else's */
	if (rename(DIR "/sticky/f", DIR "/sticky/g") != -1)
		return 8;
	if (mkdir(DIR "/sticky/mine", 0700) != 0 ||
	    rmdir(DIR "/sticky/mine") != 0)
		return 9;
	return 0;
}

static int
changes(void)
{
	if (setgid(7) != 0 || setuid(200) != 0)
		return 1;
	if (chmod(DIR "/read", 0777) != -1 || errno != EPERM)
		return 2;
	if (chown(DIR "/read", 200, 7) != -1 || errno != EPERM)
		return 3;
	if (mknod("/tmp/node", S_IFCHR | 0666, 0x101) != -1 || errno != EPERM)
		return 4;
	if (chroot("/tmp") != -1 || errno != EPERM)
		return 5;
	if (access(DIR "/owner", R_OK) != -1 || errno != EACCES)
		return 6;
	return access(DIR "/read", R_OK) == 0 ? 0 : 7;
}

static void
masks(void)
{
	mode_t old = umask(027);
	int fd = open(DIR "/masked", O_WRONLY | O_CREAT, 0666);

	CHECK(fd >= 0 && close(fd) == 0 && mode_of(DIR "/masked") == 0640);
	CHECK(mkdir(DIR "/maskdir", 0777) == 0);
	CHECK(mode_of(DIR "/maskdir") == 0750);
	CHECK(umask(old) == 027);
	CHECK(rmdir(DIR "/maskdir") == 0 && unlink(DIR "/masked") == 0);
}

/* A program that belongs to root and says so, run by nobody. */
static int
set_uid(void)
{
	if (setuid(200) != 0)
		return 1;
	execl(DIR "/suid", "suid", "suid", (char *)NULL);
	return 2;
}

static int
inside_suid(void)
{
	if (getuid() != 200 || geteuid() != 0)
		return 3;
	if (access(DIR "/owner", R_OK) != -1)
		return 4; /* the real user may not */
	return opens(DIR "/owner", O_RDWR) && setuid(0) == 0 ? 0 : 5;
}

int
main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "suid") == 0)
		return inside_suid();
	(void)report_begin("vfs-permission", argc > 1 ? argv[1] : NULL);
	(void)umask(0);
	CHECK(mkdir(DIR, 0755) == 0);
	classes();
	CHECK(mkdir(DIR "/locked", 0700) == 0);
	CHECK(mkdir(DIR "/pass", 0711) == 0);
	CHECK(mkdir(DIR "/sticky", 01777) == 0);
	make(DIR "/locked/f", 0666);
	make(DIR "/pass/f", 0666);
	make(DIR "/sticky/f", 0666);
	CHECK(child(in_directories) == 0);
	CHECK(child(changes) == 0);
	masks();
	CHECK(shell("cp /test/vfs-permission " DIR "/suid") == 0);
	CHECK(chmod(DIR "/suid", 04755) == 0);
	CHECK(child(set_uid) == 0);
	CHECK(shell("rm -rf " DIR) == 0);
	return report_end();
}
