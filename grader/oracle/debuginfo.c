/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Variables by name, read from DWARF. A name is evaluated from left to
 * right: each step has an address and a type, and goes to a part of it.
 */
#include "grader/oracle/debuginfo.h"

#include <ctype.h>
#include <dwarf.h>
#include <elfutils/libdw.h>
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define POINTER_SIZE 4

struct program {
	int fd;
	Dwarf *dwarf;
	Elf *elf;
};

/* A step of the evaluation. */
struct step {
	uint32_t addr;
	Dwarf_Die type; /* without names and qualifiers */
	debug_reader *read;
	void *ctx;
};

struct program *
program_open(const char *path)
{
	struct program *p = calloc(1, sizeof *p);

	if (p == NULL)
		return NULL;
	elf_version(EV_CURRENT);
	p->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (p->fd >= 0)
		p->dwarf = dwarf_begin(p->fd, DWARF_C_READ);
	if (p->dwarf != NULL)
		p->elf = dwarf_getelf(p->dwarf);
	if (p->elf == NULL) {
		program_close(p);
		return NULL;
	}
	return p;
}

void
program_close(struct program *p)
{
	if (p == NULL)
		return;
	if (p->dwarf != NULL)
		dwarf_end(p->dwarf);
	if (p->fd >= 0)
		close(p->fd);
	free(p);
}

void
program_range(const struct program *p, uint32_t *start, uint32_t *end)
{
	GElf_Phdr h;
	size_t n = 0;

	*start = UINT32_MAX;
	*end = 0;
	if (elf_getphdrnum(p->elf, &n) != 0)
		return;
	for (size_t i = 0; i < n; i++) {
		if (gelf_getphdr(p->elf, (int)i, &h) == NULL ||
		    h.p_type != PT_LOAD)
			continue;
		if (h.p_vaddr < *start)
			*start = (uint32_t)h.p_vaddr;
		if (h.p_vaddr + h.p_memsz > *end)
			*end = (uint32_t)(h.p_vaddr + h.p_memsz);
	}
}

const uint8_t *
program_code(const struct program *p, uint32_t *addr, uint32_t *bytes)
{
	size_t n = 0, size = 0;
	const char *file = elf_rawfile(p->elf, &size);
	GElf_Phdr h;

	if (file == NULL || elf_getphdrnum(p->elf, &n) != 0)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		if (gelf_getphdr(p->elf, (int)i, &h) == NULL ||
		    h.p_type != PT_LOAD || (h.p_flags & PF_W) != 0 ||
		    (h.p_flags & PF_X) == 0 || h.p_offset > size ||
		    h.p_filesz > size - h.p_offset)
			continue;
		*addr = (uint32_t)h.p_vaddr;
		*bytes = (uint32_t)h.p_filesz;
		return (const uint8_t *)file + h.p_offset;
	}
	return NULL;
}

/* Is this the symbol that is looked for? */
typedef bool symbol_test(const GElf_Sym *sym, const char *name,
    const void *what);

/* The first symbol that passes a test; NULL: none does. */
static const char *
symbol_first(const struct program *p, symbol_test *test, const void *what,
    GElf_Sym *sym)
{
	Elf_Scn *s = NULL;
	const char *name;
	Elf_Data *data;
	GElf_Shdr h;

	while ((s = elf_nextscn(p->elf, s)) != NULL) {
		if (gelf_getshdr(s, &h) == NULL || h.sh_type != SHT_SYMTAB ||
		    (data = elf_getdata(s, NULL)) == NULL)
			continue;
		for (int i = 0; gelf_getsym(data, i, sym) != NULL; i++) {
			name = elf_strptr(p->elf, h.sh_link, sym->st_name);
			if (name != NULL && sym->st_shndx != SHN_UNDEF &&
			    test(sym, name, what))
				return name;
		}
	}
	return NULL;
}

static bool
has_name(const GElf_Sym *sym, const char *name, const void *what)
{
	(void)sym;
	return strcmp(name, what) == 0;
}

static bool
is_around(const GElf_Sym *sym, const char *name, const void *what)
{
	const uint32_t *addr = what;

	(void)name;
	return GELF_ST_TYPE(sym->st_info) == STT_FUNC &&
	    *addr >= sym->st_value && *addr - sym->st_value < sym->st_size;
}

bool
program_symbol(const struct program *p, const char *name, uint32_t *addr)
{
	GElf_Sym sym;

	if (symbol_first(p, has_name, name, &sym) == NULL)
		return false;
	*addr = (uint32_t)sym.st_value;
	return true;
}

const char *
program_function(const struct program *p, uint32_t addr)
{
	GElf_Sym sym;

	return symbol_first(p, is_around, &addr, &sym);
}

/* Is a path the one that is meant, or does it end with it? */
static bool
is_file(const char *path, const char *file, size_t n)
{
	size_t len = path != NULL ? strlen(path) : 0;

	return len >= n && memcmp(path + len - n, file, n) == 0 &&
	    (len == n || path[len - n - 1] == '/');
}

static bool
is_called(Dwarf_Die *die, const char *name, size_t n)
{
	const char *own = dwarf_diename(die);

	return own != NULL && strlen(own) == n && memcmp(own, name, n) == 0;
}

/* The type of a variable, member, array or pointer. */
static bool
type_of(Dwarf_Die *die, Dwarf_Die *type)
{
	Dwarf_Attribute a;
	Dwarf_Die named;

	return dwarf_attr_integrate(die, DW_AT_type, &a) != NULL &&
	    dwarf_formref_die(&a, &named) != NULL &&
	    dwarf_peel_type(&named, type) == 0;
}

/* The address of a variable; false if this is only its declaration. */
static bool
address_of(Dwarf_Die *die, uint32_t *addr)
{
	Dwarf_Attribute a;
	Dwarf_Op *op;
	size_t n;

	if (dwarf_attr(die, DW_AT_location, &a) == NULL ||
	    dwarf_getlocation(&a, &op, &n) != 0 || n != 1 ||
	    op->atom != DW_OP_addr)
		return false;
	*addr = (uint32_t)op->number;
	return true;
}

/* A variable of one compilation unit. */
static int
find_in_unit(Dwarf_Die *unit, const char *name, size_t n, struct step *s)
{
	Dwarf_Die die;

	if (dwarf_child(unit, &die) != 0)
		return -ENOENT;
	do {
		if (dwarf_tag(&die) == DW_TAG_variable &&
		    is_called(&die, name, n) && address_of(&die, &s->addr) &&
		    type_of(&die, &s->type))
			return 0;
	} while (dwarf_siblingof(&die, &die) == 0);
	return -ENOENT;
}

static size_t
word_length(const char *s)
{
	size_t n = 0;

	while (isalnum((unsigned char)s[n]) || s[n] == '_')
		n++;
	return n;
}

/* FILE:NAME; *at is left behind it. */
static int
find_variable(const struct program *p, const char **at, struct step *s)
{
	const char *colon = strchr(*at, ':'), *file = *at;
	Dwarf_CU *cu = NULL;
	Dwarf_Die unit;
	size_t nfile, nname;

	if (colon == NULL || colon == file)
		return -EINVAL;
	nfile = (size_t)(colon - file);
	nname = word_length(colon + 1);
	*at = colon + 1 + nname;
	while (dwarf_get_units(p->dwarf, cu, &cu, NULL, NULL, &unit, NULL) == 0)
		if (is_file(dwarf_diename(&unit), file, nfile) &&
		    find_in_unit(&unit, colon + 1, nname, s) == 0)
			return 0;
	return -ENOENT;
}

/* If it is a pointer, go to what it points to. */
static int
follow(struct step *s)
{
	uint32_t pointer;

	if (dwarf_tag(&s->type) != DW_TAG_pointer_type)
		return 0;
	if (s->read == NULL || !s->read(s->ctx, s->addr, &pointer))
		return -EFAULT;
	if (!type_of(&s->type, &s->type))
		return -EINVAL;
	s->addr = pointer;
	return 0;
}

static int
to_member(struct step *s, const char *name, size_t n)
{
	Dwarf_Attribute a;
	Dwarf_Word offset = 0;
	Dwarf_Die die;
	int e = follow(s);

	if (e < 0)
		return e;
	if ((dwarf_tag(&s->type) != DW_TAG_structure_type &&
		dwarf_tag(&s->type) != DW_TAG_union_type) ||
	    dwarf_child(&s->type, &die) != 0)
		return -EINVAL;
	while (dwarf_tag(&die) != DW_TAG_member || !is_called(&die, name, n))
		if (dwarf_siblingof(&die, &die) != 0)
			return -ENOENT;
	if (dwarf_attr(&die, DW_AT_data_member_location, &a) != NULL &&
	    dwarf_formudata(&a, &offset) != 0)
		return -EINVAL;
	if (!type_of(&die, &s->type))
		return -EINVAL;
	s->addr += (uint32_t)offset;
	return 0;
}

static int
to_element(struct step *s, unsigned long index)
{
	bool array = dwarf_tag(&s->type) == DW_TAG_array_type;
	Dwarf_Word all = 0, one;
	Dwarf_Die type;
	int e;

	if (array) {
		if (dwarf_aggregate_size(&s->type, &all) != 0 ||
		    !type_of(&s->type, &type))
			return -EINVAL;
		s->type = type;
	} else if (dwarf_tag(&s->type) != DW_TAG_pointer_type) {
		return -EINVAL;
	} else if ((e = follow(s)) < 0) {
		return e;
	}
	if (dwarf_aggregate_size(&s->type, &one) != 0 || one == 0)
		return -EINVAL;
	if (array && index >= all / one)
		return -ERANGE;
	s->addr += (uint32_t)(index * one);
	return 0;
}

/* What follows the variable's name. */
static int
walk(struct step *s, const char *at)
{
	unsigned long index;
	size_t n;
	char *end;
	int e = 0;

	while (e == 0 && *at != '\0') {
		if (*at == '.') {
			n = word_length(at + 1);
			e = to_member(s, at + 1, n);
			at += 1 + n;
		} else if (*at == '[' && isdigit((unsigned char)at[1])) {
			index = strtoul(at + 1, &end, 10);
			if (*end != ']')
				return -EINVAL;
			e = to_element(s, index);
			at = end + 1;
		} else {
			return -EINVAL;
		}
	}
	return e;
}

/* Numbers of a signed type may be negative. */
static bool
is_signed(Dwarf_Die *type)
{
	Dwarf_Attribute a;
	Dwarf_Word encoding;

	return dwarf_tag(type) == DW_TAG_base_type &&
	    dwarf_attr(type, DW_AT_encoding, &a) != NULL &&
	    dwarf_formudata(&a, &encoding) == 0 && encoding == DW_ATE_signed;
}

int
program_find(const struct program *p, const char *name, debug_reader *read,
    void *ctx, struct variable *v)
{
	struct step s = { .read = read, .ctx = ctx };
	Dwarf_Word size = POINTER_SIZE;
	int e = find_variable(p, &name, &s);

	if (e == 0)
		e = walk(&s, name);
	if (e < 0)
		return e;
	if (dwarf_tag(&s.type) != DW_TAG_pointer_type &&
	    dwarf_aggregate_size(&s.type, &size) != 0)
		return -EINVAL;
	v->addr = s.addr;
	v->size = (uint32_t)size;
	v->is_signed = is_signed(&s.type);
	return 0;
}
