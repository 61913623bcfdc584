/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What it costs to fetch pages of another service, as the test safeperf has
 * measured it: as a table with ratios and crossovers, and as data for plots.
 */
#pragma once

#include "grader/judge/record.h"

#define COPY_PAGES 50

/** Ways to fetch pages, and what is done with them then. */
enum copy_series {
	COPY_LOOK,
	SHARE_LOOK,
	MAP_LOOK,
	COPY_STORE,
	SHARE_STORE,
	MAP_STORE,
	NR_COPY_SERIES
};

/** Ticks for pages + 1; 0: not known. */
struct copies {
	uint64_t cost[NR_COPY_SERIES][COPY_PAGES];
};

/**
 * Collect the figures.
 *
 * @param[in]  s       stream of safeperf in a boot with cow=1 cowmin=1, or NULL
 * @param[out] copies  the figures
 * @return whether all are there
 */
bool copies_read(const struct stream *s, struct copies *copies);

/** Print table and crossovers. */
void copies_show(const struct copies *copies);

/**
 * Write all figures, one line for each number of pages.
 *
 * @param[in] copies  the figures
 * @param[in] path    file
 */
void copies_write(const struct copies *copies, const char *path);
