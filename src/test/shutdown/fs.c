/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A file server without files: it has a root, and says what it is asked for.
 *
 *     shutdown-fs [mute|deaf]
 *
 * A mute one answers no request to write back but the first; a deaf one does
 * not end when it is asked to.
 */
#include <abi/signal.h>
#include <abi/stat.h>
#include <lacuna/fsserver.h>
#include <lacuna/printf.h>
#include <lacuna/string.h>

static const char *mode = "none";

static int
fs_mount(const struct fs_mount_req *req, struct fs_node *root)
{
	(void)req;
	memset(root, 0, sizeof *root);
	root->ino = 1;
	root->mode = 040755; /* a directory */
	root->nlink = 2;
	return OK;
}

static int
fs_sync(void)
{
	static int times;

	printf("t: server writes back\n");
	return ++times > 1 && strcmp(mode, "mute") == 0 ? EDONTREPLY : OK;
}

static int
fs_unmount(void)
{
	printf("t: server unmounts\n");
	return OK;
}

static int
fs_putnode(uint32_t ino, uint32_t count)
{
	(void)ino, (void)count;
	return OK;
}

static int
fs_getnode(uint32_t ino, struct fs_node *node)
{
	struct fs_mount_req none = { 0 };

	return ino == 1 ? fs_mount(&none, node) : -ENOENT;
}

static void
on_signal(int signo)
{
	printf("t: server hears %d\n", signo);
	if (strcmp(mode, "deaf") != 0)
		sef_exit(OK);
}

int
main(int argc, char *argv[])
{
	static const struct fsserver server = {
		.name = "shutdown-fs",
		.init_fresh = sef_cb_init_null,
		.init_restart = sef_cb_init_null,
		.mount = fs_mount,
		.unmount = fs_unmount,
		.sync = fs_sync,
		.putnode = fs_putnode,
		.getnode = fs_getnode,
		.signal = on_signal,
	};

	if (argc > 1)
		mode = argv[1];
	return fsserver_run(&server);
}
