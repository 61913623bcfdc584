/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What a run reported: the records of test/report/report.h, checked.
 *
 * Feed the lines of port 0xE9 as they come, then ask. A record carries its
 * sender, put there by the kernel behind a byte nobody else can write; it
 * must come from the program that has the test's name, and always from the
 * same process. A line that is not a record is kept as the kernel's words.
 * A stream (the records of one test) is sound if its numbers run from 0
 * without a gap, each tag is right, it begins with `begin` and ends with
 * `end`; the first thing wrong is kept in its `error`. The run is complete if
 * the runner's stream is sound and its last record, `bye`, is the last of all.
 */
#pragma once

#include "grader/base/base.h"
#include "grader/judge/stream.h"

#define RUNNER "runner" /* the stream of the program that starts the tests */

/** Everything one run said. */
struct record {
	uint8_t nonce[NONCE_SIZE];
	struct stream *streams;
	size_t nstreams;
	struct strings words; /**< lines that are no records */
	bool bye;
	char *error; /**< first thing wrong with the run as a whole, or NULL */
	bool forged; /**< somebody spoke in the name of another */
	size_t nlines;
	char *stop;     /**< the last record announced this stop, or NULL; ""
	                   is that at the end of a stream */
	size_t stopper; /**< index of the stream that did */
};

/**
 * Start with an empty run.
 *
 * @param[out] rec   the run
 * @param[in]  nonce of this run; keys derive from it
 */
void record_init(struct record *rec, const uint8_t nonce[NONCE_SIZE]);

/**
 * Add one line of the channel.
 *
 * @param[in,out] rec  the run
 * @param[in]     line without newline
 */
void record_line(struct record *rec, const char *line);

/**
 * The stream of a test.
 *
 * @param[in] rec  the run
 * @param[in] test its name
 * @return the stream, or NULL: it never said anything
 */
const struct stream *record_stream(const struct record *rec, const char *test);

/**
 * The test that began last, and that is still on or was the last.
 *
 * @param[in] rec the run
 * @return its stream, or NULL: none has begun
 */
const struct stream *record_last(const struct record *rec);

/**
 * What is wrong with the run as a whole, if anything.
 *
 * @param[in] rec the run
 * @return NULL if it is complete, else a sentence
 */
const char *record_fault(const struct record *rec);

/**
 * The announced stop has come, as it should. At the end of a stream it attests
 * that its process was there.
 *
 * @param[in,out] rec the run
 */
void record_stopped(struct record *rec);

/**
 * What was seen at an announced stop shows that somebody has forged records,
 * or changed what reports them.
 *
 * @param[in,out] rec the run
 * @param[in]     why a sentence, which belongs to it from here on
 */
void record_forged(struct record *rec, char *why);

/**
 * The process that stopped is not as it should be, by a mistake of the system
 * or on purpose: its stream counts for nothing. Others are not touched by that.
 *
 * @param[in,out] rec with a stop announced
 * @param[in]     why a sentence, which belongs to it from here on
 */
void record_doubted(struct record *rec, char *why);

/**
 * Free what a run holds.
 *
 * @param[in,out] rec the run
 */
void record_free(struct record *rec);
