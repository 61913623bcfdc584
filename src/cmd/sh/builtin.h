/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Commands the shell does itself. Each takes its arguments as main does and
 * returns its status.
 */
#pragma once

#include "cmd/sh/sh.h"

typedef int builtin_f(int argc, char **argv);

struct builtin {
	const char *name;
	builtin_f *run;
	bool special; /**< assignments before it stay */
};

/** Look up. @param[in] name name @return it, or NULL */
const struct builtin *builtin_find(const char *name);

/** The builtin that runs a command. @param[in] argc, argv the command
 * @return it, or NULL: a program of that name, if there is one, does */
const struct builtin *builtin_for(int argc, char **argv);

/** Does the shell do this service(8) itself? @param[in] argc, argv the command
 * @return whether it does */
bool service_needs_no_file(int argc, char **argv);

/** The command's name says what each does; see sh(1). */
builtin_f builtin_jobs, builtin_fg, builtin_bg, builtin_wait, builtin_trap,
    builtin_kill, builtin_export, builtin_readonly, builtin_unset, builtin_set,
    builtin_local, builtin_read, builtin_type, builtin_command, builtin_exec,
    builtin_service, builtin_ulimit;
