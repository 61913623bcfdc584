/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What DS has of the system's memory, grants and maps: to be the same before
 * and after.
 */
#pragma once

/** What is taken. */
struct usage {
	int pages;  /**< that DS has */
	int grants; /**< that DS has made */
	int maps;   /**< in the whole system */
};

/** What is taken now. @param[out] u all -1 if nobody tells */
void usage_look(struct usage *u);

/** Cases of the open rule: as much is taken as before. @param[in] what may
 * have changed it */
void usage_same(const struct usage *before, const char *what);
