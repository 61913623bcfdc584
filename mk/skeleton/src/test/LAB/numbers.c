/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Running seq, see numbers.h. */
#include "test/@LAB@/numbers.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define OUTPUT "/tmp/numbers"

/* The numbers in a file, a line each. */
static void
numbers_read(struct numbers *got)
{
	FILE *f = fopen(OUTPUT, "r");
	char line[32];

	got->n = 0;
	while (f != NULL && fgets(line, sizeof line, f) != NULL) {
		if (got->n < NUMBERS_MAX)
			got->at[got->n] = strtol(line, NULL, 10);
		got->n++;
	}
	if (f != NULL)
		fclose(f);
}

void
numbers_run(struct numbers *got, long first, long step, long last)
{
	char command[80];

	if (first == 0)
		snprintf(command, sizeof command, "seq %ld >" OUTPUT, last);
	else if (step == 0)
		snprintf(command, sizeof command, "seq %ld %ld >" OUTPUT, first,
		    last);
	else
		snprintf(command, sizeof command, "seq %ld %ld %ld >" OUTPUT,
		    first, step, last);
	(void)shell(command); /* what it has written tells all */
	numbers_read(got);
	(void)unlink(OUTPUT); /* the next one would empty it, too */
}

long
numbers_last(const struct numbers *got)
{
	return got->n > 0 && got->n <= NUMBERS_MAX ? got->at[got->n - 1] : -1;
}
