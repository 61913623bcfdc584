/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Groups of a process beside its own: who may set them and how many; that
 * children and programs have them; that each opens what it is to open and
 * nothing else, also to the owner who gives a file to a group; id and the group
 * file.
 */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/program/program.h"

#define PROGRAM   "/test/pm-groups"
#define FILE_NAME "/tmp/groups"
#define USER      101 /* not the owner of the file */
#define GROUP     200 /* of the file */

static const gid_t three[] = { 150, GROUP, 250 };

static int
reads(void)
{
	int fd = open(FILE_NAME, O_RDONLY);

	if (fd >= 0)
		(void)close(fd);
	return fd >= 0;
}

/* As many as there can be, and one more. */
static int
numbers(void)
{
	gid_t list[NGROUPS_MAX + 1], seen[NGROUPS_MAX + 1];
	int i;

	if (NGROUPS_MAX != 16 || sysconf(_SC_NGROUPS_MAX) != 16 ||
	    getgroups(0, NULL) != 0)
		return 10;
	for (i = 0; i <= NGROUPS_MAX; i++)
		list[i] = (gid_t)(1000 + i);
	if (setgroups(NGROUPS_MAX + 1, list) != -1 || errno != EINVAL ||
	    setgroups(-1, list) != -1 || errno != EINVAL)
		return 11;
	if (setgroups(NGROUPS_MAX, list) != 0 || getgroups(0, NULL) != 16)
		return 12;
	if (getgroups(NGROUPS_MAX - 1, seen) != -1 || errno != EINVAL ||
	    getgroups(-1, seen) != -1 || errno != EINVAL)
		return 13;
	seen[NGROUPS_MAX] = 7;
	if (getgroups(NGROUPS_MAX + 1, seen) != 16 || seen[16] != 7 ||
	    memcmp(seen, list, 16 * sizeof *list) != 0)
		return 14;
	if (setgroups(0, NULL) != 0 || getgroups(5, seen) != 0)
		return 15;
	return setgroups(3, three) == 0 && getgroups(3, seen) == 3 &&
		memcmp(seen, three, sizeof three) == 0
	    ? 0
	    : 16;
}

/* Only the superuser may, and giving up ids keeps them. */
static int
privilege(void)
{
	gid_t seen[NGROUPS_MAX];

	if (setgroups(3, three) != 0 || setgid(USER) != 0 || setuid(USER) != 0)
		return 10;
	if (setgroups(3, three) != -1 || errno != EPERM ||
	    setgroups(0, three) != -1 || errno != EPERM)
		return 11;
	return getgroups(NGROUPS_MAX, seen) == 3 &&
		memcmp(seen, three, sizeof three) == 0
	    ? 0
	    : 12;
}

/* With n of the groups, from the one at first on, is the file readable? */
static int
opens(const gid_t *list, int n)
{
	if (setgroups(n, list) != 0 || setgid(USER) != 0 || setuid(USER) != 0)
		return 10;
	if (reads() != (access(FILE_NAME, R_OK) == 0))
		return 11;
	return reads();
}

static int
first_only(void)
{
	return opens(three, 1);
}

static int
first_two(void)
{
	return opens(three, 2);
}

static int
last_only(void)
{
	return opens(three + 2, 1);
}

static int
last_two(void)
{
	return opens(three + 1, 2);
}

/* Those of the group have no more than it may, where others might. */
static int
less_than_others(void)
{
	return chmod(FILE_NAME, 0604) == 0 ? opens(three, 3) : 12;
}

/* access() asks by the real group and the others, open() by the effective. */
static int
real_group(void)
{
	const gid_t other = 150;

	if (setgroups(1, &other) != 0 || setegid(GROUP) != 0 ||
	    setuid(USER) != 0)
		return 10;
	return reads() && access(FILE_NAME, R_OK) == -1 && errno == EACCES;
}

/* A child of a child, by fork and by exec. */
static int
inherits(void)
{
	static char name[] = "inherited";
	char *argv[] = { name, NULL };
	int status;

	if (setgroups(3, three) != 0 || setgid(USER) != 0 || setuid(USER) != 0)
		return 10;
	if (fork() == 0)
		_exit(reads());
	if (wait(&status) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 1)
		return 11;
	(void)execv(PROGRAM, argv);
	return 12;
}

static int
inherited(void)
{
	gid_t seen[NGROUPS_MAX];

	if (getgroups(NGROUPS_MAX, seen) != 3 ||
	    memcmp(seen, three, sizeof three) != 0)
		return 20;
	return reads() ? 1 : 21;
}

/* An owner may give a file to a group that he is in, with its set-id bit. */
static int
owner(void)
{
	struct stat st;

	if (chown(FILE_NAME, USER, USER) != 0 || setgroups(3, three) != 0 ||
	    setgid(USER) != 0 || setuid(USER) != 0)
		return 10;
	if (chown(FILE_NAME, (uid_t)-1, 250) != 0 ||
	    chown(FILE_NAME, (uid_t)-1, 251) != -1 || errno != EPERM)
		return 11;
	if (chmod(FILE_NAME, 02750) != 0 || stat(FILE_NAME, &st) != 0 ||
	    (st.st_mode & 07777) != 02750 || st.st_gid != 250)
		return 12;
	return 0;
}

/* A set-id bit of a group that one is not in is dropped. */
static int
not_in_group(void)
{
	struct stat st;

	if (chown(FILE_NAME, USER, 251) != 0 || setgroups(3, three) != 0 ||
	    setgid(USER) != 0 || setuid(USER) != 0)
		return 10;
	return chmod(FILE_NAME, 02750) == 0 && stat(FILE_NAME, &st) == 0 &&
		(st.st_mode & 07777) == 0750
	    ? 0
	    : 11;
}

/* The group file, and id. */
static int
user_groups(void)
{
	gid_t seen[NGROUPS_MAX];

	if (initgroups("user", 77) != 0 || getgroups(NGROUPS_MAX, seen) != 2 ||
	    seen[0] != 77 || seen[1] != 100)
		return 10;
	if (initgroups("user", 100) != 0 || getgroups(0, NULL) != 1)
		return 11; /* each once */
	if (initgroups("nobody here", 5) != 0 ||
	    getgroups(NGROUPS_MAX, seen) != 1 || seen[0] != 5)
		return 12;
	if (setgroups(3, three) != 0)
		return 13;
	if (shell("[ \"$(id)\" = 'uid=0(root) gid=0(root) groups='"
		  "'150(150),200(200),250(250)' ]"))
		return 14;
	return shell("[ \"$(id -G)\" = '0 150 200 250' ]") ? 15 : 0;
}

/* The file as each of these begins with it. */
static void
check(int (*what)(void), int wanted, const char *name)
{
	CHECK_EQ(chown(FILE_NAME, 0, GROUP), 0);
	CHECK_EQ(chmod(FILE_NAME, 0640), 0);
	CHECK_OR_SAY(CHECK_EQ(child(what), wanted), "%s", name);
}

int
main(int argc, char *argv[])
{
	int fd;

	if (strcmp(argv[0], "inherited") == 0)
		return inherited();
	(void)report_begin("pm-groups", argc > 1 ? argv[1] : NULL);
	fd = open(FILE_NAME, O_WRONLY | O_CREAT | O_EXCL, 0600);
	CHECK(fd >= 0 && close(fd) == 0);
	check(numbers, 0, "numbers");
	check(privilege, 0, "privilege");
	check(first_only, 0, "the first only");
	check(first_two, 1, "the first two");
	check(last_only, 0, "the last only");
	check(last_two, 1, "the last two");
	check(less_than_others, 0, "less than others");
	check(real_group, 1, "real group");
	check(inherits, 1, "inherited");
	check(owner, 0, "owner");
	check(not_in_group, 0, "not in group");
	check(user_groups, 0, "user's groups");
	CHECK_EQ(unlink(FILE_NAME), 0);
	return report_end();
}
