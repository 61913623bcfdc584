/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Copies of sources and objects, and make behind a fence.
 *
 * The copies are mounted where the originals are. Nothing in them depends on
 * that, so they are as good in a place of their own when there is no fence.
 */
#include "grader/build/build.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "grader/base/job.h"
#include "grader/base/quote.h"
#include "grader/build/clean.h"
#include "grader/stage/progress.h"

#define WORDS_MAX 400 /* bytes of a line of the compiler's that are shown */

#define CPU_MS  180000 /* limits on a build */
#define IDLE_MS 120000

/* For each process of a build: processor seconds, bytes of memory and of a
 * file. A compiler needs a tenth of these, the image half of the last. */
#define LIMIT_CPU    "--cpu=60:70" /* first it is told, then killed */
#define LIMIT_MEMORY "--as=1073741824"
#define LIMIT_FILE   "--fsize=67108864"

/* All that a build knows of the caller's environment. */
static const char *const environment[] = { "PATH=/usr/bin:/bin:/usr/sbin:/sbin",
	"HOME=/tmp", "LC_ALL=C", NULL };

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
	if (file_copy(from, over) < 0)
		(void)unlink(over); /* one that may be added, and was not */
	else
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
	strings_add(a, "--chdir");
	strings_add(a, root);
}

/* What was submitted is inspected, too: mk/inspect. A stage of long ago may
 * have been without. A stage's own Makefile has few targets. */
static void
inspect(struct strings *a, const struct build_order *o)
{
	char *tool = text("%s/mk/inspect", o->site->root);
	char *system = text("%s/mk/system.make", o->site->root);
	char *all = text("%s", "SUBMITTED="), *file, *more;
	size_t i;

	for (i = 0; i < o->lab->editable.n; i++) {
		file = text("%s/%s", o->work, o->lab->editable.at[i]);
		if (file_exists(file)) {
			more = text("%s %s", all, o->lab->editable.at[i]);
			free(all);
			all = more;
		}
		free(file);
	}
	if (file_exists(tool)) {
		strings_add(a, "inspected");
		strings_add(a, all);
	}
	if (file_exists(system)) {
		strings_add(a, "-f");
		strings_add(a, system);
	}
	free(system);
	free(tool);
	free(all);
}

/* make, with limits for each of its processes. */
static void
command(struct strings *a, const struct build_order *o, const char *objects)
{
	const char *const *goals = o->goals;

	strings_add(a, "prlimit");
	strings_add(a, LIMIT_CPU);
	strings_add(a, LIMIT_MEMORY);
	strings_add(a, LIMIT_FILE);
	strings_add(a, "--core=0");
	site_make("image", o->site, objects, o->lab, a);
	for (; goals != NULL && *goals != NULL; goals++)
		strings_add(a, *goals);
	if (o->lab != NULL)
		inspect(a, o);
	strings_add(a, "-k");
	strings_add(a, "PACKAGES=no"); /* not to be looked for in there */
	strings_add(a, "LOCKED=yes");  /* nobody else builds there */
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

/* Words of make, the compilers and the linker on a limit that was hit. */
static const struct {
	const char *word, *limit;
} limits[] = {
	{ "CPU time limit exceeded",
	    "a compiler used more than 60 s of processor time" },
	{ "File size limit exceeded", "a file grew beyond 64 MiB" },
	{ "File too large", "a file grew beyond 64 MiB" },
	{ "out of memory", "a compiler needed more than 1 GiB of memory" },
	{ "memory exhausted", "a compiler needed more than 1 GiB of memory" },
	{ "annot allocate memory",
	    "a compiler needed more than 1 GiB of memory" },
};

/* The limit a build has hit, for free(), or NULL. */
static char *
limit_hit(const struct job *job, const struct job_result *r)
{
	char *limit = job_limit_text(job, r);
	size_t i;

	if (limit != NULL || r->status == 0)
		return limit;
	for (i = 0; i < sizeof limits / sizeof limits[0]; i++)
		if (strstr(r->output, limits[i].word) != NULL)
			return text("%s", limits[i].limit);
	return NULL;
}

int
build_run(const struct build_order *o, struct build *build)
{
	struct strings argv = { 0 };
	struct job job = { .limits = { .cpu_ms = o->units ? 4 * CPU_MS : CPU_MS,
			       .idle_ms = IDLE_MS },
		.env = environment };
	struct job_result r;
	char *dir = NULL;
	int e;

	if (!o->unfenced && !fence_works())
		return -ENOSYS;
	remove_tree(o->work);
	copy_sources(o, o->work);
	build->objects = text("%s/objects", o->work);
	clean_copy(o->site->objects, o->lab, o->units, build->objects);
	if (o->unfenced) {
		dir = bare_root(o);
		command(&argv, o, build->objects);
	} else {
		fence(&argv, o);
		command(&argv, o, o->site->objects);
	}
	job.argv = ARGS(&argv);
	job.dir = dir;
	e = o->says != NULL ? progress_make(&job, o->says, false, &r)
			    : job_run(&job, &r);
	if (e < 0)
		die(EXIT_INFRA, "%s: %s", argv.at[0], strerror(-e));
	build->limit = limit_hit(&job, &r);
	build->log = r.output;
	strings_free(&argv);
	free(dir);
	build->ok = r.status == 0;
	build->seconds = r.seconds;
	return 0;
}

/* Does a line of a log tell what is wrong? make's own do not. */
static bool
tells(const char *line)
{
	static const char *const words[] = { "error", "undefined reference",
		"multiple definition", "ld: ", "limit exceeded", "memory",
		"mkboot: " };
	size_t i;

	if (strncmp(line, "make", 4) == 0)
		return false;
	for (i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcasestr(line, words[i]) != NULL)
			return true;
	return false;
}

/* The first lines of a log that tell something, each once, or simply the last
 * ones. */
static void
pick_lines(const char *log, size_t lines, bool any, struct strings *found)
{
	const char *at, *end;
	char *line;

	for (at = log; *at != '\0'; at = *end != '\0' ? end + 1 : end) {
		end = at + strcspn(at, "\n");
		line = end - at <= WORDS_MAX ? text("%.*s", (int)(end - at), at)
					     : text("%.*s ...", WORDS_MAX, at);
		if (any ||
		    (found->n < lines && tells(line) &&
			!strings_have(found, line)))
			strings_add(found, line);
		free(line);
	}
}

char *
build_errors(const char *log, int lines)
{
	struct strings found = { 0 };
	char *all = text("%s", ""), *more;
	size_t i, n = (size_t)lines;

	pick_lines(log, n, false, &found);
	if (found.n == 0)
		pick_lines(log, n, true, &found);
	for (i = found.n > n ? found.n - n : 0; i < found.n; i++) {
		more = text("%s%s\n", all, found.at[i]);
		free(all);
		all = more;
	}
	strings_free(&found);
	more = quote_lines(all, "");
	free(all);
	return more;
}

void
build_free(struct build *build)
{
	free(build->log);
	free(build->limit);
	free(build->objects);
	memset(build, 0, sizeof *build);
}
