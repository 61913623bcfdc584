/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Reading what Bochs prints: telling the guest's lines from the debugger's,
 * and the text screen out of a memory dump.
 */
#include "grader/emulator/bochs_output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VIDEO_MEMORY 0xB8000u
#define CELL_BYTES   2

char *
text_copy(const char *text)
{
	char *copy = strdup(text);

	if (copy == NULL)
		abort();
	return copy;
}

void
text_add(struct bochs_text *text, const char *bytes, size_t n)
{
	size_t room;
	char *grown;

	if (n > BOCHS_TEXT_MAX - text->size)
		n = BOCHS_TEXT_MAX - text->size;
	for (room = 4096; room < text->size + n + 1; room *= 2)
		continue;
	grown = realloc(text->bytes, room);
	if (grown == NULL)
		abort();
	memcpy(grown + text->size, bytes, n);
	text->bytes = grown;
	text->size += n;
	text->bytes[text->size] = '\0';
}

bool
line_is_panic(const char *line)
{
	return strncmp(line, "panic:", 6) == 0 ||
	    strncmp(line, "kernel panic:", 13) == 0;
}

static void
guest_line(struct bochs_stdout *s, const char *line)
{
	const struct bochs_config *c = s->config;
	size_t max = c->output_max != 0 ? c->output_max : BOCHS_OUTPUT_MAX;

	s->output += strlen(line) + 1;
	if (s->output > max) {
		s->flooded = true;
		return;
	}
	if (line_is_panic(line) && !s->panicked) {
		s->panicked = true;
		snprintf(s->first_panic, sizeof s->first_panic, "%s", line);
	}
	if (c->on_line != NULL && !s->stop && c->on_line(c->ctx, line) != 0)
		s->stop = true;
}

/* Lines the debugger prints when it stops. A guest could print them, too; so
 * they are held until the next line shows whether the mark follows. */
static char *
stop_text(char *line)
{
	static const char *const texts[] = { "(0) Caught ", "(0) Breakpoint ",
		"(0) Magic ", "Next at t=", "(0) [0x", "(0).[" };
	char *at = NULL, *found;

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		found = strstr(line, texts[i]);
		if (found != NULL && (at == NULL || found < at))
			at = found;
	}
	return at;
}

static void
held_drop(struct bochs_stdout *s)
{
	for (int i = 0; i < s->nheld; i++)
		free(s->held[i]);
	s->nheld = 0;
}

/* The held lines were the guest's after all. */
static void
held_deliver(struct bochs_stdout *s)
{
	for (int i = 0; i < s->nheld; i++)
		guest_line(s, s->held[i]);
	held_drop(s);
}

/* What precedes the debugger's text in a line is the beginning of a line of
 * the guest; the rest comes when it has gone on, or never. */
static void
begun_keep(struct bochs_stdout *s, const char *line, size_t n)
{
	free(s->begun);
	s->begun = strndup(line, n);
	if (s->begun == NULL)
		abort();
}

/* The guest goes on, at the middle of a line. */
static void
begun_resume(struct bochs_stdout *s)
{
	if (s->begun == NULL)
		return;
	s->length = strlen(s->begun);
	memcpy(s->line, s->begun, s->length);
	free(s->begun);
	s->begun = NULL;
}

/* The mark came: only what precedes the debugger's text in the first held
 * line, an unfinished line of the guest, is the guest's. */
static void
held_settle(struct bochs_stdout *s)
{
	char *at;
	int first;

	/* The debugger's own lines are the last two or three. */
	first = s->nheld;
	while (first > 0 && s->nheld - first < 3)
		first--;
	for (int i = 0; i < s->nheld; i++) {
		at = stop_text(s->held[i]);
		if (i < first || at == NULL) {
			guest_line(s, s->held[i]);
			continue;
		}
		if (strncmp(at, "(0) Breakpoint", 14) == 0)
			s->broke = true;
		if (strncmp(at, "(0) Magic", 9) == 0)
			s->magic = true;
		if (at != s->held[i])
			begun_keep(s, s->held[i], (size_t)(at - s->held[i]));
	}
	held_drop(s);
}

static void
guest_part(struct bochs_stdout *s, char *line)
{
	if (stop_text(line) == NULL) {
		held_deliver(s);
		guest_line(s, line);
		return;
	}
	if (s->nheld == BOCHS_HELD_MAX) {
		guest_line(s, s->held[0]);
		free(s->held[0]);
		memmove(s->held, s->held + 1,
		    (size_t)--s->nheld * sizeof s->held[0]);
	}
	s->held[s->nheld++] = text_copy(line);
}

static bool
is_mark(const struct bochs_stdout *s, const char *line)
{
	char mark[32];

	if (s->part == PART_END)
		return false;
	snprintf(mark, sizeof mark, "%#x %u", s->mark[s->part],
	    s->mark[s->part]);
	return strcmp(line, mark) == 0;
}

static void
line_done(struct bochs_stdout *s)
{
	struct bochs_text *text = s->part == PART_STATE ? &s->state : &s->dump;
	bool resumed = false;

	s->line[s->length] = '\0';
	if (is_mark(s, s->line)) {
		if (s->part == PART_GUEST)
			held_settle(s);
		s->part++;
		resumed = s->part == PART_GUEST;
	} else if (s->part == PART_GUEST) {
		guest_part(s, s->line);
	} else if (s->part == PART_STATE || s->part == PART_DUMP) {
		text_add(text, s->line, s->length);
		text_add(text, "\n", 1);
	}
	s->length = 0;
	if (resumed)
		begun_resume(s);
}

void
stdout_add(struct bochs_stdout *s, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (bytes[i] == '\r' || bytes[i] == '\0')
			continue;
		if (bytes[i] == '\n' || s->length == BOCHS_LINE_MAX)
			line_done(s);
		if (bytes[i] != '\n')
			s->line[s->length++] = bytes[i];
	}
}

void
stdout_again(struct bochs_stdout *s)
{
	s->part = PART_BANNER;
	s->magic = false;
	s->state.size = s->dump.size = 0;
}

void
stdout_end(struct bochs_stdout *s)
{
	if (s->length > 0)
		line_done(s);
	held_settle(s); /* Bochs died: it tells where, without the mark */
	if (s->begun != NULL)
		guest_line(s, s->begun); /* it never ended */
	free(s->begun);
	s->begun = NULL;
}

/* The answer to a command: the hexadecimal number behind a word. */
static bool
answer(const char *state, const char *word, uint32_t *value)
{
	const char *at = strstr(state, word);
	char *end;
	unsigned long long n;

	if (at == NULL)
		return false;
	at += strlen(word);
	n = strtoull(at, &end, 16);
	if (*end == '_') /* high and low half of a register */
		n = strtoull(end + 1, NULL, 16);
	*value = (uint32_t)n;
	return end != at;
}

bool
stop_parse(const char *state, struct bochs_stop *stop)
{
	const char *at = strstr(state, "ptime: ");
	uint32_t cs;

	if (at == NULL || !answer(state, "cs:", &cs))
		return false;
	stop->ticks = strtoull(at + strlen("ptime: "), NULL, 10);
	stop->user = (cs & 3) == 3;
	return answer(state, "CR3=", &stop->page_dir) &&
	    answer(state, "rip: ", &stop->pc) &&
	    answer(state, "idtr:base=", &stop->idt);
}

/* One line of the dump: address, symbol, then bytes, each after a tab. */
static bool
dump_line(const char *line, char *cells, size_t size)
{
	unsigned long address = strtoul(line, NULL, 16), byte;
	const char *at = strstr(line, ">:");
	bool any = false;

	if (at == NULL || address < VIDEO_MEMORY)
		return false;
	address -= VIDEO_MEMORY;
	for (at += 2; *at == '\t' && address < size;
	     at += strcspn(at, "\t\n")) {
		byte = strtoul(++at, NULL, 16);
		if (byte >= ' ' && byte < 0x7F)
			cells[address] = (char)byte;
		address++;
		any = true;
	}
	return any;
}

char *
screen_text(const char *state)
{
	char cells[BOCHS_SCREEN_ROWS * BOCHS_SCREEN_COLS * CELL_BYTES];
	struct bochs_text text = { NULL, 0 };
	char row[BOCHS_SCREEN_COLS];
	bool any = false;
	size_t n;

	memset(cells, ' ', sizeof cells);
	for (const char *at = strstr(state, "0x00000000000b"); at != NULL;
	     at = strstr(at + 1, "0x00000000000b"))
		any |= dump_line(at, cells, sizeof cells);
	if (!any)
		return text_copy("");
	for (size_t y = 0; y < BOCHS_SCREEN_ROWS; y++) {
		for (size_t x = 0; x < BOCHS_SCREEN_COLS; x++)
			row[x] =
			    cells[(y * BOCHS_SCREEN_COLS + x) * CELL_BYTES];
		for (n = BOCHS_SCREEN_COLS; n > 0 && row[n - 1] == ' '; n--)
			continue;
		text_add(&text, row, n);
		text_add(&text, "\n", 1);
	}
	return text.bytes;
}
