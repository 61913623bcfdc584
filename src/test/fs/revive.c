/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves B9, C3. The root's file server is refreshed and killed under
 * programs that use it. VFS learns from DS where the new one is; what was
 * written to the disk is there again under the same descriptors, nothing else
 * is taken for it, and requests that begin meanwhile wait. Those who have a
 * file open that was changed since learn of their loss, once each.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/program/program.h"
#include "test/rs/client.h"

#define DIR     "/tmp/revive"
#define READERS 4

/* Let ext2 end as it does when it is asked to: nothing is lost. */
static void
refresh(void)
{
	CHECK(label_request(RS_REFRESH, "ext2") == OK);
}

/* Let it die in the middle of life. */
static void
murder(void)
{
	struct rs_info info;

	CHECK(agent_info("ext2", &info) && kill(info.pid, SIGKILL) == 0);
	CHECK(agent_again("ext2", &info));
}

static int
file_make(const char *name, const char *text)
{
	int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);

	CHECK(write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	return fd;
}

/* Does a descriptor give what it should? */
static bool
gives(int fd, const char *text)
{
	char buf[32] = "";

	return lseek(fd, 0, SEEK_SET) == 0 &&
	    read(fd, buf, sizeof buf - 1) == (ssize_t)strlen(text) &&
	    strcmp(buf, text) == 0;
}

/* Nothing may fail while ext2 is refreshed or dead. */
static int
reader(void)
{
	char buf[64];
	int i, fd;

	for (i = 0; i < 30; i++) {
		fd = open("/etc/passwd", O_RDONLY);
		if (fd < 0 || read(fd, buf, sizeof buf) <= 0 || close(fd) != 0)
			return errno;
		pause_ms(20);
	}
	return 0;
}

static void
test_refresh(void)
{
	int fd = file_make(DIR "/kept", "kept"), nameless;

	nameless = file_make(DIR "/nameless", "nameless");
	CHECK(unlink(DIR "/nameless") == 0);
	CHECK(chdir(DIR) == 0);
	refresh();
	CHECK(gives(fd, "kept"));
	CHECK(access("kept", F_OK) == 0); /* the working directory */
	CHECK(pwrite(fd, "K", 1, 0) == 1 && gives(fd, "Kept"));
	CHECK(!gives(nameless, "nameless") && errno == EIO);
	CHECK(close(fd) == 0 && close(nameless) == 0);
	CHECK(chdir("/") == 0 && unlink(DIR "/kept") == 0);
}

/* What is not on the disk when ext2 is killed is lost, and its inode number
 * may be that of a file that was removed: that must not come back. */
static void
test_murder(void)
{
	int fd = file_make(DIR "/synced", "synced"), lost, old, stays;

	old = file_make(DIR "/old", "secret");
	stays = file_make(DIR "/stays", "stays");
	sync();
	CHECK(close(old) == 0 && unlink(DIR "/old") == 0);
	lost = file_make(DIR "/lost", "lost"); /* in the place of old */
	CHECK(unlink(DIR "/stays") == 0);
	murder();
	CHECK(gives(fd, "synced"));
	CHECK(!gives(lost, "secret") && !gives(lost, "lost"));
	CHECK(gives(stays, "stays")); /* the disk still has its name */
	CHECK(access(DIR "/lost", F_OK) == -1 && errno == ENOENT);
	CHECK(close(lost) == -1 && errno == EIO);
	CHECK(close(fd) == 0 && close(stays) == 0); /* nothing of theirs */
	lost = file_make(DIR "/lost", "anew");
	CHECK(gives(lost, "anew") && close(lost) == 0);
}

/* Does a call fail with EIO? */
static bool
is_loss(int r)
{
	return r == -1 && errno == EIO;
}

/* Make a file that is not on the disk; what is there is older. */
static int
file_change(const char *name)
{
	int fd = file_make(name, "older");

	CHECK(fsync(fd) == 0 && pwrite(fd, "newer", 5, 0) == 5);
	return fd;
}

enum {
	WRITES,
	SYNCS,
	CLOSES,
	READS,
	SHARED,
	SAFE,
	NFILES
};

/* A file for each way to be told, a second descriptor for one that can only
 * read, one whose writer is gone, and one that is on the disk. */
static void
files_change(int fd[NFILES])
{
	int writer;

	fd[WRITES] = file_change(DIR "/writes");
	fd[SYNCS] = file_change(DIR "/syncs");
	fd[CLOSES] = file_change(DIR "/closes");
	fd[SAFE] = file_make(DIR "/safe", "safe");
	fd[READS] = open(DIR "/closes", O_RDONLY);
	CHECK(fsync(fd[SAFE]) == 0);
	/* That was all there is; so they change once more. */
	CHECK(pwrite(fd[WRITES], "newest", 6, 0) == 6);
	CHECK(pwrite(fd[SYNCS], "newest", 6, 0) == 6);
	CHECK(pwrite(fd[CLOSES], "newest", 6, 0) == 6);
	writer = file_make(DIR "/shared", "newest");
	fd[SHARED] = open(DIR "/shared", O_RDWR);
	CHECK(close(writer) == 0);
}

/* Each open file is told of its loss once. */
static void
test_loss(void)
{
	int fd[NFILES];

	files_change(fd);
	murder();
	CHECK(gives(fd[WRITES], "newer"));
	CHECK(is_loss((int)pwrite(fd[WRITES], "again", 5, 0)));
	CHECK(pwrite(fd[WRITES], "again", 5, 0) == 5);
	CHECK(fsync(fd[WRITES]) == 0 && close(fd[WRITES]) == 0);
	CHECK(is_loss(fsync(fd[SYNCS])) && fsync(fd[SYNCS]) == 0);
	CHECK(pwrite(fd[SYNCS], "again", 5, 0) == 5 && close(fd[SYNCS]) == 0);
	CHECK(is_loss(close(fd[CLOSES])) && close(fd[CLOSES]) == -1);
	CHECK(errno == EBADF);
	CHECK(close(fd[READS]) == 0); /* it had nothing to lose */
	CHECK(is_loss(close(fd[SHARED])));
	CHECK(pwrite(fd[SAFE], "S", 1, 0) == 1 && gives(fd[SAFE], "Safe"));
	CHECK(fsync(fd[SAFE]) == 0 && close(fd[SAFE]) == 0);
}

/* What nobody had open is told to those who synchronise it next. */
static void
test_untold(void)
{
	int fd = file_make(DIR "/untold", "older"), dir;

	CHECK(fsync(fd) == 0 && pwrite(fd, "newer", 5, 0) == 5);
	CHECK(close(fd) == 0);
	CHECK(rename(DIR "/untold", DIR "/renamed") == 0);
	murder();
	dir = open(DIR, O_RDONLY);
	CHECK(is_loss(fsync(dir)) && fsync(dir) == 0 && close(dir) == 0);
	fd = open(DIR "/untold", O_RDWR);
	CHECK(gives(fd, "older") && pwrite(fd, "N", 1, 0) == 1);
	CHECK(is_loss(fsync(fd)) && fsync(fd) == 0 && close(fd) == 0);
	fd = open(DIR "/untold", O_RDWR); /* somebody knows now */
	CHECK(fsync(fd) == 0 && close(fd) == 0);
}

/* A server that was asked to end has lost nothing, and nobody is told so. */
static void
test_no_loss(void)
{
	int fd[NFILES], i;

	files_change(fd);
	refresh();
	CHECK(gives(fd[WRITES], "newest"));
	for (i = 0; i < NFILES; i++)
		CHECK(i == READS || pwrite(fd[i], "N", 1, 0) == 1);
	sync();
	murder();
	for (i = 0; i < NFILES; i++)
		CHECK(fsync(fd[i]) == 0 && close(fd[i]) == 0);
}

static void
test_requests(void)
{
	pid_t pid[READERS];
	int i, r;

	for (i = 0; i < READERS; i++) {
		pid[i] = fork();
		if (pid[i] == 0)
			_exit(reader());
	}
	pause_ms(100);
	refresh();
	for (i = 0; i < READERS; i++) {
		r = child_end(pid[i]);
		CHECK(r == 0); /* what was at the server is asked again */
	}
}

int
main(int argc, char **argv)
{
	(void)report_begin("fs-revive", argc > 1 ? argv[1] : NULL);
	CHECK(mkdir(DIR, 0700) == 0);
	test_refresh();
	test_requests();
	test_murder();
	test_loss();
	test_untold();
	test_no_loss();
	CHECK(shell("rm -r " DIR) == 0);
	CHECK(system_alive());
	refresh(); /* the disk is to be clean */
	CHECK(system_alive());
	return report_end();
}
