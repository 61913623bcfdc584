/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves B9, C3. The root's file server is refreshed and killed under
 * programs that use it. VFS learns from DS where the new one is; what was
 * written to the disk is there again under the same descriptors, nothing else
 * is taken for it, and requests that begin meanwhile wait.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
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
	CHECK(close(lost) == 0 && close(fd) == 0 && close(stays) == 0);
	lost = file_make(DIR "/lost", "anew");
	CHECK(gives(lost, "anew") && close(lost) == 0);
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
		/* One request was perhaps at the server. */
		CHECK(r == 0 || r == EIO);
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
	CHECK(shell("rm -r " DIR) == 0);
	CHECK(system_alive());
	refresh(); /* the disk is to be clean */
	CHECK(system_alive());
	return report_end();
}
