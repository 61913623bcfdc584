/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The C half of a program's start, called by crt0.
 */
#include "lib/libc/port.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef void (*init_func)(void);

extern const init_func __init_array_start[], __init_array_end[];

int main(int argc, char **argv, char **envp);
void __start(int argc, char **argv, char **envp) __attribute__((noreturn));

void
__start(int argc, char **argv, char **envp)
{
	environ = envp;
	if (argc > 0)
		__progname = argv[0];
	for (const init_func *f = __init_array_start; f < __init_array_end; f++)
		(*f)();
	exit(main(argc, argv, envp));
}
