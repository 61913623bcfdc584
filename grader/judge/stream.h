/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A stream: what one test has reported, record by record. record.h decides
 * which records are genuine; here they are kept.
 */
#pragma once

#include "test/report/report.h"

/** One observation or note. */
struct observation {
	char *name;    /**< "" for a note */
	char *value;   /**< as the test gave it, escapes undone */
	char type;     /**< enum report_type, or NUL: it does not say */
	uint64_t time; /**< time stamp of the processor */
};

/** A check of the test's own that failed. */
struct failure {
	char *place;   /**< FILE:LINE */
	char *claim;   /**< as it stands there */
	char *rule;    /**< what it belongs to, or NULL */
	char *sign;    /**< ==, <, ...: how it was to compare; or NULL */
	char *wanted;  /**< with what, or NULL */
	char *seen;    /**< what it was, or NULL */
	char *say;     /**< a sentence, or NULL */
	char type;     /**< of both values: enum report_type */
	uint64_t time; /**< time stamp of the processor */
};

/** A part of a process's memory that a test has given a name. */
struct place {
	char *name;
	int endpoint; /**< SELF: the process that reports */
	uint32_t addr, bytes;
};

/** The records of one test. */
struct stream {
	char *test;
	int sender;        /**< endpoint of the process that reports */
	unsigned int next; /**< sequence number that must come */
	bool begun, ended;
	uint64_t said;  /**< all tags, as test/report/said.h folds them */
	bool attested;  /**< at its end the process was seen from outside */
	bool doubted;   /**< it was not as it should be; `error` says why */
	int plan;       /**< -1: none */
	char *error;    /**< first thing wrong, or NULL */
	uint64_t first; /**< time stamp of the first good record */
	uint64_t last;  /**< and of the last */
	struct observation *seen;
	size_t nseen;
	struct failure *failures; /**< at most CHECK_KEPT, in order */
	size_t nfailures;
	unsigned int nfailed; /**< by its last record; they may be more */
	struct place *places; /**< as they are now; names are unique */
	size_t nplaces;
	size_t from, to; /**< lines of words while it was open */
	struct hmac key; /**< ready for a record */
};

/**
 * What is wrong with a test's stream, if anything.
 *
 * @param[in] stream the stream, or NULL
 * @return NULL if it is sound, else a sentence
 */
const char *stream_fault(const struct stream *stream);

/**
 * An observation by its name, the last one if repeated.
 *
 * @param[in] stream the stream, or NULL
 * @param[in] name   its name
 * @return the observation, or NULL: never made
 */
const struct observation *stream_obs(const struct stream *stream,
    const char *name);

/**
 * Keep an observation or a note.
 *
 * @param[in,out] s       the stream
 * @param[in]     payload of the record
 * @param[in]     is_note whether it is a note
 */
void stream_observe(struct stream *s, const char *payload, bool is_note);

/** Keep a failed check. @see stream_observe() */
void stream_fail(struct stream *s, const char *payload);

/** Keep more of the failed check that came last. @see stream_observe()
 * @return false: this kind of record is none of these */
bool stream_fail_more(struct stream *s, const char *kind, const char *payload);

/** Give a part of memory a name. @see stream_observe() */
void stream_place(struct stream *s, const char *payload);

/**
 * Keep the first fault only: what follows is often its consequence.
 *
 * @param[in,out] error of a stream or a run
 * @param[in]     why   a sentence, which belongs to it from here on
 */
void blame(char **error, char *why);

/** Free what a stream holds. @param[in,out] s the stream */
void stream_free(struct stream *s);
