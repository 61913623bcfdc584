/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * symbolise [BUILD]: copy standard input to standard output, and below each
 * stack trace of the kernel or a service print functions, files and lines.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grader/emulator/symbols.h"

int
main(int argc, char **argv)
{
	const char *build = argc > 1 ? argv[1] : "build";
	char *line = NULL, *text;
	size_t room = 0;
	bool help = strcmp(build, "--help") == 0;

	if (argc > 2 || build[0] == '-') {
		fputs("usage: symbolise [BUILD-DIRECTORY] < LINES\n",
		    help ? stdout : stderr);
		return help ? 0 : 2;
	}
	while (getline(&line, &room, stdin) >= 0) {
		line[strcspn(line, "\r\n")] = '\0';
		puts(line);
		text = symbols_decode(build, line);
		if (text != NULL)
			fputs(text, stdout);
		free(text);
	}
	free(line);
	return 0;
}
