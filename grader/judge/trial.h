/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What is judged: one test of one boot, with all that the judge may ask. The
 * rules of judge.c, and those who look for causes, share it.
 */
#pragma once

#include "grader/emulator/boot.h"
#include "grader/lab/lab.h"

/** One test of one boot. */
struct trial {
	const struct test *test;
	const struct boot *boot;     /**< the boot it was in */
	unsigned int seed;           /**< its schedule */
	const char *objects;         /**< directory with symbols, or NULL */
	const struct strings *meant; /**< tests in which services are meant to
	                                die, or NULL: none */
};
