/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See value.h. */
#include "cmd/trace/value.h"

#include <ctype.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <abi/errno.h>

#include <lacuna/cmdtext.h>

#include "cmd/trace/process.h"

#define FEW          4    /* fields of a record in memory */
#define ARGS_MAX     16   /* shown of exec */
#define STRING_LIMIT 4096 /* of any length that is asked for */

struct value_limits value_limits = { .string = 32 };

const char *
value_name(const struct name *names, uint32_t value)
{
	for (; names->text != NULL; names++)
		if (names->value == value && !names->is_mask)
			return names->text;
	return NULL;
}

void
value_status(struct text *t, int32_t status)
{
	const char *name = NULL;

	if (status == OK) {
		text_add(t, "OK");
		return;
	}
	if (status < 0)
		name = value_name(error_names, 0 - (uint32_t)status);
	if (name == NULL) {
		text_number(t, status);
		return;
	}
	text_char(t, '-');
	text_add(t, name);
}

void
value_endpoint(struct text *t, endpoint_t ep)
{
	static const char tail[] = "_PROC_NR";
	const char *name = value_name(endpoint_names, (uint32_t)ep);
	size_t n;

	if (name == NULL) {
		text_number(t, ep);
		return;
	}
	n = strlen(name);
	if (n > sizeof tail && strcmp(name + n - sizeof tail + 1, tail) == 0)
		n -= sizeof tail - 1;
	for (size_t i = 0; i < n; i++)
		text_char(t, (char)tolower((unsigned char)name[i]));
}

void
value_signal(struct text *t, int sig)
{
	const char *name = value_name(signal_names, (uint32_t)sig);

	if (name != NULL)
		text_add(t, name);
	else
		text_number(t, sig);
}

/* A number out of a structure. */
static int64_t
number(const void *at, size_t size, bool is_signed)
{
	uint64_t n = 0;

	memcpy(&n, at, size <= sizeof n ? size : sizeof n);
	if (is_signed && size < sizeof n && (n >> (8 * size - 1) & 1) != 0)
		n |= ~(uint64_t)0 << 8 * size;
	return (int64_t)n;
}

/* The number in a field of a structure. */
static uint32_t
field_number(const struct value_of *v, size_t i)
{
	const struct field *f = &v->record->field[i];

	return (
	    uint32_t)number((const char *)v->bytes + f->offset, f->size, false);
}

static void
add_flag(struct text *t, size_t begin, const char *name)
{
	if (t->n > begin)
		text_char(t, '|');
	text_add(t, name);
}

/* Flags, or-ed; of those under a mask (O_ACCMODE) there is always one. */
static void
flags(struct text *t, const struct name *names, uint32_t value)
{
	const char *name = value_name(names, value);
	size_t begin = t->n;
	uint32_t mask = 0;

	if (name != NULL) {
		text_add(t, name);
		return;
	}
	for (const struct name *n = names; n->text != NULL; n++)
		mask |= n->is_mask ? n->value : 0;
	name = mask != 0 ? value_name(names, value & mask) : NULL;
	if (name != NULL) {
		text_add(t, name);
		value &= ~mask;
	}
	for (const struct name *n = names; n->text != NULL; n++) {
		if (n->value == 0 || (value & n->value) != n->value)
			continue;
		add_flag(t, begin, n->text);
		value &= ~n->value;
	}
	if (value == 0 && t->n > begin)
		return;
	if (t->n > begin)
		text_char(t, '|');
	text_digits(t, value, value < 10 ? 10 : 16);
}

static void
signals(struct text *t, uint32_t set)
{
	text_char(t, '{');
	for (int sig = 1; sig <= 32; sig++) {
		if ((set >> (sig - 1) & 1) == 0)
			continue;
		if (t->s[t->n - 1] != '{')
			text_char(t, ' ');
		value_signal(t, sig);
	}
	text_char(t, '}');
}

static void
wait_status(struct text *t, int status)
{
	if (WIFEXITED(status)) {
		text_add(t, "exit ");
		text_number(t, WEXITSTATUS(status));
	} else if (WIFSTOPPED(status)) {
		text_add(t, "stop ");
		value_signal(t, WSTOPSIG(status));
	} else if (WIFSIGNALED(status)) {
		value_signal(t, WTERMSIG(status));
	} else {
		text_digits(t, (uint32_t)status, 16);
	}
}

/* One of names; what has none as a small number or an address. */
static void
one_of(struct text *t, const struct name *names, int64_t value)
{
	const char *name = value_name(names, (uint32_t)value);

	if (name != NULL)
		text_add(t, name);
	else if (value < 0 || value >= 4096)
		text_digits(t, (uint32_t)value, 16);
	else
		text_number(t, value);
}

/* Memory as a string: n bytes, or fewer if a NUL ends it. */
static void
bytes(struct text *t, pid_t pid, uint32_t addr, size_t n, bool ends)
{
	static char buf[STRING_LIMIT];
	size_t want = n < value_limits.string ? n : value_limits.string;
	size_t got = process_peek(pid, addr, buf, want), used;

	if (got == 0 && n > 0) {
		text_digits(t, addr, 16);
		return;
	}
	used = ends ? strnlen(buf, got) : got;
	text_quote(t, buf, used);
	if (used == got && (got < want || want < n))
		text_add(t, "...");
}

/* A word of the frame of exec. */
static uint32_t
frame_word(pid_t pid, uint32_t frame, size_t i)
{
	uint32_t word = 0;

	(void)process_peek(pid, frame + (uint32_t)(4 * i), &word, sizeof word);
	return word;
}

/* The arguments in the frame of exec: see struct pm_exec_req. */
static void
arguments(struct text *t, pid_t pid, uint32_t frame, size_t length)
{
	uint32_t argc = frame_word(pid, frame, 0), i, at;

	text_char(t, '[');
	for (i = 0; i < argc && i < ARGS_MAX; i++) {
		at = frame_word(pid, frame, i + 1);
		if (at >= length)
			break;
		if (i > 0)
			text_add(t, ", ");
		bytes(t, pid, frame + at, length - at, true);
	}
	text_add(t, i < argc ? "...]" : "]");
}

static void show_record(struct text *t, const struct value_of *v);

/* A structure at an address. */
static void
pointed(struct text *t, pid_t pid, const struct record *record, uint32_t addr)
{
	static uint8_t buf[4096];
	const struct field *last = &record->field[record->fields - 1];
	size_t n =
	    last->offset + last->size * (last->count > 0 ? last->count : 1u);
	struct value_of v = { pid, record, buf };

	if (n > sizeof buf || process_peek(pid, addr, buf, n) < n)
		text_digits(t, addr, 16);
	else
		show_record(t, &v);
}

/* What the caller has filled at an address, or else the address. */
static void
memory(struct text *t, const struct value_of *v, const struct field *f,
    uint32_t addr)
{
	size_t length = f->length > 0 ? field_number(v, f->length - 1u) : 0;

	if (f->way != WAY_IN)
		text_digits(t, addr, 16);
	else if (f->kind == FIELD_POINTER)
		pointed(t, v->pid, f->record, addr);
	else if (f->kind == FIELD_ARGV)
		arguments(t, v->pid, addr, length);
	else
		bytes(t, v->pid, addr, length, f->kind == FIELD_STRING);
}

static void
scalar(struct text *t, const struct value_of *v, const struct field *f,
    const void *at)
{
	int64_t n = number(at, f->size, f->kind == FIELD_INT);
	struct value_of inner = { v->pid, f->record, at };

	switch (f->kind) {
	case FIELD_INT:
		text_number(t, n);
		break;
	case FIELD_UINT:
		text_digits(t, (uint64_t)n, 10);
		break;
	case FIELD_HEX:
		text_digits(t, (uint64_t)n, 16);
		break;
	case FIELD_OCTAL:
		text_digits(t, (uint64_t)n, 8);
		break;
	case FIELD_FLAGS:
		flags(t, f->names, (uint32_t)n);
		break;
	case FIELD_ONE_OF:
		one_of(t, f->names, (int32_t)n);
		break;
	case FIELD_ENDPOINT:
		value_endpoint(t, (endpoint_t)n);
		break;
	case FIELD_SIGNALS:
		signals(t, (uint32_t)n);
		break;
	case FIELD_WAIT:
		wait_status(t, (int)n);
		break;
	case FIELD_RECORD:
		show_record(t, &inner);
		break;
	case FIELD_STRING:
	case FIELD_ARGV:
	case FIELD_BYTES:
	case FIELD_POINTER:
		memory(t, v, f, (uint32_t)n);
		break;
	case FIELD_CHARS:
	case FIELD_OTHER:
	default:
		text_add(t, "?");
		break;
	}
}

static void
value(struct text *t, const struct value_of *v, const struct field *f)
{
	const char *at = (const char *)v->bytes + f->offset;

	if (f->kind == FIELD_CHARS) {
		text_quote(t, at, strnlen(at, f->count));
		return;
	}
	if (f->count == 0) {
		scalar(t, v, f, at);
		return;
	}
	text_char(t, '[');
	for (size_t i = 0; i < f->count; i++) {
		if (i > 0)
			text_add(t, ", ");
		scalar(t, v, f, at + i * f->size);
	}
	text_char(t, ']');
}

/* Is a field the length of the string before it, which shows it? */
static bool
is_shown(const struct record *r, size_t i)
{
	const struct field *f = i > 0 ? &r->field[i - 1] : NULL;

	return f == NULL || f->way != WAY_IN || f->length != i + 1 ||
	    (f->kind != FIELD_STRING && f->kind != FIELD_ARGV);
}

static void
fields(struct text *t, const struct value_of *v, size_t most)
{
	size_t shown = 0, i;

	for (i = 0; i < v->record->fields && shown < most; i++) {
		if (!is_shown(v->record, i))
			continue;
		if (shown++ > 0)
			text_add(t, ", ");
		text_add(t, v->record->field[i].name);
		text_char(t, '=');
		value(t, v, &v->record->field[i]);
	}
	if (i < v->record->fields)
		text_add(t, ", ...");
}

void
value_fields(struct text *t, const struct value_of *v)
{
	fields(t, v, SIZE_MAX);
}

static void
show_record(struct text *t, const struct value_of *v)
{
	text_char(t, '{');
	fields(t, v, value_limits.all ? SIZE_MAX : FEW);
	text_char(t, '}');
}

/* How many bytes the server has filled: the reply says it, or the request. */
static size_t
filled_length(const struct value_of *req, const struct value_of *rep,
    const struct field *f)
{
	const char *name = req->record->field[f->length - 1].name;

	for (size_t i = 0; i < rep->record->fields; i++)
		if (strcmp(rep->record->field[i].name, name) == 0)
			return field_number(rep, i);
	return field_number(req, f->length - 1u);
}

void
value_filled(struct text *t, const struct value_of *req,
    const struct value_of *rep)
{
	for (size_t i = 0; i < req->record->fields; i++) {
		const struct field *f = &req->record->field[i];
		uint32_t addr = field_number(req, i);
		size_t n = 1;

		if (f->way != WAY_OUT)
			continue;
		if (f->length > 0)
			n = filled_length(req, rep, f);
		if (f->kind == FIELD_POINTER && n == 0)
			continue;
		text_char(t, ' ');
		if (f->kind == FIELD_POINTER)
			pointed(t, req->pid, f->record, addr);
		else
			bytes(t, req->pid, addr, n, f->kind == FIELD_STRING);
	}
}
