/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * system.conf(5), see cmd/service/conf.h.
 */
#include "cmd/service/conf.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <abi/dev.h>
#include <proto/label.h>
#include <proto/rights.h>

#define WORD_MAX    128
#define UID_SERVICE 12
#define PORT_MAX    0xffff

/** A file that is being read. */
struct conf {
	FILE *file;
	const char *path;
	int line, column;       /* of the next character */
	int at_line, at_column; /* of the current word, from 1 */
	char word[WORD_MAX];    /* that; empty at the end */
};

/** A call by its name. */
struct call_name {
	int number;
	const char *name;
};

static const struct call_name kernel_calls[] = { KERNEL_CALLS(PROTO_LABEL) };
static const struct call_name vm_calls[] = { VM_CALLS(PROTO_LABEL) };

/* A constant as text. */
#define NUMERAL(constant) TEXT(constant)
#define TEXT(tokens)      #tokens

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

#define SCRIPT_MAX 63
_Static_assert(SCRIPT_MAX == RS_SCRIPT_MAX - 1, "as the text says");

static const int base_kcalls[] = { BASE_KCALLS };

/* What to write instead, where that is long. */
static const char no_call[] = "no such call: names are in capitals, without "
			      "SYS_ or VM_; or say ALL or NONE";
static const char no_script[] =
    "no script: write a path that begins with / "
    "and has up to " NUMERAL(SCRIPT_MAX) " characters";
static const char no_range[] = "no range: write FIRST or FIRST:LENGTH in "
			       "hexadecimal";
static const char no_port[] = "no range of ports: the last there is is ffff";
static const char no_value[] = "a value is missing before this";
const char conf_no_period[] =
    "no period: write ticks, at least 1, or seconds as in 2HZ";

const char conf_no_major[] = "no device number: they are below " NUMERAL(
    NR_MAJORS) ", but not 0 nor " NUMERAL(CTTY_MAJOR);

/* Say where the current word is wrong, and what to write instead. */
static int
wrong(const struct conf *c, const char *what)
{
	fprintf(stderr, "%s:%d:%d: %s: %s\n", c->path, c->at_line, c->at_column,
	    c->word[0] != '\0' ? c->word : "end of file", what);
	return EINVAL;
}

/* The next character, which is counted. */
static int
get(struct conf *c)
{
	int ch = getc(c->file);

	c->column++;
	if (ch == '\n') {
		c->line++;
		c->column = 1;
	}
	return ch;
}

/* Is this a character that a word ends before? */
static bool
ends_word(int ch)
{
	return ch == EOF || strchr("{}; \t\n#", ch) != NULL;
}

/* Look at the next character. */
static int
peek(struct conf *c)
{
	return ungetc(getc(c->file), c->file);
}

/* Skip blanks and comments. */
static void
blanks_skip(struct conf *c)
{
	bool comment = false;
	int ch;

	while ((ch = peek(c)) != EOF) {
		if (ch == '\n')
			comment = false;
		else if (ch == '#')
			comment = true;
		else if (!comment && ch != ' ' && ch != '\t')
			break;
		(void)get(c);
	}
}

/* Read the next word. Braces and semicolons are words of their own; of a word
 * that is too long for anything the beginning is enough to be wrong. */
static void
next(struct conf *c)
{
	size_t n = 0;
	int ch;

	blanks_skip(c);
	c->at_line = c->line;
	c->at_column = c->column;
	ch = peek(c);
	while (ch != EOF) {
		(void)get(c);
		if (n < WORD_MAX - 1)
			c->word[n++] = (char)ch;
		if (strchr("{};", ch) != NULL || ends_word(ch = peek(c)))
			break;
	}
	c->word[n] = '\0';
}

static bool
is(const struct conf *c, const char *word)
{
	return strcmp(c->word, word) == 0;
}

/* Is the current word an argument, not the end of the line? */
static bool
is_argument(const struct conf *c)
{
	return c->word[0] != '\0' && strchr("{};", c->word[0]) == NULL;
}

/* Read a number, all of a text or up to a character. */
static bool
number(const char *text, int base, char until, uint32_t *value)
{
	unsigned long n;
	char *end;

	if (!isxdigit((unsigned char)*text))
		return false; /* strtoul() takes signs and blanks */
	errno = 0;
	n = strtoul(text, &end, base);
	*value = (uint32_t)n;
	return errno == 0 && (*end == '\0' || (until && *end == until));
}

bool
conf_number(const char *text, uint32_t *value)
{
	return number(text, 10, 0, value);
}

bool
conf_period(const char *text, uint32_t *ticks)
{
	uint32_t n, unit = 1;

	if (!number(text, 10, 'H', &n))
		return false;
	if (strchr(text, 'H') != NULL) {
		if (strcmp(strchr(text, 'H'), "HZ") != 0)
			return false;
		unit = (uint32_t)sysconf(_SC_CLK_TCK);
	}
	if (n == 0 || n > RS_PERIOD_MAX / unit)
		return false;
	*ticks = n * unit;
	return true;
}

bool
conf_major(const char *text, int32_t *major)
{
	uint32_t n;

	if (!conf_number(text, &n) || n == 0 || n >= NR_MAJORS ||
	    n == CTTY_MAJOR)
		return false;
	*major = (int32_t)n;
	return true;
}

bool
conf_restart(const char *text, uint32_t *when)
{
	static const char *const
	    words[] = { [RS_BACK_OFF] = "back-off", [RS_AT_ONCE] = "at-once" };
	uint32_t i;

	for (i = 0; i < COUNT(words); i++) {
		if (strcmp(text, words[i]) == 0) {
			*when = i;
			return true;
		}
	}
	return false;
}

/* Go to the first of the arguments of a keyword that has one or more: an empty
 * list could be taken for none of the restriction. */
static int
list_begin(struct conf *c)
{
	next(c);
	return is_argument(c) ? 0 : wrong(c, no_value);
}

/* The words of a list so far. */
struct words {
	unsigned int n;
	bool whole; /* one of them says all there is to say */
};

/* Take a word of a list; nothing may stand beside one that is whole. */
static int
word_take(struct conf *c, struct words *w, bool whole)
{
	if (w->n > 0 && (whole || w->whole))
		return wrong(c, "ALL and NONE stand alone in a list");
	w->whole = whole;
	w->n++;
	return 0;
}

/* The arguments are names of calls: set their bits. */
static int
calls_read(struct conf *c, const struct call_name *names, size_t n,
    uint32_t *mask)
{
	struct words words = { 0 };
	const char *name;
	int r = list_begin(c);
	size_t i;

	for (; r == 0 && is_argument(c); next(c)) {
		r = word_take(c, &words, is(c, "ALL") || is(c, "NONE"));
		if (r != 0 || is(c, "NONE"))
			continue;
		for (i = 0; i < n; i++) {
			name = strchr(names[i].name, '_') + 1;
			if (!is(c, "ALL") && !is(c, name))
				continue;
			mask[i / 32] |= 1u << i % 32;
			if (is(c, name))
				break;
		}
		if (i == n && !is(c, "ALL"))
			return wrong(c, no_call);
	}
	return r;
}

/* The arguments are labels. */
static int
ipc_read(struct conf *c, struct rs_start *start)
{
	struct words words = { 0 };
	int r = list_begin(c);

	for (; r == 0 && is_argument(c); next(c)) {
		r = word_take(c, &words, is(c, "ALL"));
		if (r != 0)
			continue;
		if (is(c, "ALL")) {
			start->flags &= ~(uint32_t)RSS_IPC_VALID;
			continue;
		}
		if (!is(c, "USER") && !is(c, "SYSTEM") && !label_ok(c->word))
			return wrong(c, LABEL_RULE);
		start->flags |= RSS_IPC_VALID;
		if (strlen(start->ipc) + strlen(c->word) + 2 > RS_IPC_MAX)
			return wrong(c, "too many labels");
		if (start->ipc[0] != '\0')
			strcat(start->ipc, " ");
		strcat(start->ipc, c->word);
	}
	return r;
}

/* Read a range, as first[:length]. */
static bool
range_read(const char *text, struct priv_range *range)
{
	const char *colon = strchr(text, ':');
	uint32_t len = 1;

	if (!number(text, 16, ':', &range->first) ||
	    (colon != NULL && !number(colon + 1, 16, 0, &len)) || len == 0 ||
	    len - 1 > UINT32_MAX - range->first)
		return false;
	range->last = range->first + len - 1;
	return true;
}

/* The arguments are ranges of ports. */
static int
ports_read(struct conf *c, struct rs_start *start)
{
	struct priv_range *range;
	int r = list_begin(c);

	for (; r == 0 && is_argument(c); next(c)) {
		if (start->nr_io == PRIV_NR_IO)
			return wrong(c, "too many ranges: there may be 16");
		range = &start->io[start->nr_io++];
		if (!range_read(c->word, range))
			return wrong(c, no_range);
		if (range->last > PORT_MAX)
			return wrong(c, no_port);
	}
	return r;
}

/* The arguments are ranges of addresses. */
static int
memory_read(struct conf *c, struct rs_start *start)
{
	int r = list_begin(c);

	for (; r == 0 && is_argument(c); next(c)) {
		if (start->nr_mem == PRIV_NR_MEM)
			return wrong(c, "too many ranges: there may be 8");
		if (!range_read(c->word, &start->mem[start->nr_mem++]))
			return wrong(c, no_range);
	}
	return r;
}

static int
irqs_read(struct conf *c, struct rs_start *start)
{
	uint32_t line;
	int r = list_begin(c);

	for (; r == 0 && is_argument(c); next(c)) {
		if (start->nr_irq == PRIV_NR_IRQ)
			return wrong(c,
			    "too many lines: a service has up to 8");
		if (!number(c->word, 10, 0, &line) || line > 15)
			return wrong(c, "no interrupt line: they are 0 to 15");
		start->irq[start->nr_irq++] = (int32_t)line;
	}
	return r;
}

static int
device_read(struct conf *c, struct rs_start *start)
{
	next(c);
	if (!conf_major(c->word, &start->major))
		return wrong(c, conf_no_major);
	next(c);
	if (is(c, "char"))
		start->dev_flags = RS_DEV_CHAR;
	else if (is(c, "block"))
		start->dev_flags = RS_DEV_BLOCK;
	else
		return wrong(c, "say char or block, as it is driven");
	next(c);
	return 0;
}

/* One argument, a number between two others. */
static int
number_read(struct conf *c, void *value, uint32_t min, uint32_t max)
{
	char range[64];
	uint32_t n;

	next(c);
	if (!number(c->word, 10, 0, &n))
		return wrong(c, "no number: write it in decimal digits");
	snprintf(range, sizeof range, "out of range: %lu to %lu",
	    (unsigned long)min, (unsigned long)max);
	if (n < min || n > max)
		return wrong(c, range);
	memcpy(value, &n, sizeof n);
	next(c);
	return 0;
}

static int
period_read(struct conf *c, struct rs_start *start)
{
	next(c);
	if (!conf_period(c->word, &start->period))
		return wrong(c, conf_no_period);
	next(c);
	return 0;
}

/* What is done when it fails. */
static int
restart_read(struct conf *c, struct rs_start *start)
{
	next(c);
	if (is(c, "never"))
		start->flags |= RSS_ONCE;
	else if (!conf_restart(c->word, &start->policy.when))
		return wrong(c, "say back-off, at-once or never");
	next(c);
	return 0;
}

/* A program for its recovery. */
static int
script_read(struct conf *c, struct rs_start *start)
{
	next(c);
	if (c->word[0] != '/' || strlen(c->word) >= sizeof start->script)
		return wrong(c, no_script);
	strcpy(start->script, c->word);
	next(c);
	return 0;
}

/* How much memory: KiB, or ALL there is. */
static int
quota_read(struct conf *c, struct rs_start *start)
{
	next(c);
	if (is(c, "ALL"))
		start->quota = VM_QUOTA_NONE;
	else if (!number(c->word, 10, 0, &start->quota) || start->quota == 0)
		return wrong(c, "no quota: write KiB, or ALL");
	next(c);
	return 0;
}

static int
users_read(struct conf *c, struct rs_start *start)
{
	start->flags |= RSS_USERS;
	next(c);
	return 0;
}

static int
files_read(struct conf *c, struct rs_start *start)
{
	start->flags |= RSS_FILES;
	next(c);
	return 0;
}

/* One line: a keyword, its arguments, a semicolon. */
static int
line_read(struct conf *c, struct rs_start *start)
{
	int r;

	if (is(c, "uid"))
		r = number_read(c, &start->uid, 0, INT32_MAX);
	else if (is(c, "priority"))
		r = number_read(c, &start->priority, 0, WORST_QUEUE);
	else if (is(c, "quantum"))
		r = number_read(c, &start->quantum, 1, INT32_MAX);
	else if (is(c, "period"))
		r = period_read(c, start);
	else if (is(c, "restart"))
		r = restart_read(c, start);
	else if (is(c, "script"))
		r = script_read(c, start);
	else if (is(c, "give-up"))
		r = number_read(c, &start->policy.give_up, 0, INT32_MAX);
	else if (is(c, "keep"))
		r = number_read(c, &start->keep, 0, RS_KEEP_MAX);
	else if (is(c, "system"))
		r = calls_read(c, kernel_calls, COUNT(kernel_calls),
		    start->kcall_mask);
	else if (is(c, "vm"))
		r = calls_read(c, vm_calls, COUNT(vm_calls),
		    &start->vm_call_mask);
	else if (is(c, "ipc"))
		r = ipc_read(c, start);
	else if (is(c, "irq"))
		r = irqs_read(c, start);
	else if (is(c, "io"))
		r = ports_read(c, start);
	else if (is(c, "mem"))
		r = memory_read(c, start);
	else if (is(c, "device"))
		r = device_read(c, start);
	else if (is(c, "quota"))
		r = quota_read(c, start);
	else if (is(c, "users"))
		r = users_read(c, start);
	else if (is(c, "files"))
		r = files_read(c, start);
	else
		r = wrong(c, "unknown keyword: see system.conf(5)");
	if (r == 0 && !is(c, ";"))
		r = wrong(c, "a semicolon is missing before this");
	next(c);
	return r;
}

/* What an entry need not say. */
static void
defaults_set(struct rs_start *start)
{
	size_t i;

	start->uid = UID_SERVICE;
	start->priority = start->quantum = -1;
	start->period = BASE_PERIOD * (uint32_t)sysconf(_SC_CLK_TCK);
	for (i = 0; i < COUNT(base_kcalls); i++)
		start->kcall_mask[(base_kcalls[i] - KERNEL_CALL) / 32] |= 1u
		    << (base_kcalls[i] - KERNEL_CALL) % 32;
	start->vm_call_mask = BASE_VM_CALLS;
	start->quota = BASE_QUOTA;
}

/* An entry, from its name on. Sets found if it is the program's. */
static int
entry_read(struct conf *c, const char *program, struct rs_start *start,
    bool *found)
{
	struct rs_start entry = *start;
	int r;

	next(c);
	if (!is_argument(c))
		return wrong(c, "the name of a program is missing before this");
	*found = is(c, program) || is(c, "*");
	next(c);
	if (!is(c, "{"))
		return wrong(c, "a { is missing before this");
	next(c);
	defaults_set(&entry);
	while (!is(c, "}")) {
		if (c->word[0] == '\0')
			return wrong(c, "a } is missing before this");
		r = line_read(c, &entry);
		if (r != 0)
			return r;
	}
	next(c);
	if (is(c, ";"))
		next(c);
	if (*found)
		*start = entry;
	return 0;
}

int
conf_read(const char *path, const char *program, struct rs_start *start)
{
	struct conf c = { .path = path, .line = 1, .column = 1 };
	bool found = false;
	int r = 0;

	c.file = fopen(path, "r");
	if (c.file == NULL)
		return errno;
	next(&c);
	r = ferror(c.file) ? errno : 0; /* a directory can be opened, too */
	while (c.word[0] != '\0' && r == 0 && !found) {
		if (is(&c, "service"))
			r = entry_read(&c, program, start, &found);
		else
			r = wrong(&c, "an entry begins with the word service");
	}
	fclose(c.file);
	return r != 0 || found ? r : CONF_NO_ENTRY;
}
