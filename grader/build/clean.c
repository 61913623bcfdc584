/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Clean files, found in the order in which things are made: objects, archives,
 * programs, and copies of programs. Each step asks what the one before found.
 */
#include "grader/build/clean.h"

#include <stdlib.h>
#include <string.h>

/* Where objects of the guest are, below the build directory; they mirror the
 * directories of src. */
static const char *const mirrored[] = { "boot", "case", "cmd", "drivers", "fs",
	"kernel", "lib", "servers", "test" };

/* The only program of this machine that is needed to make an image. */
#define TOOL_PROGRAM "host/bin/mkboot"
#define TOOL_OBJECTS "host/images"

/* What is known while a list is made. */
struct survey {
	const char *objects;
	const struct lab *lab;
	bool units;
	struct strings *clean;
	struct strings soiled; /* objects and targets that are not clean */
	bool archives;         /* all archives are */
};

static bool
ends(const char *s, const char *tail)
{
	size_t n = strlen(s), m = strlen(tail);

	return n >= m && strcmp(s + n - m, tail) == 0;
}

static const char *
base_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* The text of a file of the build directory, or NULL. */
static char *
read_text(const struct survey *s, const char *path)
{
	char *full = text("%s/%s", s->objects, path), *data = NULL;

	if (file_read(full, &data, NULL) < 0)
		data = NULL;
	free(full);
	return data;
}

/* Does a text name one of these files? */
static bool
names_any(const char *words, const struct strings *files)
{
	size_t i;

	for (i = 0; i < files->n; i++)
		if (strstr(words, files->at[i]) != NULL)
			return true;
	return false;
}

/* Does a depend file name none of the lab's files? */
static bool
depends_on_none(const struct survey *s, const char *depends)
{
	return s->lab == NULL ||
	    (!names_any(depends, &s->lab->stubs) &&
		!names_any(depends, &s->lab->editable));
}

/* Objects, and the depend files beside them. */
static void
survey_objects(struct survey *s, const char *dir)
{
	char *full = text("%s/%s", s->objects, dir), *path, *d;
	struct strings files = { 0 };
	size_t i;

	(void)list_files(full, &files); /* a system without it is fine */
	for (i = 0; i < files.n; i++) {
		if (!ends(files.at[i], ".o"))
			continue;
		path = text("%s/%s", dir, files.at[i]);
		path[strlen(path) - 1] = 'd';
		d = read_text(s, path);
		if (d != NULL && depends_on_none(s, d))
			strings_add(s->clean, path);
		path[strlen(path) - 1] = 'o';
		strings_add(d != NULL && depends_on_none(s, d) ? s->clean
							       : &s->soiled,
		    path);
		free(d);
		free(path);
	}
	strings_free(&files);
	free(full);
}

/* Is one word of a stamp, the name of an object, clean? Other words are flags
 * and names of libraries. Stamps call the build directory O. */
static bool
word_is_clean(const struct survey *s, const char *word)
{
	return !ends(word, ".o") ||
	    (strncmp(word, "O/", 2) == 0 && strings_have(s->clean, word + 2));
}

/* Is all a target is made of clean? */
static bool
target_is_clean(const struct survey *s, const char *stamp)
{
	char *words = read_text(s, stamp), *rest = words, *word;
	bool clean = words != NULL;

	while (clean && (word = strsep(&rest, " \n")) != NULL)
		clean = word_is_clean(s, word);
	free(words);
	return clean;
}

/* The target that a stamp is about: slashes are '+' in a stamp's name. */
static char *
stamp_target(const char *stamp)
{
	char *target = text("%s", stamp), *p;

	for (p = target; *p != '\0'; p++)
		if (*p == '+')
			*p = '/';
	return target;
}

/* Is a path in one of the directories that are mirrored? */
static bool
is_mirrored(const char *path)
{
	size_t i, n;

	for (i = 0; i < sizeof mirrored / sizeof mirrored[0]; i++) {
		n = strlen(mirrored[i]);
		if (strncmp(path, mirrored[i], n) == 0 && path[n] == '/')
			return true;
	}
	return false;
}

/* Is a target of any use to the build? */
static bool
is_wanted(const struct survey *s, const char *target)
{
	return is_mirrored(target) || strcmp(target, TOOL_PROGRAM) == 0 ||
	    (s->units && strncmp(target, "unit/", 5) == 0);
}

/* One target with a stamp: it and its stamp are clean, or it is soiled. */
static void
survey_target(struct survey *s, const char *target, const char *stamp)
{
	bool ok = target_is_clean(s, stamp);

	if (!ends(target, ".a"))
		ok = ok && s->archives;
	else
		s->archives = s->archives && ok;
	if (!ok) {
		strings_add(&s->soiled, target);
		return;
	}
	strings_add(s->clean, target);
	strings_add(s->clean, stamp);
}

/* Archives or everything else that has a stamp. */
static void
survey_targets(struct survey *s, const struct strings *stamps, bool archives)
{
	char *target, *stamp;
	size_t i;

	for (i = 0; i < stamps->n; i++) {
		target = stamp_target(stamps->at[i]);
		stamp = text("stamp/%s", stamps->at[i]);
		if (ends(target, ".a") == archives && is_wanted(s, target))
			survey_target(s, target, stamp);
		free(stamp);
		free(target);
	}
}

/* Does a soiled program have this name? */
static bool
name_is_soiled(const struct survey *s, const char *name)
{
	size_t i;

	for (i = 0; i < s->soiled.n; i++)
		if (strcmp(base_of(s->soiled.at[i]), name) == 0)
			return true;
	return false;
}

/* Is there a clean program of this name? */
static bool
name_is_clean(const struct survey *s, const char *name)
{
	size_t i;

	for (i = 0; i < s->clean->n; i++)
		if (strcmp(base_of(s->clean->at[i]), name) == 0 &&
		    is_mirrored(s->clean->at[i]))
			return true;
	return false;
}

static bool
is_elf(const struct survey *s, const char *path)
{
	char *data = read_text(s, path);
	bool elf = data != NULL && memcmp(data, "\177ELF", 4) == 0;

	free(data);
	return elf;
}

/* Copies of programs without their symbols, and what is just installed. */
static void
survey_copies(struct survey *s, const char *dir)
{
	char *full = text("%s/%s", s->objects, dir), *path;
	struct strings files = { 0 };
	const char *name;
	size_t i;

	(void)list_files(full, &files); /* made anew if there are none */
	for (i = 0; i < files.n; i++) {
		path = text("%s/%s", dir, files.at[i]);
		name = base_of(path);
		if (!name_is_soiled(s, name) &&
		    (name_is_clean(s, name) || !is_elf(s, path)))
			strings_add(s->clean, path);
		free(path);
	}
	strings_free(&files);
	free(full);
}

/* What boots the image, if none of it comes from a lab's file. */
static void
survey_loader(struct survey *s)
{
	static const char *const made[] = { "boot/mbr", "boot/mbr.bin",
		"boot/loader", "boot/loader.bin", "boot/params" };
	size_t i;

	for (i = 0; i < s->soiled.n; i++)
		if (strncmp(s->soiled.at[i], "boot/", 5) == 0)
			return;
	for (i = 0; i < sizeof made / sizeof made[0]; i++)
		if (!strings_have(s->clean, made[i]))
			strings_add(s->clean, made[i]);
}

void
clean_list(const char *objects, const struct lab *lab, bool units,
    struct strings *clean)
{
	static const char *const always[] = { "root.list", "stamp/root",
		"stamp/KERN", "stamp/SYS", "stamp/CMD", "stamp/CASE",
		"stamp/HOST", "stamp/UNIT" };
	struct survey s = { objects, lab, units, clean, { 0 }, true };
	char *dir = text("%s/stamp", objects);
	struct strings stamps = { 0 };
	size_t i;

	for (i = 0; i < sizeof mirrored / sizeof mirrored[0]; i++)
		survey_objects(&s, mirrored[i]);
	survey_objects(&s, TOOL_OBJECTS);
	if (units)
		survey_objects(&s, "unit");
	(void)list_files(dir, &stamps); /* without them all is made anew */
	survey_targets(&s, &stamps, true);
	survey_targets(&s, &stamps, false);
	survey_copies(&s, "bootimage");
	survey_copies(&s, "root");
	survey_loader(&s);
	for (i = 0; i < sizeof always / sizeof always[0]; i++)
		strings_add(clean, always[i]);
	strings_free(&stamps);
	strings_free(&s.soiled);
	free(dir);
}

void
clean_copy(const char *objects, const struct lab *lab, bool units,
    const char *to)
{
	struct strings files = { 0 };
	char *a, *b;
	size_t i;

	make_dirs(to);
	clean_list(objects, lab, units, &files);
	for (i = 0; i < files.n; i++) {
		a = text("%s/%s", objects, files.at[i]);
		b = text("%s/%s", to, files.at[i]);
		if (file_exists(a) && file_copy(a, b) < 0)
			die(EXIT_INFRA, "cannot copy %s", a);
		free(a);
		free(b);
	}
	strings_free(&files);
}
