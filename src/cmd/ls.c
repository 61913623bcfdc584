/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * ls: list files and directories.
 */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/termios.h>
#include <unistd.h>

#include <abi/dev.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

#define DEPTH_MAX 64 /* directories within directories */

struct file {
	char *name;
	struct stat st; /**< all zero unless somebody wants to know */
};

struct list {
	struct file *v;
	size_t n, size;
};

static int all, dots, itself, inode, longer, numeric, one, classify, recursive,
    reverse, by_time, by_size;
static int width; /* of the screen, or 0: one name a line */

static int
compare(const void *a, const void *b)
{
	const struct file *x = a, *y = b;
	int r = 0;

	if (by_time)
		r = (x->st.st_mtime < y->st.st_mtime) -
		    (x->st.st_mtime > y->st.st_mtime);
	else if (by_size)
		r = (x->st.st_size < y->st.st_size) -
		    (x->st.st_size > y->st.st_size);
	if (r == 0)
		r = strcmp(x->name, y->name);
	return reverse ? -r : r;
}

static void
add(struct list *l, const char *name, const char *path)
{
	struct file *f;

	if (l->n == l->size) {
		l->size = l->size > 0 ? 2 * l->size : 32;
		l->v = cmd_memory(l->v, l->size * sizeof *l->v);
	}
	f = &l->v[l->n];
	memset(f, 0, sizeof *f);
	if (lstat(path, &f->st) != 0) {
		cmd_warn(path);
		return;
	}
	f->name = cmd_memory(NULL, strlen(name) + 1);
	strcpy(f->name, name);
	l->n++;
}

static void
list_free(struct list *l)
{
	while (l->n > 0)
		free(l->v[--l->n].name);
	free(l->v);
	l->v = NULL;
}

/* A mark for the type, with -F. */
static char
type_mark(const struct stat *st)
{
	if (!classify)
		return '\0';
	if (S_ISDIR(st->st_mode))
		return '/';
	if (S_ISLNK(st->st_mode))
		return '@';
	if (S_ISFIFO(st->st_mode))
		return '|';
	return S_ISREG(st->st_mode) && st->st_mode & 0111 ? '*' : '\0';
}

static void
show_owner(const char *file, unsigned id)
{
	if (numeric)
		cmd_out_number(id, 8);
	else
		cmd_out_column(cmd_id_name(file, id), -8);
	cmd_outc(' ');
}

static void
show_long(const char *dir, const struct file *f)
{
	char path[PATH_MAX], target[PATH_MAX];
	const struct stat *st = &f->st;
	ssize_t n;

	cmd_out_mode(st->st_mode);
	cmd_out_number(st->st_nlink, 4);
	cmd_outc(' ');
	show_owner("/etc/passwd", st->st_uid);
	show_owner("/etc/group", st->st_gid);
	if (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode)) {
		cmd_out_number(dev_major(st->st_rdev), 5);
		cmd_outc(',');
		cmd_out_number(dev_minor(st->st_rdev), 4);
	} else {
		cmd_out_number(st->st_size, 10);
	}
	cmd_outc(' ');
	cmd_out_time(st->st_mtime);
	cmd_outc(' ');
	cmd_outs(f->name);
	if (!S_ISLNK(st->st_mode) ||
	    cmd_join(path, sizeof path, dir, f->name) != 0)
		return;
	n = readlink(*dir != '\0' ? path : f->name, target, sizeof target);
	if (n >= 0) {
		cmd_outs(" -> ");
		cmd_out(target, (size_t)n);
	}
}

static void
show(const char *dir, const struct file *f, int column)
{
	char mark[2] = { type_mark(&f->st), '\0' };
	int n;

	if (inode) {
		cmd_out_number((int64_t)f->st.st_ino, 6);
		cmd_outc(' ');
	}
	if (longer)
		show_long(dir, f);
	else
		cmd_outs(f->name);
	cmd_outs(mark);
	n = (int)strlen(f->name) + (mark[0] != '\0') + (inode ? 7 : 0);
	for (; n < column; n++)
		cmd_outc(' ');
}

/* Names in columns, read downwards. */
static void
show_list(const char *dir, const struct list *l)
{
	size_t i, j, longest = 0, columns, rows;

	for (i = 0; i < l->n; i++) {
		if (strlen(l->v[i].name) > longest)
			longest = strlen(l->v[i].name);
	}
	longest += 2 + (size_t)(classify + 7 * inode);
	columns = width > 0 && !longer ? (size_t)width / longest : 1;
	if (columns == 0)
		columns = 1;
	rows = (l->n + columns - 1) / columns;
	for (i = 0; i < rows; i++) {
		for (j = i; j < l->n; j += rows)
			show(dir, &l->v[j], j + rows < l->n ? (int)longest : 0);
		cmd_outc('\n');
	}
}

static bool
hidden(const char *name)
{
	if (name[0] != '.' || all)
		return false;
	return !dots || strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static void list_dir(const char *dir, bool title, int depth);

/* With -R: the directories of a directory. */
static void
list_below(const char *dir, const struct list *l, int depth)
{
	char *path = cmd_memory(NULL, PATH_MAX);
	const char *name;
	size_t i;

	for (i = 0; i < l->n; i++) {
		name = l->v[i].name;
		if (!S_ISDIR(l->v[i].st.st_mode) || strcmp(name, ".") == 0 ||
		    strcmp(name, "..") == 0)
			continue;
		if (depth == DEPTH_MAX)
			cmd_warnx(name, "nested too deeply");
		else if (cmd_join(path, PATH_MAX, dir, name) != 0)
			cmd_warn(name);
		else
			list_dir(path, true, depth + 1);
	}
	free(path);
}

static void
list_dir(const char *dir, bool title, int depth)
{
	static bool before;
	char path[PATH_MAX];
	struct list l = { NULL, 0, 0 };
	struct dirent *d;
	DIR *dp = opendir(dir);

	if (dp == NULL) {
		cmd_warn(dir);
		return;
	}
	while ((d = readdir(dp)) != NULL) {
		if (hidden(d->d_name))
			continue;
		if (cmd_join(path, sizeof path, dir, d->d_name) != 0)
			cmd_warn(d->d_name);
		else
			add(&l, d->d_name, path);
	}
	(void)closedir(dp);
	if (l.n > 0)
		qsort(l.v, l.n, sizeof *l.v, compare);
	if (title) {
		cmd_outs(before ? "\n" : "");
		cmd_outs(dir);
		cmd_outs(":\n");
	}
	before = true;
	show_list(dir, &l);
	if (recursive)
		list_below(dir, &l, depth);
	list_free(&l);
}

static void
list_operands(char *names[], int n)
{
	struct list files = { NULL, 0, 0 }, dirs = { NULL, 0, 0 };
	struct stat st;
	size_t i;
	int j;

	for (j = 0; j < n; j++) {
		if ((longer ? lstat(names[j], &st) : stat(names[j], &st)) !=
			0 &&
		    lstat(names[j], &st) != 0)
			cmd_warn(names[j]);
		else
			add(S_ISDIR(st.st_mode) && !itself ? &dirs : &files,
			    names[j], names[j]);
	}
	if (files.n > 0) {
		qsort(files.v, files.n, sizeof *files.v, compare);
		show_list("", &files);
	}
	if (dirs.n > 0)
		qsort(dirs.v, dirs.n, sizeof *dirs.v, compare);
	for (i = 0; i < dirs.n; i++) {
		if (files.n > 0 && i == 0)
			cmd_outc('\n');
		list_dir(dirs.v[i].name, n > 1 || recursive, 0);
	}
	list_free(&files);
	list_free(&dirs);
}

static void
option(int c)
{
	all |= c == 'a';
	dots |= c == 'A';
	itself |= c == 'd';
	inode |= c == 'i';
	longer |= c == 'l' || c == 'n';
	numeric |= c == 'n';
	one |= c == '1';
	classify |= c == 'F';
	recursive |= c == 'R';
	reverse |= c == 'r';
	by_time |= c == 't';
	by_size |= c == 'S';
}

int
main(int argc, char *argv[])
{
	char here[] = ".", *only[] = { here };
	struct winsize ws;
	int c;

	cmd_init(argv,
	    "ls [-1AFRSadilnrt] [FILE...]\n"
	    "List directories, or files. -a: names with a dot, too (-A: but . "
	    "and ..); -d: directories as files; -F: mark types; -i: with inode "
	    "numbers; -l: long (-n: with numeric ids); -R: directories in "
	    "directories; -S: by size; -t: by time; -r: backwards; -1: a name "
	    "a line.\n");
	while ((c = cmd_option(argc, argv, "1AFRSadilnrt")) != -1)
		option(c);
	if (!one && isatty(STDOUT_FILENO)) {
		width = 80;
		if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_col > 0)
			width = ws.ws_col;
	}
	if (cmd_operand == argc)
		list_operands(only, 1);
	else
		list_operands(argv + cmd_operand, argc - cmd_operand);
	return cmd_status;
}
