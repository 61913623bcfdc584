/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The commands of db.
 */
#pragma once

#include <stdbool.h>

#include "cmd/db/target.h"

/** Write why the target has stopped. @param[in] stop why */
void command_report(enum stop stop);

/** Do what a line says. @param[in,out] line a command and its arguments, is
 * cut into words @return whether there is to be another one */
bool command_do(char *line);
