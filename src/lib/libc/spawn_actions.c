/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * posix_spawn_file_actions: lists of things to do to a child's descriptors.
 * @source POSIX.1-2017, posix_spawn_file_actions_addclose() and others
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/libc/spawn.h"

int
posix_spawn_file_actions_init(posix_spawn_file_actions_t *fa)
{
	struct __posix_spawn_file_actions *list = malloc(sizeof *list);

	if (list == NULL)
		return ENOMEM;
	list->first = NULL;
	list->end = &list->first;
	*fa = list;
	return 0;
}

int
posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *fa)
{
	struct spawn_action *a, *next;

	for (a = (*fa)->first; a != NULL; a = next) {
		next = a->next;
		free(a);
	}
	free(*fa);
	return 0;
}

/* Put an action at the end of a list. */
static int
add(struct __posix_spawn_file_actions *fa, const struct spawn_action *as,
    const char *path)
{
	size_t n = strlen(path) + 1;
	struct spawn_action *a;

	if (as->fd < 0 || as->fd >= OPEN_MAX || as->from < 0 ||
	    as->from >= OPEN_MAX)
		return EBADF;
	a = malloc(sizeof *a + n);
	if (a == NULL)
		return ENOMEM;
	*a = *as;
	memcpy(a->path, path, n);
	a->next = NULL;
	*fa->end = a;
	fa->end = &a->next;
	return 0;
}

int
posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *restrict fa,
    int fd, const char *restrict path, int oflag, mode_t mode)
{
	const struct spawn_action a = { .kind = SPAWN_OPEN,
		.fd = fd,
		.oflag = oflag,
		.mode = mode };

	return add(*fa, &a, path);
}

int
posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *fa, int from,
    int to)
{
	const struct spawn_action a = { .kind = SPAWN_DUP2,
		.fd = to,
		.from = from };

	return add(*fa, &a, "");
}

int
posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *fa, int fd)
{
	const struct spawn_action a = { .kind = SPAWN_CLOSE, .fd = fd };

	return add(*fa, &a, "");
}

/* Open a file as the very descriptor that is wanted. */
static int
action_open(const struct spawn_action *a)
{
	int cloexec = a->oflag & O_CLOEXEC, fd, r = 0;

	(void)close(a->fd); /* it need not be open */
	fd = open(a->path, a->oflag, a->mode);
	if (fd < 0)
		return errno;
	if (fd == a->fd)
		return 0;
	if (dup2(fd, a->fd) < 0 ||
	    (cloexec != 0 && fcntl(a->fd, F_SETFD, FD_CLOEXEC) < 0))
		r = errno;
	(void)close(fd); /* nothing was written */
	return r;
}

static int
action_do(const struct spawn_action *a)
{
	if (a->kind == SPAWN_OPEN)
		return action_open(a);
	if (a->kind == SPAWN_CLOSE) {
		(void)close(a->fd); /* it need not be open */
		return 0;
	}
	/* A copy of itself is one that the program gets. */
	if (a->from == a->fd)
		return fcntl(a->fd, F_SETFD, 0) < 0 ? errno : 0;
	return dup2(a->from, a->fd) < 0 ? errno : 0;
}

int
__spawn_actions(const struct __posix_spawn_file_actions *fa, int *own)
{
	const struct spawn_action *a;
	int r = 0, moved;

	for (a = fa->first; r == 0 && a != NULL; a = a->next) {
		if (a->kind == SPAWN_DUP2 && a->from == *own)
			return EBADF;
		if (a->fd == *own) {
			moved = fcntl(*own, F_DUPFD_CLOEXEC, 0);
			if (moved < 0)
				return errno;
			(void)close(*own); /* the copy is as good */
			*own = moved;
		}
		r = action_do(a);
	}
	return r;
}
