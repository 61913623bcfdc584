/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Running simple commands.
 */
#pragma once

#include "cmd/sh/exec.h"

/** Run a simple command. @param[in] n tree @param[in] last as exec_node() */
void simple_run(struct node *n, bool last);

/** Note how a command substitution ended: it is the status of a command
 * without a name. @param[in] status of it */
void simple_substituted(int status);

/** Run a command by its fields, without functions.
 * @param[in] argc count @param[in] argv fields; NULL ends them */
void simple_command(int argc, char **argv);
