/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * execve: PM is told where the path is, and where the first bytes of the new
 * stack are. That frame is built here, in the System V form (argc, argv, NULL,
 * environment, NULL, strings), with offsets in place of addresses, because
 * only VFS knows where the frame will end up.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <proto/pm.h>

/** A list of strings, measured. */
struct list {
	char *const *strings;
	size_t n;
	size_t bytes; /**< with the NULs */
};

static void
list_measure(struct list *l, char *const *strings)
{
	l->strings = strings;
	l->n = 0;
	l->bytes = 0;
	for (; strings != NULL && strings[l->n] != NULL; l->n++)
		l->bytes += strlen(strings[l->n]) + 1;
}

/* Write offsets from slot on and strings from offset at on; the end of the
 * strings is the result. */
static size_t
list_copy(const struct list *l, char *frame, size_t slot, size_t at)
{
	uint32_t *slots = (uint32_t *)(void *)frame + slot;
	size_t len;

	for (size_t i = 0; i < l->n; i++) {
		len = strlen(l->strings[i]) + 1;
		memcpy(frame + at, l->strings[i], len);
		slots[i] = (uint32_t)at;
		at += len;
	}
	slots[l->n] = 0;
	return at;
}

static int
exec_frame(const char *path, const struct list *arg, const struct list *env,
    size_t size)
{
	struct pm_exec_req req;
	char *frame;
	size_t at;
	int r;

	/* Not malloc: nothing must stay behind when the call fails, and a
	 * small program needs no allocator for this. */
	frame = sbrk((ptrdiff_t)size);
	if (frame == (void *)-1)
		return -ENOMEM;
	*(uint32_t *)(void *)frame = (uint32_t)arg->n;
	at = (1 + arg->n + 1 + env->n + 1) * sizeof(uint32_t);
	at = list_copy(arg, frame, 1, at);
	(void)list_copy(env, frame, 1 + arg->n + 1, at);

	req.path = (vir_bytes)path;
	req.path_len = strlen(path) + 1;
	req.frame = (vir_bytes)frame;
	req.frame_len = size;
	r = msg_call(PM_PROC_NR, PM_EXEC, &req, sizeof req, NULL, 0);
	(void)sbrk(-(ptrdiff_t)size); /* shrinking cannot fail */
	return r;
}

int
execve(const char *path, char *const argv[], char *const envp[])
{
	struct list arg, env;
	size_t size;

	list_measure(&arg, argv);
	list_measure(&env, envp);
	size = (arg.n + env.n + 3) * sizeof(uint32_t) + arg.bytes + env.bytes;
	/* The program break must stay aligned for malloc. */
	size = (size + 15) & ~(size_t)15;
	if (size > ARG_MAX)
		return errno_return(-E2BIG);
	return errno_return(exec_frame(path, &arg, &env, size));
}

/* The name newlib's other exec functions call. */
int _execve(const char *path, char *const argv[], char *const envp[])
    __attribute__((alias("execve")));
