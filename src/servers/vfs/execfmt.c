/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Program files, scripts and argument frames.
 */
#include "servers/vfs/execfmt.h"

#include <abi/elf.h>
#include <abi/errno.h>
#include <abi/vmlayout.h>
#include <lacuna/string.h>

#define SHARE_MIN (16 * PAGE_SIZE)

/* Index of the NULL that ends a vector of pointers, or 0. */
static uint32_t
vector_end(const struct exec_frame *f, uint32_t i)
{
	uint32_t words = f->len / 4;

	while (i < words && f->word[i] != 0) {
		if (f->word[i] >= f->len)
			return 0;
		i++;
	}
	return i < words ? i : 0;
}

int
frame_check(struct exec_frame *f)
{
	uint32_t end;

	if (f->len < 12 || f->len > ARG_MAX || f->len % 4 != 0)
		return -EINVAL;
	if (f->data[f->len - 1] != '\0')
		return -EINVAL;
	f->argc = f->word[0];
	end = vector_end(f, 1);
	if (end == 0 || end != f->argc + 1)
		return -EINVAL;
	f->envp = end + 1;
	return vector_end(f, f->envp) != 0 ? OK : -EINVAL;
}

void
frame_relocate(struct exec_frame *f, vir_bytes base)
{
	uint32_t i;

	for (i = 1; f->word[i] != 0; i++)
		f->word[i] += base;
	for (i = f->envp; f->word[i] != 0; i++)
		f->word[i] += base;
}

/* Append a string; its offset. */
static uint32_t
append(struct exec_frame *f, const char *s)
{
	uint32_t at = f->len;
	size_t n = strlen(s) + 1;

	memcpy(f->data + at, s, n);
	f->len += (uint32_t)n;
	return at;
}

int
frame_script(struct exec_frame *f, const char *script, const char *interp,
    const char *arg)
{
	/* The first argument, if there is one, is replaced by the path. */
	uint32_t drop = f->argc > 0 ? 1 : 0;
	uint32_t put = arg != NULL ? 3 : 2, i, grow = (put - drop) * 4;
	size_t text = strlen(script) + strlen(interp) + 2 +
	    (arg != NULL ? strlen(arg) + 1 : 0);

	if (f->len + grow + text + 4 > ARG_MAX)
		return -E2BIG;

	/* Make room after argc and the dropped one; all offsets move. */
	memmove(f->data + 4 + put * 4, f->data + 4 + drop * 4,
	    f->len - 4 - drop * 4);
	f->len += grow;
	f->argc += put - drop;
	f->envp += put - drop;
	f->word[0] = f->argc;
	for (i = 1 + put; f->word[i] != 0; i++)
		f->word[i] += grow;
	for (i = f->envp; f->word[i] != 0; i++)
		f->word[i] += grow;

	f->word[1] = append(f, interp);
	if (arg != NULL)
		f->word[2] = append(f, arg);
	f->word[put] = append(f, script);
	while (f->len % 4 != 0)
		f->data[f->len++] = '\0';
	return OK;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

bool
script_parse(char *text, uint32_t size, char *interp, size_t room, char **arg)
{
	char *p, *end;

	if (size < 4 || text[0] != '#' || text[1] != '!')
		return false;
	for (end = text + 2; end < text + size && *end != '\n'; end++)
		continue;
	if (end == text + size)
		return false; /* the line does not end: do not guess */
	while (end > text + 2 && is_blank(end[-1]))
		end--;
	*end = '\0';

	for (p = text + 2; is_blank(*p); p++)
		continue;
	text = p;
	while (*p != '\0' && !is_blank(*p))
		p++;
	*arg = NULL;
	if (*p != '\0') {
		*p++ = '\0';
		while (is_blank(*p))
			p++;
		*arg = p;
	}
	return *text != '\0' && strlcpy(interp, text, room) < room;
}

/* A loadable segment must lie in the file and in user space. */
static bool
phdr_ok(const struct elf_phdr *ph, int64_t fsize)
{
	if (ph->filesz > ph->memsz || ph->memsz == 0)
		return false;
	if ((int64_t)ph->offset + ph->filesz > fsize)
		return false;
	return ph->vaddr >= PAGE_SIZE && ph->vaddr < USER_MMAP_BASE &&
	    ph->memsz <= USER_MMAP_BASE - ph->vaddr;
}

/* How much of a segment the file server may share with the program: whole
 * pages that nobody writes. Below some length what is saved is not worth the
 * frames it takes to find out that they are not shared after all. */
static uint32_t
may_share(const struct elf_phdr *ph)
{
	if ((ph->flags & ELF_PF_W) != 0 || ph->filesz < SHARE_MIN ||
	    ph->vaddr % PAGE_SIZE != 0 || ph->offset % PAGE_SIZE != 0)
		return 0;
	return PAGE_FLOOR(ph->filesz);
}

/* Enter a segment. Segments come in ascending order and share no page. */
static int
segment_add(struct exec_program *prog, const struct elf_phdr *ph)
{
	uint32_t i = prog->image.segments;
	vir_bytes start = PAGE_FLOOR(ph->vaddr);

	if (i == VM_SEGMENTS)
		return -ENOEXEC;
	if (i > 0 &&
	    start < prog->image.seg[i - 1].start +
		    PAGE_CEIL(prog->image.seg[i - 1].length))
		return -ENOEXEC;
	prog->image.seg[i].start = start;
	prog->image.seg[i].length = ph->vaddr + ph->memsz - start;
	prog->image.seg[i].filled =
	    ph->filesz == 0 ? 0 : ph->vaddr + ph->filesz - start;
	prog->image.seg[i].lent = may_share(ph);
	prog->image.seg[i].prot = VM_PROT_READ |
	    (ph->flags & ELF_PF_W ? VM_PROT_WRITE : 0u) |
	    (ph->flags & ELF_PF_X ? VM_PROT_EXEC : 0u);
	prog->load[i].vaddr = ph->vaddr;
	prog->load[i].filesz = ph->filesz;
	prog->load[i].offset = ph->offset;
	prog->image.segments++;
	return OK;
}

/* Is the entry point in a segment? */
static bool
entry_ok(const struct exec_program *prog)
{
	uint32_t i;

	for (i = 0; i < prog->image.segments; i++) {
		if (prog->entry - prog->image.seg[i].start <
		    prog->image.seg[i].length)
			return true;
	}
	return false;
}

int
elf_parse(const uint8_t *header, uint32_t size, int64_t fsize,
    struct exec_program *prog)
{
	struct elf_header eh;
	struct elf_phdr ph;
	uint32_t i;
	int r;

	if (size < sizeof eh)
		return -ENOEXEC;
	memcpy(&eh, header, sizeof eh);
	if (eh.magic != ELF_MAGIC || eh.class != ELF_CLASS32 ||
	    eh.data != ELF_DATA_LSB || eh.type != ELF_TYPE_EXEC ||
	    eh.machine != ELF_MACHINE_386 || eh.phentsize != sizeof ph)
		return -ENOEXEC;
	if (eh.phoff > size || eh.phnum > (size - eh.phoff) / sizeof ph)
		return -ENOEXEC; /* headers we have not read */

	memset(prog, 0, sizeof *prog);
	prog->entry = eh.entry;
	for (i = 0; i < eh.phnum; i++) {
		memcpy(&ph, header + eh.phoff + i * sizeof ph, sizeof ph);
		if (ph.type != ELF_LOAD)
			continue;
		r = phdr_ok(&ph, fsize) ? segment_add(prog, &ph) : -ENOEXEC;
		if (r != OK)
			return r;
	}
	return entry_ok(prog) ? OK : -ENOEXEC;
}
