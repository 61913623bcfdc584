/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Records from the guest, taken apart and checked. The bytes come from a
 * machine under foreign control: nothing is trusted but the tags.
 */
#include "grader/judge/record.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <abi/kcall.h>
#include <abi/limits.h>

#include "test/report/said.h"

#define MARK        "@L1 "
#define TAG_DIGITS  16
#define STREAMS_MAX 256

/* The fields of one line, all pointing into a copy of it. */
struct fields {
	char sender[PROC_NAME_MAX];
	int endpoint;
	const char *seq, *test, *kind, *time, *payload, *tag;
};

void
record_init(struct record *rec, const uint8_t nonce[NONCE_SIZE])
{
	memset(rec, 0, sizeof *rec);
	memcpy(rec->nonce, nonce, NONCE_SIZE);
}

/* Cut the next word off; NULL if there is none. */
static char *
word(char **rest)
{
	char *w = *rest, *blank;

	if (w == NULL || *w == '\0')
		return NULL;
	blank = strchr(w, ' ');
	if (blank == NULL)
		return NULL;
	*blank = '\0';
	*rest = blank + 1;
	return w;
}

/* Take a copy of a line apart; false if it is not a record. */
static bool
split(char *line, struct fields *f)
{
	char *rest = line + strlen(MARK), *tag;

	f->seq = word(&rest);
	f->test = word(&rest);
	f->kind = word(&rest);
	f->time = word(&rest);
	if (f->seq == NULL || f->test == NULL || f->kind == NULL ||
	    f->time == NULL)
		return false;
	tag = strrchr(rest, ' ');
	if (tag == NULL || strlen(tag + 1) != TAG_DIGITS)
		return false;
	*tag = '\0';
	f->tag = tag + 1;
	f->payload = rest;
	return true;
}

/* The key of a test's records, ready for the first of them. */
static void
key_of(const struct record *rec, const char *test, struct hmac *key)
{
	uint8_t k[SHA256_SIZE];

	hmac_init(key, rec->nonce, NONCE_SIZE);
	hmac_add(key, "key", 4);
	hmac_add(key, test, strlen(test));
	hmac_end(key, k);
	hmac_init(key, k, sizeof k);
}

/* Is the tag at the end of a line the right one? It counts as said then. */
static bool
tag_ok(struct stream *s, const char *line)
{
	size_t n = strlen(line) - TAG_DIGITS;
	uint8_t tag[SHA256_SIZE];
	struct hmac m = s->key;
	char hex[TAG_DIGITS + 1];

	hmac_add(&m, line, n - 1);
	hmac_end(&m, tag);
	hex_text(tag, TAG_DIGITS / 2, hex);
	if (strcmp(line + n, hex) != 0)
		return false;
	s->said = said_add(s->said, tag);
	return true;
}

/* The stream of a test, made when new; NULL if there are too many. */
static struct stream *
stream_for(struct record *rec, const char *test)
{
	struct stream *s;
	size_t i;

	for (i = 0; i < rec->nstreams; i++)
		if (strcmp(rec->streams[i].test, test) == 0)
			return &rec->streams[i];
	if (rec->nstreams == STREAMS_MAX)
		return NULL;
	s = realloc(rec->streams, (rec->nstreams + 1) * sizeof *s);
	if (s == NULL)
		die(EXIT_INFRA, "out of memory");
	rec->streams = s;
	s += rec->nstreams++;
	memset(s, 0, sizeof *s);
	s->test = text("%s", test);
	s->plan = -1;
	key_of(rec, test, &s->key);
	return s;
}

/* No stop is waited for. */
static void
forget_stop(struct record *rec)
{
	free(rec->stop);
	rec->stop = NULL;
}

void
record_stopped(struct record *rec)
{
	if (rec->stop != NULL && *rec->stop == '\0')
		rec->streams[rec->stopper].attested = true;
	forget_stop(rec);
}

void
record_doubted(struct record *rec, char *why)
{
	struct stream *s = &rec->streams[rec->stopper];

	blame(&s->error, why);
	s->doubted = true;
	s->attested = true; /* it was there, whatever it was */
	forget_stop(rec);
}

void
record_forged(struct record *rec, char *why)
{
	rec->forged = true;
	blame(&rec->error, why);
}

/* A test is about to stop the machine. */
static void
announce(struct record *rec, const struct stream *s, const char *name)
{
	forget_stop(rec);
	rec->stop = text("%s", name);
	rec->stopper = (size_t)(s - rec->streams);
}

static void
begin(const struct record *rec, struct stream *s)
{
	s->begun = true;
	s->from = s->to = rec->words.n;
}

/* The end of a stream tells how many checks failed, which can be expected like
 * an observation: so a test that only checks can decide about points. */
static void
end(struct record *rec, struct stream *s, const char *payload)
{
	char *checks;

	s->ended = true;
	announce(rec, s, "");
	s->nfailed = (unsigned int)strtoul(payload, NULL, 10);
	checks = text("failed-checks=%u", s->nfailed);
	stream_observe(s, checks, false);
	free(checks);
}

/* What only the runner says. */
static void
accept_runner(struct record *rec, struct stream *s, const struct fields *f)
{
	bool runs = strcmp(s->test, RUNNER) == 0;

	if (runs && strcmp(f->kind, "plan") == 0) {
		s->plan = (int)strtol(f->payload, NULL, 10);
	} else if (runs && strcmp(f->kind, "bye") == 0) {
		rec->bye = s->ended = true;
		announce(rec, s, "");
	} else {
		blame(&s->error, text("record %s of unknown kind", f->seq));
	}
}

/* A record whose number and tag are right takes effect. */
static void
accept(struct record *rec, struct stream *s, const struct fields *f)
{
	if (rec->stop != NULL && s == &rec->streams[rec->stopper])
		forget_stop(rec); /* it has gone on */
	s->last = strtoull(f->time, NULL, 16);
	if (s->next++ == 0)
		s->first = s->last;
	if (rec->bye)
		blame(&rec->error,
		    text("a record of %s after the last", s->test));
	if (strcmp(f->kind, "begin") == 0 && s->next == 1)
		begin(rec, s);
	else if (!s->begun || s->ended)
		blame(&s->error,
		    text("record %s outside begin and end", f->seq));
	else if (strcmp(f->kind, "obs") == 0)
		stream_observe(s, f->payload, false);
	else if (strcmp(f->kind, "note") == 0)
		stream_observe(s, f->payload, true);
	else if (strcmp(f->kind, "place") == 0)
		stream_place(s, f->payload);
	else if (strcmp(f->kind, "stop") == 0)
		announce(rec, s, f->payload);
	else if (strcmp(f->kind, "fail") == 0)
		stream_fail(s, f->payload);
	else if (strcmp(f->kind, "end") == 0)
		end(rec, s, f->payload);
	else if (!stream_fail_more(s, f->kind, f->payload))
		accept_runner(rec, s, f);
}

/* A line of the kernel belongs to the run and to whatever test is on. */
static void
hear(struct record *rec, const char *line)
{
	size_t i;

	strings_add(&rec->words, line);
	for (i = 0; i < rec->nstreams; i++)
		if (rec->streams[i].begun && !rec->streams[i].ended)
			rec->streams[i].to = rec->words.n;
}

/* May this process report for this test? */
static bool
sender_ok(struct stream *s, const struct fields *f)
{
	if (!s->begun && s->next == 0)
		s->sender = f->endpoint;
	return f->endpoint == s->sender &&
	    strncmp(f->sender, s->test, sizeof f->sender - 1) == 0;
}

/* A line with the kernel's stamp: who sent it, then the record. */
static void
stamped(struct record *rec, const char *line, struct fields *f)
{
	char *copy = text("%s", line), *rest = copy;
	struct stream *s;

	if (strncmp(line, MARK, strlen(MARK)) != 0 || !split(copy, f)) {
		blame(&rec->error,
		    text("line %zu is a damaged record", rec->nlines));
	} else if ((s = stream_for(rec, f->test)) == NULL) {
		blame(&rec->error, text("more than %d tests", STREAMS_MAX));
	} else if (!sender_ok(s, f)) {
		rec->forged = true;
		blame(&s->error,
		    text("record %s was sent by %s, process %d", f->seq,
			f->sender, f->endpoint));
	} else if (!tag_ok(s, line)) {
		blame(&s->error, text("record %s has a wrong tag", f->seq));
	} else if (strtoul(f->seq, &rest, 10) != s->next || *rest != '\0') {
		blame(&s->error,
		    text("record %s came where %u was due", f->seq, s->next));
	} else {
		accept(rec, s, f);
	}
	free(copy);
}

/* Take the kernel's stamp apart; what follows it, or NULL. */
static const char *
stamp(const char *s, struct fields *f)
{
	size_t n = strcspn(s, " ");
	char *end;

	if (n == 0 || n >= sizeof f->sender || s[n] != ' ')
		return NULL;
	memcpy(f->sender, s, n);
	f->sender[n] = '\0';
	f->endpoint = (int)strtol(s + n + 1, &end, 10);
	return end != s + n + 1 && *end == ' ' ? end + 1 : NULL;
}

void
record_line(struct record *rec, const char *line)
{
	const char *mark = strrchr(line, DIAG_REPORT_MARK), *rest;
	struct fields f;
	char *before;

	rec->nlines++;
	if (mark == NULL) {
		hear(rec, line);
		if (strncmp(line, MARK, strlen(MARK)) != 0)
			return;
		rec->forged = true;
		blame(&rec->error,
		    text("line %zu is a forged record", rec->nlines));
		return;
	}
	if (mark != line) { /* the kernel's log was in the middle of a line */
		before = text("%.*s", (int)(mark - line), line);
		hear(rec, before);
		free(before);
	}
	rest = stamp(mark + 1, &f);
	if (rest == NULL)
		blame(&rec->error,
		    text("line %zu is a damaged record", rec->nlines));
	else
		stamped(rec, rest, &f);
}

const struct stream *
record_stream(const struct record *rec, const char *test)
{
	size_t i;

	for (i = 0; i < rec->nstreams; i++)
		if (strcmp(rec->streams[i].test, test) == 0)
			return &rec->streams[i];
	return NULL;
}

const struct stream *
record_last(const struct record *rec)
{
	const struct stream *s, *last = NULL;
	size_t i;

	for (i = 0; i < rec->nstreams; i++) {
		s = &rec->streams[i];
		if (s->begun && strcmp(s->test, RUNNER) != 0 &&
		    (last == NULL || s->first > last->first))
			last = s;
	}
	return last;
}

const char *
record_fault(const struct record *rec)
{
	const struct stream *s = record_stream(rec, RUNNER);
	size_t others = rec->nstreams - (s != NULL);

	if (rec->error != NULL)
		return rec->error;
	if (s == NULL)
		return "the test runner never started";
	if (s->error != NULL)
		return s->error;
	if (!rec->bye)
		return "the run stopped before its last record";
	if (s->plan < 0 || (size_t)s->plan < others)
		return "more tests reported than were planned";
	return NULL;
}

void
record_free(struct record *rec)
{
	size_t i;

	for (i = 0; i < rec->nstreams; i++)
		stream_free(&rec->streams[i]);
	free(rec->streams);
	strings_free(&rec->words);
	free(rec->stop);
	free(rec->error);
	memset(rec, 0, sizeof *rec);
}
