/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See symbols.h. */
#include "cmd/db/symbols.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <abi/elf.h>

#define FILE_MAX (8u << 20) /* bytes of a table */
#define UNSIZED  4096u      /* how far a symbol without a size reaches */
#define NR_SHDR  64u

static struct elf_sym *symbols; /* by address */
static char *strings;
static size_t nr_symbols, nr_strings; /* strings: bytes, the last a NUL */

static int
read_at(int fd, uint32_t offset, void *buf, size_t n)
{
	if (lseek(fd, (off_t)offset, SEEK_SET) == -1)
		return -1;
	if (read(fd, buf, n) == (ssize_t)n)
		return 0;
	errno = ENOEXEC;
	return -1;
}

/* A part of the file, with a NUL after it. */
static void *
part(int fd, uint32_t offset, uint32_t size)
{
	char *p = size <= FILE_MAX ? malloc(size + 1) : NULL;

	if (p == NULL) {
		errno = ENOEXEC;
		return NULL;
	}
	p[size] = '\0';
	if (read_at(fd, offset, p, size) == 0)
		return p;
	free(p);
	return NULL;
}

static int
read_header(int fd, struct elf_header *eh)
{
	if (read_at(fd, 0, eh, sizeof *eh) != 0)
		return -1;
	if (eh->magic == ELF_MAGIC && eh->class == ELF_CLASS32 &&
	    eh->type == ELF_TYPE_EXEC)
		return 0;
	errno = ENOEXEC;
	return -1;
}

/* Is it the name of something in the program? */
static bool
is_wanted(const struct elf_sym *s)
{
	unsigned type = ELF_SYM_TYPE(s);

	return s->section != ELF_SECTION_NONE && s->section < ELF_SECTION_ABS &&
	    s->name != 0 && s->name < nr_strings &&
	    (type == ELF_FUNC || type == ELF_OBJECT ||
		(type == ELF_NOTYPE && strings[s->name] != 'L'));
}

/* By address. Of several at one the last counts: a function before others, and
 * one with a name for everybody (open, _open). */
static int
compare(const void *a, const void *b)
{
	const struct elf_sym *x = a, *y = b;

	const char *s = strings + x->name, *t = strings + y->name;

	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	if (ELF_SYM_TYPE(x) != ELF_SYM_TYPE(y))
		return ELF_SYM_TYPE(x) < ELF_SYM_TYPE(y) ? -1 : 1;
	if ((*s == '_') != (*t == '_'))
		return *s == '_' ? -1 : 1;
	return strcmp(s, t);
}

static void
forget(void)
{
	free(symbols);
	free(strings);
	symbols = NULL;
	strings = NULL;
	nr_symbols = nr_strings = 0;
}

static int
load_tables(int fd, const struct elf_shdr *table, const struct elf_shdr *names)
{
	size_t n = table->size / sizeof(struct elf_sym);

	forget();
	symbols = part(fd, table->offset, table->size);
	strings = part(fd, names->offset, names->size);
	if (symbols == NULL || strings == NULL) {
		forget();
		return -1;
	}
	nr_strings = names->size + 1;
	for (size_t i = 0; i < n; i++)
		if (is_wanted(&symbols[i]))
			symbols[nr_symbols++] = symbols[i];
	qsort(symbols, nr_symbols, sizeof symbols[0], compare);
	return 0;
}

static int
load_from(int fd)
{
	struct elf_header eh;
	struct elf_shdr sh[NR_SHDR];

	if (read_header(fd, &eh) != 0)
		return -1;
	errno = ENOEXEC;
	if (eh.shentsize != sizeof sh[0] || eh.shnum > NR_SHDR ||
	    read_at(fd, eh.shoff, sh, eh.shnum * sizeof sh[0]) != 0)
		return -1;
	for (size_t i = 0; i < eh.shnum; i++)
		if (sh[i].type == ELF_SYMTAB && sh[i].link < eh.shnum)
			return load_tables(fd, &sh[i], &sh[sh[i].link]);
	errno = ENOENT;
	return -1;
}

int
symbols_load(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), r, error;

	if (fd == -1)
		return -1;
	r = load_from(fd);
	error = errno;
	(void)close(fd);
	errno = error;
	return r;
}

uint32_t
symbols_entry(const char *path)
{
	struct elf_header eh = { .entry = 0 };
	int fd = open(path, O_RDONLY | O_CLOEXEC), r;

	if (fd == -1)
		return 0;
	r = read_header(fd, &eh);
	(void)close(fd);
	return r == 0 ? eh.entry : 0;
}

bool
symbols_address(const char *name, uint32_t *addr)
{
	for (size_t i = 0; i < nr_symbols; i++)
		if (strcmp(strings + symbols[i].name, name) == 0) {
			*addr = symbols[i].value;
			return true;
		}
	return false;
}

const char *
symbols_name(uint32_t addr, uint32_t *offset)
{
	size_t low = 0, high = nr_symbols;
	const struct elf_sym *s;
	uint32_t size;

	while (low < high) { /* the first one behind the address */
		size_t middle = (low + high) / 2;

		if (symbols[middle].value <= addr)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0)
		return NULL;
	s = &symbols[low - 1];
	size = s->size > 0 ? s->size : UNSIZED;
	if (addr - s->value >= size)
		return NULL;
	*offset = addr - s->value;
	return strings + s->name;
}
