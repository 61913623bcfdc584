/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Copies of sources and objects, and make behind a fence.
 *
 * The copies are mounted where the originals are. Nothing in them depends on
 * that, so they are as good in a place of their own when there is no fence.
 */
#include "grader/build/build.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "grader/base/job.h"

#define CPU_MS  180000 /* limits on a build */
#define IDLE_MS 120000

/* Parts of the build directory that building the system does not need. */
static const char *const not_copied[] = { "newlib", "newlib-pack", "grade",
	"pristine", "unit", "mutants", "docs", "handouts", "labs", "stage",
	"lint", "lacuna.img" };

/* The stem of a source's objects: src/a/b.c is a/b. */
static char *
stem(const char *path)
{
	const char *dot = strrchr(path, '.');
	size_t n = dot != NULL ? (size_t)(dot - path) : strlen(path);

	return text("%.*s", (int)(n - 4), path + 4);
}

/* Forget what was made from one of the lab's files in its full form: its
 * object, and the program its directory is named after. Most of these may
 * never have been made. */
static void
forget(const char *objects, const char *path)
{
	struct strings made = { 0 };
	char *s = stem(path), *slash = strrchr(s, '/'), *name;
	size_t i;

	strings_addf(&made, "%s/%s.o", objects, s);
	strings_addf(&made, "%s/%s.d", objects, s);
	if (slash != NULL)
		*slash = '\0';
	name = strrchr(s, '/') != NULL ? strrchr(s, '/') + 1 : s;
	strings_addf(&made, "%s/%s/%s", objects, s, name);
	strings_addf(&made, "%s/bootimage/%s", objects, name);
	strings_addf(&made, "%s/root/sbin/%s", objects, name);
	for (i = 0; i < made.n; i++)
		(void)unlink(made.at[i]);
	strings_free(&made);
	free(s);
}

static bool
is_copied(const struct build_order *o, const char *name)
{
	size_t i;

	if (name[0] == '.')
		return false;
	if (o->units && strcmp(name, "unit") == 0)
		return true;
	for (i = 0; i < sizeof not_copied / sizeof not_copied[0]; i++)
		if (strcmp(name, not_copied[i]) == 0)
			return false;
	return true;
}

/* Copy the build directory, as far as it is of use. */
static void
copy_objects(const struct build_order *o, const char *to)
{
	struct strings argv = { 0 };
	DIR *d = opendir(o->site->objects);
	struct dirent *e;
	size_t i;

	if (d == NULL)
		die(EXIT_INFRA, "%s: %s", o->site->objects, strerror(errno));
	strings_add(&argv, "cp");
	strings_add(&argv, "-a");
	strings_add(&argv, "--reflink=auto");
	while ((e = readdir(d)) != NULL)
		if (is_copied(o, e->d_name))
			strings_addf(&argv, "%s/%s", o->site->objects,
			    e->d_name);
	closedir(d);
	strings_add(&argv, to);
	make_dirs(to);
	free(job_must(NULL, ARGS(&argv)));
	strings_free(&argv);
	for (i = 0; o->lab != NULL && i < o->lab->stubs.n; i++)
		forget(to, o->lab->stubs.at[i]);
}

/* Lay one of the lab's files over the sources: as it was handed in, or the
 * stub's. */
static void
lay_over(const struct build_order *o, const char *name, bool fixed,
    const char *to)
{
	char *over = text("%s/%s", to, name);
	char *from = text("%s/%s", o->submission, name);

	if (fixed || !file_exists(from)) {
		free(from);
		from = text("%s/stub/%s", o->lab->dir, name + 4);
	}
	if (file_copy(from, over) == 0)
		(void)utimensat(AT_FDCWD, over, NULL, 0); /* is new */
	free(from);
	free(over);
}

/* The sources with the stub and the submission laid over. */
static void
copy_sources(const struct build_order *o, const char *to)
{
	char *src = text("%s/src", o->site->root);
	const struct lab *lab = o->lab;
	size_t i;

	make_dirs(to);
	RUN(NULL, "cp", "-a", "--reflink=auto", src, to);
	free(src);
	for (i = 0; lab != NULL && i < lab->editable.n; i++)
		lay_over(o, lab->editable.at[i], false, to);
	for (i = 0; lab != NULL && i < lab->stubs.n; i++)
		if (!strings_have(&lab->editable, lab->stubs.at[i]))
			lay_over(o, lab->stubs.at[i], true, to);
}

/* A directory of the system, read-only; links stay links. */
static void
bind_system(struct strings *a, const char *dir)
{
	char to[100];
	ssize_t n = readlink(dir, to, sizeof to - 1);

	if (n > 0) {
		to[n] = '\0';
		strings_add(a, "--symlink");
		strings_add(a, to);
	} else {
		strings_add(a, "--ro-bind-try");
		strings_add(a, dir);
	}
	strings_add(a, dir);
}

static void
bind(struct strings *a, const char *how, const char *from, const char *to)
{
	strings_add(a, how);
	strings_add(a, from);
	strings_add(a, to);
}

/* The fence: what the compiler can see. */
static void
fence(struct strings *a, const struct build_order *o)
{
	static const char *const system[] = { "/usr", "/bin", "/sbin", "/lib",
		"/lib32", "/lib64", "/libx32", "/etc/alternatives",
		"/etc/ld.so.cache", "/etc/mke2fs.conf" };
	static const char *const parts[] = { "Makefile", "mk", "images",
		"grader" };
	const char *root = o->site->root;
	char *from, *to;
	size_t i;

	strings_add(a, "bwrap");
	strings_add(a, "--unshare-all");
	strings_add(a, "--die-with-parent");
	strings_add(a, "--new-session");
	for (i = 0; i < sizeof system / sizeof system[0]; i++)
		bind_system(a, system[i]);
	strings_add(a, "--proc");
	strings_add(a, "/proc");
	strings_add(a, "--dev");
	strings_add(a, "/dev");
	strings_add(a, "--tmpfs");
	strings_add(a, "/tmp");
	for (i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		from = text("%s/%s", root, parts[i]);
		bind(a, "--ro-bind", from, from);
		free(from);
	}
	from = text("%s/src", o->work);
	to = text("%s/src", root);
	bind(a, "--ro-bind", from, to);
	free(from);
	free(to);
	from = text("%s/objects", o->work);
	bind(a, "--bind", from, o->site->objects);
	free(from);
	to = text("%s/build/newlib", root);
	bind(a, "--ro-bind-try", o->site->newlib, to);
	free(to);
	bind(a, "--setenv", "PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
	bind(a, "--setenv", "HOME", "/tmp");
	strings_add(a, "--chdir");
	strings_add(a, root);
}

/* make, with limits for each of its processes. */
static void
command(struct strings *a, const struct build_order *o, const char *objects)
{
	const char *const *goals = o->goals;

	strings_add(a, "prlimit");
	strings_add(a, "--cpu=120");
	strings_add(a, "--as=4000000000");
	strings_add(a, "--fsize=500000000");
	strings_add(a, "--core=0");
	site_make("image", o->site, objects, o->lab, a);
	for (; goals != NULL && *goals != NULL; goals++)
		strings_add(a, *goals);
	strings_add(a, "-k");
	strings_add(a, "PACKAGES=no"); /* not to be looked for in there */
	strings_add(a, "CCACHE=");     /* nor is there a cache */
}

/* Can this machine fence anything in? */
static bool
fence_works(void)
{
	struct job job = { .argv = ARGV("bwrap", "--unshare-all", "--ro-bind",
			       "/", "/", "true") };
	struct job_result r;

	if (job_run(&job, &r) < 0)
		return false;
	free(r.output);
	return r.status == 0;
}

/* Without a fence: a tree of its own, with links to what is not copied. */
static char *
bare_root(const struct build_order *o)
{
	static const char *const parts[] = { "Makefile", "mk", "images",
		"grader" };
	char *from, *to;
	size_t i;

	for (i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		from = text("%s/%s", o->site->root, parts[i]);
		to = text("%s/%s", o->work, parts[i]);
		if (symlink(from, to) < 0)
			die(EXIT_INFRA, "%s: %s", to, strerror(errno));
		free(from);
		free(to);
	}
	to = text("%s/build", o->work);
	make_dirs(to);
	free(to);
	to = text("%s/build/newlib", o->work);
	if (symlink(o->site->newlib, to) < 0)
		die(EXIT_INFRA, "%s: %s", to, strerror(errno));
	free(to);
	return text("%s", o->work);
}

int
build_run(const struct build_order *o, struct build *build)
{
	struct strings argv = { 0 };
	struct job job = { .limits = { .cpu_ms = o->units ? 4 * CPU_MS : CPU_MS,
			       .idle_ms = IDLE_MS } };
	struct job_result r;
	char *dir = NULL, *limit;
	int e;

	if (!o->unfenced && !fence_works())
		return -ENOSYS;
	remove_tree(o->work);
	copy_sources(o, o->work);
	build->objects = text("%s/objects", o->work);
	copy_objects(o, build->objects);
	if (o->unfenced) {
		dir = bare_root(o);
		command(&argv, o, build->objects);
	} else {
		fence(&argv, o);
		command(&argv, o, o->site->objects);
	}
	job.argv = ARGS(&argv);
	job.dir = dir;
	e = job_run(&job, &r);
	if (e < 0)
		die(EXIT_INFRA, "%s: %s", argv.at[0], strerror(-e));
	limit = job_limit_text(&job, &r);
	build->log = text("%s%s%s", r.output, limit != NULL ? "error: " : "",
	    limit != NULL ? limit : "");
	free(limit);
	free(r.output);
	strings_free(&argv);
	free(dir);
	build->ok = r.status == 0;
	build->seconds = r.seconds;
	return 0;
}

char *
build_errors(const char *log, int lines)
{
	struct strings found = { 0 };
	const char *at, *end;
	char *all = text("%s", ""), *more;
	size_t i;

	for (at = log; *at != '\0' && found.n < (size_t)lines;
	     at = *end != '\0' ? end + 1 : end) {
		end = at + strcspn(at, "\n");
		more = text("%.*s", (int)(end - at), at);
		if (strstr(more, "error") != NULL ||
		    strstr(more, "undefined reference") != NULL ||
		    strstr(more, "multiple definition") != NULL)
			strings_add(&found, more);
		free(more);
	}
	for (i = 0; i < found.n; i++) {
		more = text("%s%s\n", all, found.at[i]);
		free(all);
		all = more;
	}
	strings_free(&found);
	return all;
}

void
build_free(struct build *build)
{
	free(build->log);
	free(build->objects);
	memset(build, 0, sizeof *build);
}
