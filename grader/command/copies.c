/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What it costs to fetch pages of another service.
 */
#include "grader/command/copies.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libsmartcols.h>

#include "grader/base/files.h"

/* What the test calls them, and what the data file does. */
static const struct {
	const char *seen, *name;
} series[NR_COPY_SERIES] = {
	[COPY_LOOK] = { "copy-look", "copy_look" },
	[SHARE_LOOK] = { "safe-look", "share_look" },
	[MAP_LOOK] = { "map-look", "map_look" },
	[COPY_STORE] = { "copy-store", "copy_store" },
	[SHARE_STORE] = { "safe-store", "share_store" },
	[MAP_STORE] = { "map-store", "map_store" },
};

bool
copies_read(const struct stream *s, struct copies *copies)
{
	const struct observation *o;
	bool all = true;
	char *name;
	unsigned int i, k;

	for (i = 0; i < NR_COPY_SERIES; i++) {
		for (k = 0; k < COPY_PAGES; k++) {
			name = text("count.%s-%u", series[i].seen, k + 1);
			o = stream_obs(s, name);
			free(name);
			copies->cost[i][k] =
			    o == NULL ? 0 : strtoull(o->value, NULL, 10);
			all = all && o != NULL;
		}
	}
	return all;
}

/* From how many pages on is b always cheaper than a? 0: never. */
static unsigned int
crossover(const struct copies *copies, int a, int b)
{
	unsigned int pages = COPY_PAGES;

	while (pages > 0 && copies->cost[b][pages - 1] != 0 &&
	    copies->cost[b][pages - 1] < copies->cost[a][pages - 1])
		pages--;
	return pages == COPY_PAGES ? 0 : pages + 1;
}

static void
crossover_show(const struct copies *copies, const char *what, int a, int b)
{
	unsigned int pages = crossover(copies, a, b);

	if (pages == 0)
		printf("  %s: never\n", what);
	else
		printf("  %s: from %u pages on\n", what, pages);
}

/* A cell with a figure, and one for each of those it is compared with. */
static void
cells(struct libscols_line *l, size_t at, const struct copies *copies,
    unsigned int k, const int *which, size_t n)
{
	uint64_t value = copies->cost[which[0]][k], base;
	size_t i;

	scols_line_refer_data(l, at, text("%llu", (unsigned long long)value));
	for (i = 1; i < n; i++) {
		base = copies->cost[which[i]][k];
		if (base != 0)
			scols_line_refer_data(l, at + i,
			    text("%.2f", (double)value / (double)base));
	}
}

static void
row(struct libscols_table *t, const struct copies *copies, unsigned int pages)
{
	static const int look[] = { MAP_LOOK, COPY_LOOK, SHARE_LOOK };
	static const int store[] = { MAP_STORE, COPY_STORE, SHARE_STORE };
	static const int share[] = { SHARE_LOOK, COPY_LOOK };
	static const int share_store[] = { SHARE_STORE, COPY_STORE };
	struct libscols_line *l = scols_table_new_line(t, NULL);
	unsigned int k = pages - 1;

	scols_line_refer_data(l, 0, text("%u", pages));
	cells(l, 1, copies, k, look + 1, 1);
	cells(l, 2, copies, k, share, 2);
	cells(l, 4, copies, k, look, 3);
	cells(l, 7, copies, k, store + 1, 1);
	cells(l, 8, copies, k, share_store, 2);
	cells(l, 10, copies, k, store, 3);
}

void
copies_show(const struct copies *copies)
{
	static const char *const heads[] = { "PAGES", "READ: COPY", "SHARE",
		"/COPY", "MAP", "/COPY", "/SHARE", "WRITTEN: COPY", "SHARE",
		"/COPY", "MAP", "/COPY", "/SHARE" };
	static const unsigned int pages[] = { 1, 2, 3, 4, 5, 6, 8, 12, 16, 24,
		32, 50 };
	struct libscols_table *t = scols_new_table();
	size_t i;

	for (i = 0; i < sizeof heads / sizeof heads[0]; i++)
		scols_table_new_column(t, heads[i], 0, SCOLS_FL_RIGHT);
	for (i = 0; i < sizeof pages / sizeof pages[0]; i++)
		row(t, copies, pages[i]);
	printf("\nFetching pages of another service, each of which is then "
	       "only read, or written.\nTicks, and ratios:\n\n");
	scols_print_table(t);
	scols_unref_table(t);
	printf("\nCheaper is,\n");
	crossover_show(copies, "read, to share than to copy", COPY_LOOK,
	    SHARE_LOOK);
	crossover_show(copies, "read, to map than to copy", COPY_LOOK,
	    MAP_LOOK);
	crossover_show(copies, "read, to map than to share", SHARE_LOOK,
	    MAP_LOOK);
	crossover_show(copies, "written, to share than to copy", COPY_STORE,
	    SHARE_STORE);
	crossover_show(copies, "written, to map than to copy", COPY_STORE,
	    MAP_STORE);
	crossover_show(copies, "written, to map than to share", SHARE_STORE,
	    MAP_STORE);
}

void
copies_write(const struct copies *copies, const char *path)
{
	char *data = NULL;
	size_t size;
	FILE *f = open_memstream(&data, &size);
	unsigned int i, k;

	if (f == NULL)
		die(EXIT_INFRA, "out of memory");
	fprintf(f,
	    "# Ticks to fetch pages of another service and then look at each, "
	    "or store into it.\n# Made by `make plots'.\npages");
	for (i = 0; i < NR_COPY_SERIES; i++)
		fprintf(f, " %s", series[i].name);
	for (k = 0; k < COPY_PAGES; k++) {
		fprintf(f, "\n%u", k + 1);
		for (i = 0; i < NR_COPY_SERIES; i++)
			fprintf(f, " %llu",
			    (unsigned long long)copies->cost[i][k]);
	}
	fprintf(f, "\n");
	if (fclose(f) != 0)
		die(EXIT_INFRA, "out of memory");
	file_write(path, data, size);
	free(data);
}
