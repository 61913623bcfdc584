/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What services have used of their privileges, told at the end of each, with
 * the boot parameter uses=1: for those that ask whether a privilege is needed.
 */
#pragma once

#include "kernel/priv.h"

/**
 * Print what was granted and what was used, in a line of hexadecimal words:
 *
 *     uses: NAME ID kcalls GRANTED USED send GRANTED USED io GRANTED USED ...
 *
 * A mask of several words has the word with the lowest bits first. Bits of
 * ranges and interrupt lines count from the first that the service has.
 *
 * @param[in] priv  has an owner
 * @source own design
 */
void uses_tell(const struct priv *priv);

/** Print it of all services that there are: the machine is about to end.
 * @source own design */
void uses_tell_all(void);
