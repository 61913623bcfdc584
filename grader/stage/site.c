/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Finding the tree, exporting a student's first commit, building it.
 */
#include "grader/stage/site.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "grader/base/job.h"
#include "grader/base/quote.h"
#include "grader/stage/progress.h"
#include "test/report/sha256.h"

#define BUILD_CPU_MS 1800000 /* for all of it, and the C library */

/* The directory at or above another that holds the project, or NULL. */
static char *
top_above(const char *start)
{
	char *dir = realpath(start, NULL), *mark, *slash;
	bool found;

	while (dir != NULL) {
		mark = text("%s/src/include/abi/message.h", dir);
		found = file_exists(mark);
		free(mark);
		if (found)
			return dir;
		slash = strrchr(dir, '/');
		if (slash == NULL || slash == dir)
			break;
		*slash = '\0';
	}
	free(dir);
	return NULL;
}

/* The tree that the working directory is in, or else this program. */
static char *
find_top(void)
{
	char *top = top_above(".");

	if (top == NULL)
		top = top_above("/proc/self/exe");
	if (top == NULL)
		die(EXIT_USAGE, "this is not inside a tree of the project");
	return top;
}

/* The id in the file LAB, or NULL: not a student's tree. */
static char *
student_lab(const char *top)
{
	char *path = text("%s/LAB", top), *data, *id, *end;

	if (file_read(path, &data, NULL) < 0) {
		free(path);
		return NULL;
	}
	free(path);
	id = strstr(data, "lab: ");
	if (id == NULL)
		die(EXIT_INFRA, "the file LAB is damaged");
	end = strchr(id, '\n');
	id = text("%.*s", end != NULL ? (int)(end - id - 5) : 40, id + 5);
	free(data);
	return id;
}

/* The first commit's files, exported to `root`. */
static void
export_first(const char *top, const char *root)
{
	char *tar = text("%s.tar", root);
	char *log =
	    job_must(top, ARGV("git", "rev-list", "--max-parents=0", "HEAD"));

	log[strcspn(log, "\n")] = '\0';
	make_dirs(root);
	RUN(top, "git", "archive", "--format=tar", "-o", tar, log);
	RUN(root, "tar", "-xf", tar);
	(void)unlink(tar); /* in our own build directory */
	free(tar);
	free(log);
}

/* Both trees use one C library. A link that leads up the tree stays right
 * when the tree is copied. */
static void
share_newlib(const char *newlib, const char *root)
{
	char *dir = text("%s/build", root), *link = text("%s/newlib", dir);

	make_dirs(newlib);
	make_dirs(dir);
	if (symlink("../../newlib", link) < 0 && errno != EEXIST)
		die(EXIT_INFRA, "%s: %s", link, strerror(errno));
	free(link);
	free(dir);
}

/* The tests' names, as make wants them. */
static char *
tests_of(const struct lab *lab)
{
	char *all = text("TESTS="), *more;
	unsigned int i;

	for (i = 0; i < lab->tests_count; i++) {
		more = text("%s%s%s", all, i > 0 ? " " : "", lab->tests[i].id);
		free(all);
		all = more;
	}
	return all;
}

void
site_make(const char *goal, const struct site *site, const char *objects,
    const struct lab *lab, struct strings *argv)
{
	char *usual = text("%s/build", site->root), *tests;

	strings_add(argv, "make");
	strings_addf(argv, "-j%ld", sysconf(_SC_NPROCESSORS_ONLN));
	strings_add(argv, goal);
	if (strcmp(usual, objects) != 0)
		strings_addf(argv, "O=%s", objects);
	if (lab != NULL) {
		tests = tests_of(lab);
		strings_add(argv, tests);
		free(tests);
	}
	free(usual);
}

/* The lab a student's tree is about; its image needs no other tests. */
static struct lab *
only_lab(const struct site *site)
{
	struct lab *lab;
	char *why;

	if (site->student == NULL)
		return NULL;
	lab = lab_load(site->root, site->student, &why);
	if (lab == NULL)
		die(EXIT_USAGE, "%s", why);
	return lab;
}

/* Bring a build up to date. */
static void
build(const struct site *site)
{
	const char *what = site->student != NULL
	    ? "Building the system as it was handed out"
	    : "Building the system";
	char *image = site_image(site->objects), *limit;
	struct lab *lab = only_lab(site);
	struct strings argv = { 0 };
	struct job job = { .dir = site->root, .limits.cpu_ms = BUILD_CPU_MS };
	struct job_result r;
	int e;

	site_make("image", site, site->objects, lab, &argv);
	if (lab != NULL)
		lab_free(lab);
	job.argv = ARGS(&argv);
	e = progress_make(&job, what, !file_exists(image), &r);
	if (e < 0)
		die(EXIT_INFRA, "make: %s", strerror(-e));
	limit = job_limit_text(&job, &r);
	if (r.status != 0)
		die(EXIT_INFRA, "the tree does not build:\n%s%s", r.output,
		    limit != NULL ? limit : "");
	free(limit);
	free(r.output);
	free(image);
	strings_free(&argv);
}

/* Wait until nobody else builds in the tree. A lock, or -1: none can be had
 * there, as on a disk that is only read. */
static int
lock_builds(const char *top)
{
	static const struct timespec pause = { 0, 200000000 };
	char *dir = text("%s/build", top), *path = text("%s/build.lock", dir);
	bool told = false;
	int fd;

	(void)mkdir(dir, 0777); /* open() tells */
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	while (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (job_interrupted())
			die(EXIT_INFRA, "interrupted");
		if (!told)
			fprintf(stderr,
			    "Waiting until another grading has "
			    "built what it needs.\n");
		told = true;
		(void)nanosleep(&pause, NULL); /* shorter does no harm */
	}
	free(path);
	free(dir);
	return fd;
}

static void
unlock_builds(int lock)
{
	if (lock >= 0)
		close(lock);
}

void
site_open(struct site *site, const char *objects, bool build_it)
{
	int lock;

	site->top = find_top();
	site->student = student_lab(site->top);
	lock = lock_builds(site->top);
	site->newlib = text("%s/build/newlib", site->top);
	if (site->student != NULL) {
		site->root = text("%s/build/pristine", site->top);
		if (!file_exists(site->root))
			export_first(site->top, site->root);
		share_newlib(site->newlib, site->root);
	} else {
		site->root = text("%s", site->top);
	}
	if (objects != NULL && site->student == NULL) {
		make_dirs(objects);
		site->objects = realpath(objects, NULL);
	} else {
		site->objects = text("%s/build", site->root);
	}
	if (build_it)
		build(site);
	unlock_builds(lock);
}

static _Noreturn void
no_stage(const char *stage, const char *why)
{
	char *q = quote(stage);

	die(EXIT_USAGE, "%s is no stage: %s", q, why);
}

/* Has a directory a file LAB, and a history of its own? An archive was unpacked
 * to it. */
static void
need_stage(const char *stage, const char *dir)
{
	char *lab = text("%s/LAB", dir), *git = text("%s/.git", dir);

	if (!file_exists(lab))
		no_stage(stage, "it has no file LAB");
	if (!file_exists(git))
		no_stage(stage,
		    "it has no .git, whose first commit is what was "
		    "handed out");
	free(lab);
	free(git);
}

/* Say so if a stage's files are not those of its first commit any more. */
static void
tell_edited(const char *stage, const char *first)
{
	struct job job = { .dir = stage,
		.argv = ARGV("git", "diff", "--quiet", first, "--") };
	struct job_result r;
	char *q;

	if (job_run(&job, &r) < 0)
		return; /* only a note */
	if (r.status == 1) {
		q = quote(stage);
		fprintf(stderr,
		    "Note: files in %s differ from its first commit; the "
		    "commit is used.\n",
		    q);
		free(q);
	}
	free(r.output);
}

/* A name for a stage's own directory: from the archive's bytes, or from the
 * first commit. */
static char *
pin_id(const char *stage)
{
	char hex[65], *data, *id;
	size_t n;

	if (file_read(stage, &data, &n) == 0) {
		sha256_hex(data, n, hex);
		free(data);
		return text("%.16s", hex);
	}
	need_stage(stage, stage);
	data =
	    job_must(stage, ARGV("git", "rev-list", "--max-parents=0", "HEAD"));
	data[strcspn(data, "\n")] = '\0';
	tell_edited(stage, data);
	id = text("%.16s", data);
	free(data);
	return id;
}

/* Does an archive come apart, into a directory? */
static bool
untar(const char *archive, const char *to)
{
	char *real = realpath(archive, NULL);
	struct job job = { .dir = to,
		.argv = ARGV("tar", "--no-same-owner", "-xf", real) };
	struct job_result r;
	int e = job_run(&job, &r);

	if (e < 0)
		die(EXIT_INFRA, "tar: %s", strerror(-e));
	free(real);
	free(r.output);
	return r.status == 0;
}

/* Unpack a stage's archive; the directory in it, for free(). */
static char *
unpack(const char *archive, const char *to)
{
	struct strings files = { 0 };
	char *lab, *dir;
	size_t i;

	remove_tree(to);
	make_dirs(to);
	if (!untar(archive, to)) {
		remove_tree(to);
		no_stage(archive, "tar cannot unpack it; it may be damaged");
	}
	(void)list_files(to, &files); /* none: no stage, as told below */
	for (i = 0; i < files.n; i++) {
		lab = strrchr(files.at[i], '/');
		if (lab == NULL || strcmp(lab, "/LAB") != 0)
			continue;
		dir =
		    text("%s/%.*s", to, (int)(lab - files.at[i]), files.at[i]);
		strings_free(&files);
		return dir;
	}
	remove_tree(to);
	no_stage(archive, "it has no file LAB");
}

/* Export the sources of a stage, so that they are there whole or not. */
static void
export_stage(const char *stage, const char *root)
{
	char *tree = text("%s.tree", root), *new = text("%s.new", root), *from;
	struct stat st;

	from = stat(stage, &st) == 0 && S_ISDIR(st.st_mode)
	    ? realpath(stage, NULL)
	    : unpack(stage, tree);
	need_stage(stage, from);
	remove_tree(new);
	export_first(from, new);
	remove_tree(tree);
	if (rename(new, root) < 0)
		die(EXIT_INFRA, "%s: %s", root, strerror(errno));
	free(from);
	free(tree);
	free(new);
}

void
site_pin(struct site *site, const char *stage, const char *lab)
{
	char *id;
	int lock;

	if (!file_exists(stage))
		die(EXIT_USAGE, "%s: no such stage", stage);
	id = pin_id(stage);
	site->top = find_top();
	lock = lock_builds(site->top);
	site->newlib = text("%s/build/newlib", site->top);
	site->root = text("%s/build/pinned-%s", site->top, id);
	if (!file_exists(site->root))
		export_stage(stage, site->root);
	site->objects = text("%s/build", site->root);
	site->student = student_lab(site->root);
	if (site->student == NULL)
		no_stage(stage, "its file LAB names none");
	if (strcmp(site->student, lab) != 0)
		die(EXIT_USAGE, "%s is a stage of lab %s", stage,
		    site->student);
	share_newlib(site->newlib, site->root);
	build(site);
	unlock_builds(lock);
	free(id);
}

void
site_check_pin(const struct site *site, const char *hash)
{
	char *path = text("%s/LAB", site->root), *data;

	if (file_read(path, &data, NULL) < 0 || strstr(data, hash) == NULL)
		die(EXIT_USAGE,
		    "the stage %s is not what its file LAB says: export it "
		    "again",
		    site->root);
	free(data);
	free(path);
}

char *
site_image(const char *objects)
{
	return text("%s/lacuna.img", objects);
}

void
site_free(struct site *site)
{
	free(site->top);
	free(site->root);
	free(site->objects);
	free(site->newlib);
	free(site->student);
}

/* Add one file, under the name it has in the stage. */
static void
hash_file(struct sha256 *s, const char *name, const char *path)
{
	char *data, hex[65];
	size_t n;

	if (file_read(path, &data, &n) < 0)
		die(EXIT_INFRA, "cannot read %s", path);
	sha256_hex(data, n, hex);
	free(data);
	sha256_add(s, name, strlen(name) + 1);
	sha256_add(s, hex, 64);
}

/* Add what decides about points: manifest, checks, stub. */
static void
hash_lab(struct sha256 *s, const char *lab)
{
	struct strings files = { 0 };
	char *name, *path;
	size_t i;

	(void)list_files(lab, &files); /* it has been loaded */
	for (i = 0; i < files.n; i++) {
		name = text("lab/%s", files.at[i]);
		path = text("%s/%s", lab, files.at[i]);
		hash_file(s, name, path);
		free(path);
		free(name);
	}
	strings_free(&files);
}

void
site_hash(const struct site *site, const struct strings *stubs, const char *lab,
    char hex[65])
{
	char *src = text("%s/src", site->root), *name, *path;
	struct strings files = { 0 };
	uint8_t digest[SHA256_SIZE];
	struct sha256 s;
	size_t i;

	if (list_files(src, &files) < 0)
		die(EXIT_INFRA, "no directory %s", src);
	sha256_init(&s);
	for (i = 0; i < files.n; i++) {
		name = text("src/%s", files.at[i]);
		path = strings_have(stubs, name)
		    ? text("%s/stub/%s", lab, files.at[i])
		    : text("%s/%s", site->root, name);
		hash_file(&s, name, path);
		free(path);
		free(name);
	}
	hash_lab(&s, lab);
	sha256_end(&s, digest);
	hex_text(digest, sizeof digest, hex);
	strings_free(&files);
	free(src);
}
