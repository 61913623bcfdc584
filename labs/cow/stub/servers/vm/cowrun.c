/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The short way for copies of ordinary pages. There is none in this tree:
 * every copy goes the long way, which is yours.
 */
#include "servers/vm/cowrun.h"

int
cow_run(const struct cow_copy *copy)
{
	return cow_map(copy);
}
