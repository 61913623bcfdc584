/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * grade mutants: a program of its own beside this one, as it needs libclang,
 * which no student has.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "grader/command/cmd.h"

int
cmd_mutants(int argc, char **argv)
{
	char *self = realpath("/proc/self/exe", NULL), *path;

	(void)argc;
	if (self == NULL)
		die(EXIT_INFRA, "/proc is not mounted");
	*strrchr(self, '/') = '\0';
	path = text("%s/mutants", self);
	(void)execv(path, argv); /* comes back only if it fails */
	die(EXIT_INFRA, "%s does not start; make mutants builds it", path);
}
