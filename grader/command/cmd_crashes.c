/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * grade crashes: does a report tell where something crashed, whatever it was?
 *
 * Nothing is built for that: in a copy of the image, the beginning of a
 * function is overwritten with a store to an address that nobody has, wherever
 * its code lies. A test that comes there is booted, and judged as in a grading.
 * The report must name the very program, the function, the file and the line
 * that addr2line has for that program, and say what was touched.
 */
#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "grader/base/job.h"
#include "grader/command/cmd.h"
#include "grader/emulator/boot.h"
#include "grader/judge/judge.h"

#define NEEDLE  32 /* bytes of code, which are in no other function */
#define BUDGET  800000000ull
#define TOUCHED "0x50"

/* What crashes: files of each lab, and what no lab has. */
static const struct crash {
	const char *program, *function, *file, *test;
} crashes[] = {
	{ "servers/ds/ds", "do_ds_delete", "src/servers/ds/store.c",
	    "ds-delete" },
	{ "servers/ds/ds", "perm_owner", "src/servers/ds/perm.c", "ds-delete" },
	{ "servers/ds/ds", "do_ds_subscribe", "src/servers/ds/subscribe.c",
	    "ds-match" },
	{ "servers/ds/ds", "mem_load", "src/servers/ds/mem.c", "ds-mem" },
	{ "servers/ds/ds", "map_load", "src/servers/ds/map.c", "ds-map" },
	{ "kernel/kernel", "cow_copy", "src/kernel/call/cowcopy.c",
	    "safecopy-sizes" },
	{ "servers/vm/vm", "cow_own_page", "src/servers/vm/cow.c",
	    "safecopy-fork" },
	{ "kernel/kernel", "do_sys_safemap", "src/kernel/call/safemap.c",
	    "safemap-map" },
	{ "kernel/kernel", "map_add", "src/kernel/maps.c", "safemap-map" },
	{ "servers/vm/vm", "smap_map", "src/servers/vm/smap.c", "safemap-map" },
	{ "servers/pm/pm", "do_pm_setpgid", "src/servers/pm/ids.c", "ds-u32" },
	{ "servers/vfs/vfs", "do_vfs_open", "src/servers/vfs/open.c",
	    "ds-u32" },
	{ "servers/rs/rs", "do_rs_up", "src/servers/rs/request.c", "ds-u32" },
	{ "fs/ext2/ext2", "dir_find", "src/fs/ext2/directory.c", "ds-u32" },
	{ "drivers/ata/ata", "ata_transfer", "src/drivers/ata/main.c",
	    "ds-u32" },
};

#define CRASHES (sizeof crashes / sizeof crashes[0])

/* One crash on its way. */
struct scene {
	const struct crash *crash;
	char *program; /* path */
	uint32_t at;   /* the store that was put in */
	char *image;   /* with it */
	char *wanted;  /* "FUNCTION at FILE:LINE", as in a report */
	const char *tests[2];
};

/* Where a function begins. */
static uint32_t
address_of(const char *program, const char *function)
{
	char *all = job_must(NULL, ARGV("i686-linux-gnu-nm", program));
	char *rest = all, *line;
	uint32_t found = 0;

	/* ADDRESS T FUNCTION */
	while ((line = strsep(&rest, "\n")) != NULL)
		if (strlen(line) > 11 && strchr("tT", line[9]) != NULL &&
		    strcmp(line + 11, function) == 0)
			found = (uint32_t)strtoul(line, NULL, 16);
	free(all);
	if (found == 0)
		die(EXIT_FAILED, "%s has no function %s", program, function);
	return found;
}

/* The bytes of a program at an address; they end the program if there are
 * none. */
static void
code_at(const char *program, uint32_t at, uint8_t code[NEEDLE])
{
	char *elf;
	Elf32_Ehdr h;
	Elf32_Phdr p;
	size_t n, i;

	if (file_read(program, &elf, &n) < 0 || n < sizeof h)
		die(EXIT_INFRA, "cannot read %s", program);
	memcpy(&h, elf, sizeof h);
	for (i = 0; i < h.e_phnum; i++) {
		memcpy(&p, elf + h.e_phoff + i * sizeof p, sizeof p);
		if (p.p_type == PT_LOAD && at >= p.p_vaddr &&
		    at - p.p_vaddr + NEEDLE <= p.p_filesz)
			break;
	}
	if (i == h.e_phnum)
		die(EXIT_FAILED, "%s: no code at %#x", program, at);
	memcpy(code, elf + p.p_offset + (at - p.p_vaddr), NEEDLE);
	free(elf);
}

/* Behind "mov %esp, %ebp", so that the trace knows the caller, too. */
static size_t
prologue(const uint8_t code[NEEDLE])
{
	static const uint8_t frame[2] = { 0x89, 0xe5 };
	const uint8_t *found = memmem(code, NEEDLE - 5, frame, 2);

	return found != NULL ? (size_t)(found - code) + 2 : 0;
}

/* A copy of the image in which the function stores to TOUCHED; how often. */
static unsigned int
spoil(const char *from, const char *to, const uint8_t code[NEEDLE], size_t skip)
{
	static const uint8_t store[5] = { 0xa3, 0x50 }; /* mov %eax, 0x50 */
	unsigned int count = 0;
	char *image, *at;
	size_t n;

	if (file_read(from, &image, &n) < 0)
		die(EXIT_INFRA, "cannot read %s", from);
	for (at = image;
	     (at = memmem(at, n - (size_t)(at - image), code, NEEDLE)) != NULL;
	     count++) {
		memcpy(at + skip, store, sizeof store);
		at += NEEDLE;
	}
	file_write(to, image, n);
	free(image);
	return count;
}

/* What addr2line says of the store: its last line is the function itself, the
 * ones before it are what is inlined there. */
static char *
line_of(const char *program, uint32_t at)
{
	char *address = text("%#x", at), *rest, *line, *last = NULL, *all;
	static const char *const between[] = { " (inlined by) ", ": " };
	size_t i;

	all = rest = job_must(NULL,
	    ARGV("i686-linux-gnu-addr2line", "-afipe", program, address));
	while ((line = strsep(&rest, "\n")) != NULL)
		for (i = 0; i < 2 && *line != '\0'; i++)
			if (strstr(line, between[i]) != NULL) {
				free(last);
				last = text("%s",
				    strstr(line, between[i]) +
					strlen(between[i]));
				break;
			}
	free(all);
	free(address);
	if (last == NULL)
		die(EXIT_FAILED, "%s: nothing known of %#x", program, at);
	last[strcspn(last, "(")] = '\0';
	return last;
}

static void
prepare(const struct site *site, const struct crash *crash, struct scene *s,
    struct boot_order *o)
{
	char *image = site_image(site->objects), *dir;
	uint8_t code[NEEDLE];
	uint32_t at;
	size_t skip;

	s->crash = crash;
	s->program = text("%s/%s", site->objects, crash->program);
	at = address_of(s->program, crash->function);
	code_at(s->program, at, code);
	skip = prologue(code);
	s->at = at + (uint32_t)skip;
	s->wanted = line_of(s->program, s->at);
	dir = text("%s/grade/crashes/%s", site->objects, crash->function);
	make_dirs(dir);
	s->image = text("%s/%s.img", scratch_dir(dir), crash->function);
	if (spoil(image, s->image, code, skip) == 0)
		die(EXIT_FAILED, "%s is not in the image", crash->function);
	s->tests[0] = crash->test;
	*o = (struct boot_order){ .image = s->image,
		.dir = dir,
		.copy = text("%s.run", s->image),
		.tests = s->tests,
		.seed = 1,
		.budget = BUDGET,
		.params = "cow=1 cowmin=1",
		.objects = site->objects };
	free(image);
}

/* Does a text name all of these? */
static bool
names(const char *where, const char *what, char **why)
{
	if (where != NULL && strstr(where, what) != NULL)
		return true;
	free(*why);
	*why = text("it does not say \"%s\"", what);
	return false;
}

/* What is wrong with the report of a crash, or NULL. */
static char *
fault_of(const struct scene *s, const struct verdict *v)
{
	const char *name = strrchr(s->crash->program, '/') + 1;
	char *program = text("in %s:", name), *at = text("0x%08x ", s->at);
	char *file = text("%s at %s:", s->crash->function, s->crash->file);
	char *why = NULL,
	     *told = text("%s\n%s", v->message, v->log != NULL ? v->log : "");

	if (names(v->where, program, &why) && names(v->where, at, &why) &&
	    names(v->where, file, &why) && names(told, name, &why) &&
	    names(v->log, TOUCHED, &why) &&
	    strstr(s->wanted, s->crash->file) == NULL)
		why = text("addr2line says %s", s->wanted);
	free(program);
	free(at);
	free(file);
	free(told);
	return why;
}

static bool
check(const struct site *site, const struct scene *s, const struct boot *b)
{
	char *id = text("%s", s->crash->test), *why;
	struct test t = { .id = id, .title = id };
	struct verdict v;

	judge(&(struct trial){ &t, b, 1, site->objects, NULL }, &v);
	why = fault_of(s, &v);
	printf("%s  %-16s %s\n", why == NULL ? "ok  " : "FAIL",
	    s->crash->function, why == NULL ? v.message : why);
	if (why != NULL)
		printf("  %s\n%s%s\n", v.message,
		    v.where != NULL ? v.where : "", v.log != NULL ? v.log : "");
	verdict_free(&v);
	free(id);
	if (why == NULL)
		return true;
	free(why);
	return false;
}

static void
scene_free(struct scene *s, struct boot_order *o, struct boot *b)
{
	boot_free(b);
	(void)unlink(s->image); /* only takes room */
	free(s->program);
	free(s->image);
	free(s->wanted);
	free((char *)(uintptr_t)o->dir);
	free((char *)(uintptr_t)o->copy);
}

/* Has it been asked for, or nothing in particular? */
static bool
is_wanted(const struct crash *c, int argc, char **argv)
{
	int i;

	for (i = 0; i < argc; i++)
		if (strcmp(argv[i], c->function) == 0)
			return true;
	return argc == 0;
}

int
cmd_crashes(int argc, char **argv)
{
	struct boot_order orders[CRASHES];
	struct boot boots[CRASHES];
	struct scene scenes[CRASHES];
	struct options o;
	struct site site;
	int count[2] = { 0, 0 }; /* failed, passed */
	size_t i, n = 0;

	options_parse(argc, argv, 0, (int)CRASHES, &o);
	site_open(&site, o.objects, true);
	memset(scenes, 0, sizeof scenes);
	for (i = 0; i < CRASHES; i++)
		if (is_wanted(&crashes[i], argc - o.first, argv + o.first)) {
			prepare(&site, &crashes[i], &scenes[n], &orders[n]);
			n++;
		}
	boot_all(orders, boots, n);
	for (i = 0; i < n; i++) {
		count[check(&site, &scenes[i], &boots[i])]++;
		scene_free(&scenes[i], &orders[i], &boots[i]);
	}
	printf("%d passed, %d failed\n", count[1], count[0]);
	site_free(&site);
	return count[0] == 0 ? EXIT_SCORED : EXIT_FAILED;
}
