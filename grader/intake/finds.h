/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What was found in a submission, wherever it came from: files that may be
 * one of the lab's, archives that may hold some, names for the explanation
 * of a failure.
 *
 * directory.c and archive.c fill it, select.c decides. A submission that
 * cannot be judged fairly is refused with a sentence; the first one counts,
 * and nothing is looked at after it.
 */
#pragma once

#include "grader/lab/lab.h"

/** How much of a submission is looked at. Beyond it there is no score. */
struct import_limits {
	size_t file;        /**< bytes in one of the lab's files */
	size_t entries;     /**< files, but for those in ignored directories */
	size_t unpacked;    /**< bytes of all archives, unpacked */
	size_t packed;      /**< bytes of an archive */
	unsigned int depth; /**< archives in archives */
};

/** A file whose name is that of one of the lab's. */
struct find {
	char *path; /**< in the submission, through archives */
	char *data;
	size_t n;
	const char *fault; /**< why it cannot be taken, or NULL */
};

/** An archive inside. */
struct parcel {
	char *path, *data;
	size_t n;
};

struct finds {
	const struct lab *lab;
	const struct import_limits *limits;
	struct find *at;
	size_t n;
	struct parcel *parcels;
	size_t parcels_n;
	struct strings seen;    /**< names of other files, the first few */
	struct strings trees;   /**< paths of files LAB, which head a tree */
	struct strings remarks; /**< sentences, fit to be printed */
	size_t entries, unpacked, outside;
	char *refusal; /**< why there can be no score, or NULL */
};

/**
 * Refuse the submission, if it has not been yet.
 *
 * @param[in,out] f   the finds
 * @param[in]     fmt as printf; texts from outside must have been quoted
 */
void finds_refuse(struct finds *f, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/**
 * One more entry. Says what to do with it.
 *
 * @param[in,out] f    the finds
 * @param[in]     path its path: a name that leads out of the submission is
 *                     remarked, one in an ignored directory is not counted
 * @return whether to go on with it
 */
bool finds_meet(struct finds *f, const char *path);

/**
 * Is an archive one that a tree has of itself: the C library that it was handed
 * out with, or what `make submit` packed in it?
 *
 * @param[in] f    what was found
 * @param[in] path of the archive
 * @return whether it is
 */
bool finds_is_trees_own(const struct finds *f, const char *path);

/**
 * Is a directory or file of this name never looked at? Version control,
 * what was built, and what systems leave behind are.
 *
 * @param[in] name last part of a path
 * @return whether it is
 */
bool finds_ignores(const char *name);

/**
 * May a file be one of the lab's, to judge by its name?
 *
 * @param[in] f    the finds
 * @param[in] path its path
 * @return whether it may
 */
bool finds_wants(const struct finds *f, const char *path);

/**
 * Does a file bear the name of an archive?
 *
 * @param[in] path its path
 * @return whether it does
 */
bool finds_is_parcel(const char *path);

/**
 * Keep a file that is wanted. A second one of the same path replaces the
 * first, as it would if the archive were unpacked.
 *
 * @param[in,out] f     the finds
 * @param[in]     path  its path
 * @param[in]     data  its bytes, from need(); the finds own them
 * @param[in]     n     how many
 * @param[in]     fault why it cannot be taken, or NULL
 */
void finds_keep(struct finds *f, const char *path, char *data, size_t n,
    const char *fault);

/**
 * Keep an archive that was found inside.
 *
 * @param[in,out] f    the finds
 * @param[in]     path its path
 * @param[in]     data its bytes, from need(); the finds own them
 * @param[in]     n    how many
 */
void finds_keep_parcel(struct finds *f, const char *path, char *data, size_t n);

/**
 * Free what finds hold.
 *
 * @param[in,out] f the finds
 */
void finds_free(struct finds *f);
