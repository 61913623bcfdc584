/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * rm: remove names of files, and with -r whole trees. The working directory
 * goes down into a tree and comes up again, so that no path gets longer than a
 * name, however deep the tree is. Each directory is recognized when it is
 * entered and when it is come back to: a tree that somebody moves or replaces
 * meanwhile does not lead anywhere else.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

/** A name that is still to be removed. */
struct name {
	struct name *next;
	char text[];
};

/** A directory that is being emptied, and is where we are. */
struct level {
	struct level *above;
	struct name *names; /**< in it; the first is the one we are at */
	dev_t dev;          /**< which directory it is */
	ino_t ino;
};

static int recursive, force;
static int home; /* descriptor of the directory we begin in, or -1 */
static struct level *deepest; /* where we are; its names are entries of it */

static struct name *
name_push(struct name *rest, const char *text)
{
	size_t size = strlen(text) + 1;
	struct name *n = cmd_memory(NULL, sizeof *n + size);

	n->next = rest;
	memcpy(n->text, text, size);
	return n;
}

static void
name_pop(struct level *l)
{
	struct name *n = l->names;

	l->names = n->next;
	free(n);
}

/* The path of the name we are at, as the user would write it. */
static char *
whole_path(void)
{
	struct level *l;
	size_t n = 0;
	char *path;

	for (l = deepest; l != NULL; l = l->above)
		n += strlen(l->names->text) + 1;
	path = cmd_memory(NULL, n);
	path[--n] = '\0';
	for (l = deepest; l != NULL; l = l->above) {
		size_t len = strlen(l->names->text);

		n -= len;
		memcpy(path + n, l->names->text, len);
		if (n > 0)
			path[--n] = '/';
	}
	return path;
}

/* Complain about the name we are at: the reason, or NULL for that of errno. */
static void
complain(const char *reason)
{
	int e = errno;
	char *path = whole_path();

	errno = e;
	if (reason != NULL)
		cmd_warnx(path, reason);
	else
		cmd_warn(path);
	free(path);
}

/* All names in the working directory but . and .., or what there is before an
 * error, which is complained about. */
static struct name *
names_here(void)
{
	struct name *names = NULL;
	struct dirent *d;
	DIR *dp = opendir(".");

	if (dp == NULL) {
		complain(NULL);
		return NULL;
	}
	while ((d = readdir(dp)) != NULL)
		if (strcmp(d->d_name, ".") != 0 && strcmp(d->d_name, "..") != 0)
			names = name_push(names, d->d_name);
	(void)closedir(dp);
	return names;
}

/* Is the working directory this one? */
static bool
is_here(dev_t dev, ino_t ino)
{
	struct stat st;

	return stat(".", &st) == 0 && st.st_dev == dev && st.st_ino == ino;
}

/* Go into the directory we are at, and learn what is in it. */
static void
go_down(const struct stat *st)
{
	struct level *l;

	if (home < 0 || chdir(deepest->names->text) != 0) {
		complain(
		    home < 0 ? "there would be no way back from it" : NULL);
		name_pop(deepest);
		return;
	}
	if (!is_here(st->st_dev, st->st_ino)) {
		complain("was replaced meanwhile");
		exit(1); /* we are somewhere else */
	}
	l = cmd_memory(NULL, sizeof *l);
	*l = (struct level){ deepest, names_here(), st->st_dev, st->st_ino };
	deepest = l;
}

/* The directory we are in has been dealt with: remove it from above. */
static void
go_up(void)
{
	struct level *l = deepest;
	int r;

	deepest = l->above;
	free(l);
	r = deepest->above == NULL ? fchdir(home) : chdir("..");
	if (r != 0 || !is_here(deepest->dev, deepest->ino)) {
		complain("was moved meanwhile");
		exit(1); /* we are somewhere else */
	}
	if (rmdir(deepest->names->text) != 0)
		complain(NULL);
	name_pop(deepest);
}

/* Remove a directory that we are at, or go into it. */
static void
remove_directory(const struct stat *st)
{
	if (recursive && rmdir(deepest->names->text) != 0) {
		go_down(st);
		return;
	}
	if (!recursive) {
		errno = EISDIR;
		complain(NULL);
	}
	name_pop(deepest);
}

/* Remove the name we are at, or go into it. */
static void
remove_name(void)
{
	const char *name = deepest->names->text;
	struct stat st;
	bool there = lstat(name, &st) == 0;

	if (there && S_ISDIR(st.st_mode)) {
		remove_directory(&st);
		return;
	}
	if ((!there || unlink(name) != 0) && !(force && errno == ENOENT))
		complain(NULL);
	name_pop(deepest);
}

/* Remove a file or a tree, from the directory we have begun in. */
static void
remove_path(const char *path)
{
	struct stat st = { .st_ino = 0 };
	struct level top;

	(void)stat(".", &st); /* if that fails, going up will */
	top =
	    (struct level){ NULL, name_push(NULL, path), st.st_dev, st.st_ino };
	deepest = &top;
	while (deepest != &top || top.names != NULL) {
		if (deepest->names != NULL)
			remove_name();
		else
			go_up();
	}
	deepest = NULL;
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
	home = open(".", O_RDONLY | O_CLOEXEC);
	for (i = cmd_operand; i < argc; i++) {
		if (is_refused(argv[i]))
			cmd_warnx(argv[i], "is not removed");
		else
			remove_path(argv[i]);
	}
	return cmd_status;
}
