/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * wc: count lines, words and bytes.
 */
#include <string.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

struct counts {
	int64_t lines, words, bytes;
};

static struct counts total;
static int want_lines, want_words, want_bytes, files, named;

static void
show(const struct counts *c, const char *name)
{
	if (want_lines)
		cmd_out_number(c->lines, 7);
	if (want_words)
		cmd_out_number(c->words, 8);
	if (want_bytes)
		cmd_out_number(c->bytes, 8);
	if (named) {
		cmd_outc(' ');
		cmd_outs(name);
	}
	cmd_outc('\n');
}

static void
count(int fd, const char *name)
{
	static char buffer[8192];
	struct counts c = { 0, 0, 0 };
	bool in_word = false, blank;
	ssize_t n, i;

	while ((n = read(fd, buffer, sizeof buffer)) > 0) {
		c.bytes += n;
		for (i = 0; i < n; i++) {
			blank = buffer[i] == ' ' ||
			    (buffer[i] >= '\t' && buffer[i] <= '\r');
			c.lines += buffer[i] == '\n';
			c.words += !blank && !in_word;
			in_word = !blank;
		}
	}
	if (n < 0)
		cmd_warn(name);
	show(&c, name);
	total.lines += c.lines;
	total.words += c.words;
	total.bytes += c.bytes;
	files++;
}

int
main(int argc, char *argv[])
{
	int c;

	cmd_init(argv,
	    "wc [-clw] [FILE...]\n"
	    "Count lines (-l), words (-w) and bytes (-c) of files; "
	    "all of these if none is said.\n");
	while ((c = cmd_option(argc, argv, "clw")) != -1) {
		want_bytes |= c == 'c';
		want_lines |= c == 'l';
		want_words |= c == 'w';
	}
	if (!want_bytes && !want_lines && !want_words)
		want_bytes = want_lines = want_words = 1;
	named = argc > cmd_operand;
	cmd_each_file(argv + cmd_operand, count);
	if (files > 1)
		show(&total, "total");
	return cmd_status;
}
