/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Writing copies. Line markers make each copy a file of its own, so that the
 * compiler's words tell which one they are about. The text includes itself and
 * is then a header of the system's, of which nobody is warned.
 */
#include "grader/mutate/rewrite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of these the compiler warns where the code of a header ends up. */
static const char *const late[] = { "maybe-uninitialized", "uninitialized",
	"array-bounds", "stringop-overflow", "stringop-overread",
	"stringop-truncation", "null-dereference", "free-nonheap-object",
	"use-after-free", "dangling-pointer", "return-type", "restrict",
	"format-overflow", "format-truncation", "nonnull", "div-by-zero",
	"return-local-addr", "frame-larger-than=", "address",
	"aggressive-loop-optimizations" };

static const char preamble[] =
    "#else\n"
    "#pragma GCC system_header\n"
    "static unsigned int mutant_ = -1u;\n"
    "#ifdef UNIT_TEST\n"
    "extern char *getenv(const char *);\n"
    "extern long atol(const char *);\n"
    "#define MUTANT_READ (getenv(\"" MUTANT_VARIABLE "\") != (char *)0 ? \\\n"
    "	atol(getenv(\"" MUTANT_VARIABLE "\")) : 0)\n"
    "#else\n";
static const char reader[] = "#endif\n"
			     "static __attribute__((cold, noinline)) void\n"
			     "mutant_read_(void)\n"
			     "{\n"
			     "	mutant_ = (unsigned int)(MUTANT_READ);\n"
			     "}\n";

static const char *const readers[] = {
	[FOR_KERNEL] =
	    "extern unsigned int param_number(const char *, unsigned int);\n"
	    "#define MUTANT_READ param_number(\"mutant\", 0)\n",
	[FOR_SERVICE] = "extern long env_get_number(const char *, long);\n"
			"#define MUTANT_READ env_get_number(\"mutant\", 0)\n",
};

/* The lines that follow are those of a file, from one that holds a place. */
static void
marker(FILE *f, const struct source *s, size_t at, const char *name)
{
	fprintf(f, "\n#line %u \"%s\"\n", scan_line(s->text, at), name);
}

static void
put(FILE *f, const struct source *s, size_t from, size_t to)
{
	(void)fwrite(s->text + from, 1, to - from, f); /* to memory */
}

/* The head under another name. The function's own may be static already. */
static void
head(FILE *f, const struct source *s, const struct function *fn,
    const char *suffix)
{
	if (!fn->is_static)
		fprintf(f, "static ");
	put(f, s, fn->at.from, fn->name_at.to);
	fprintf(f, "%s", suffix);
	put(f, s, fn->name_at.to, fn->body->at.from);
}

/* A mutant's copy. */
static void
copy(FILE *f, const struct mutant *m)
{
	const struct function *fn = m->function;
	char *name = text(MUTANT_FILE "%u", m->number);
	char *suffix = text("__%u", m->number);
	char *body = mutant_text(m, fn->body->at);

	marker(f, m->source, fn->at.from, name);
	fprintf(f, "__attribute__((cold, noinline)) ");
	head(f, m->source, fn, suffix);
	fprintf(f, "%s\n", body);
	free(name);
	free(suffix);
	free(body);
}

/* A call of a copy, at a function's end. */
static void
call(FILE *f, const struct function *fn, const char *suffix)
{
	size_t i;

	fprintf(f, fn->returns ? "return " : "{ ");
	fprintf(f, "%s__%s(", fn->name, suffix);
	for (i = 0; i < fn->params.n; i++)
		fprintf(f, "%s%s", i > 0 ? ", " : "", fn->params.at[i]);
	fprintf(f, fn->returns ? ");\n" : "); return; }\n");
}

/* Does a function get this mutant's copy? */
static bool
is_in(const struct mutant *m, const struct function *fn)
{
	return m->function == fn && !m->dead && !m->out;
}

/* The function itself: which copy is it? */
static void
choice(FILE *f, const struct source *s, const struct function *fn,
    const struct mutants *all)
{
	char *number;
	size_t i;

	put(f, s, fn->at.from, fn->body->at.from);
	fprintf(f,
	    "{\n	if (__builtin_expect(mutant_ == -1u, 0))\n"
	    "		mutant_read_();\n"
	    "	if (__builtin_expect(mutant_ == 0, 1))\n		");
	call(f, fn, "plain");
	fprintf(f, "	switch (mutant_) {\n");
	for (i = 0; i < all->n; i++)
		if (is_in(&all->at[i], fn)) {
			number = text("%u", all->at[i].number);
			fprintf(f, "	case %s:\n		", number);
			call(f, fn, number);
			free(number);
		}
	fprintf(f, "	default:\n		");
	call(f, fn, "plain");
	fprintf(f, "	}\n}\n");
}

/* A function in all its forms. */
static void
forms(FILE *f, const struct source *s, const struct function *fn,
    const struct mutants *all)
{
	size_t i;

	marker(f, s, fn->at.from, s->path);
	put(f, s, fn->at.from, fn->body->at.from);
	fprintf(f, ";");
	marker(f, s, fn->at.from, s->path);
	head(f, s, fn, "__plain");
	put(f, s, fn->body->at.from, fn->body->at.to);
	for (i = 0; i < all->n; i++)
		if (is_in(&all->at[i], fn))
			copy(f, &all->at[i]);
	marker(f, s, fn->at.from, s->path);
	choice(f, s, fn, all);
	marker(f, s, fn->at.to, s->path);
}

static bool
has_mutants(const struct function *fn, const struct mutants *all)
{
	size_t i;

	for (i = 0; i < all->n; i++)
		if (is_in(&all->at[i], fn))
			return true;
	return false;
}

/* Unit tests inside the system cannot choose: they get the file as it is. */
static void
begin(FILE *f, const struct source *s, enum rewrite_for kind)
{
	size_t i;

	fprintf(f, "#if defined(UNIT_TEST) && !__STDC_HOSTED__");
	marker(f, s, 0, s->path);
	fprintf(f,
	    "%s\n#elif !defined(MUTANTS_)\n"
	    "#define MUTANTS_\n",
	    s->text);
	for (i = 0; i < sizeof late / sizeof late[0]; i++)
		fprintf(f, "#pragma GCC diagnostic ignored \"-W%s\"\n",
		    late[i]);
	fprintf(f, "#include \"%s\"\n%s%s%s", strrchr(s->path, '/') + 1,
	    preamble, readers[kind], reader);
}

char *
rewrite(const struct source *s, const struct mutants *all,
    enum rewrite_for kind)
{
	char *data = NULL;
	size_t size, i, at = 0;
	FILE *f = open_memstream(&data, &size);

	if (f == NULL)
		die(EXIT_INFRA, "out of memory");
	begin(f, s, kind);
	marker(f, s, 0, s->path);
	for (i = 0; i < s->n; i++)
		if (has_mutants(&s->functions[i], all)) {
			put(f, s, at, s->functions[i].at.from);
			forms(f, s, &s->functions[i], all);
			at = s->functions[i].at.to;
		}
	put(f, s, at, strlen(s->text));
	fprintf(f, "\n#endif\n");
	if (fclose(f) != 0)
		die(EXIT_INFRA, "out of memory");
	return data;
}

unsigned int
rewrite_bury(const char *log, struct mutants *all)
{
	const char *at = log, *eol;
	unsigned int found = 0;
	size_t n;
	char *end;

	for (; *at != '\0'; at = *eol != '\0' ? eol + 1 : eol) {
		eol = at + strcspn(at, "\n");
		if (strncmp(at, MUTANT_FILE, strlen(MUTANT_FILE)) != 0)
			continue;
		n = strtoul(at + strlen(MUTANT_FILE), &end, 10);
		if (n < 1 || n > all->n || all->at[n - 1].dead ||
		    memmem(end, (size_t)(eol - end), " error: ", 8) == NULL)
			continue;
		all->at[n - 1].dead = true;
		found++;
	}
	return found;
}
