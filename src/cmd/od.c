/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * od: show bytes in hexadecimal and as characters.
 */
#include <string.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

#define ROW 16

static int64_t at;      /* of the input, all files together */
static long limit = -1; /* bytes still wanted */
static int all;
static unsigned char row[ROW], last[ROW];
static int used, same;

static void
flush_row(void)
{
	int i;

	if (used == ROW && at > ROW && memcmp(row, last, ROW) == 0 && !all) {
		if (!same)
			cmd_outs("*\n");
		same = 1;
		used = 0;
		return;
	}
	same = 0;
	cmd_out_digits((uint64_t)(at - used), 16, 7);
	for (i = 0; i < ROW; i++) {
		cmd_outc(' ');
		if (i < used)
			cmd_out_digits(row[i], 16, 2);
		else
			cmd_outs("  ");
	}
	cmd_outs("  ");
	for (i = 0; i < used; i++)
		cmd_outc((char)(row[i] >= ' ' && row[i] <= '~' ? row[i] : '.'));
	cmd_outc('\n');
	memcpy(last, row, ROW);
	used = 0;
}

static void
dump(int fd, const char *name)
{
	unsigned char buffer[512];
	ssize_t n = 1, i;

	while (limit != 0 && (n = read(fd, buffer, sizeof buffer)) > 0) {
		for (i = 0; i < n && limit != 0; i++) {
			row[used++] = buffer[i];
			at++;
			limit -= limit > 0;
			if (used == ROW)
				flush_row();
		}
	}
	if (n < 0)
		cmd_warn(name);
}

int
main(int argc, char *argv[])
{
	int c;

	cmd_init(argv,
	    "od [-v] [-n BYTES] [FILE...]\n"
	    "Show bytes, 16 in a row: where, in hexadecimal, as "
	    "characters. A * stands for rows like the one before, "
	    "unless -v; -n: only so many bytes.\n");
	while ((c = cmd_option(argc, argv, "n:v")) != -1) {
		if (c == 'v')
			all = 1;
		else if (cmd_number(cmd_argument, &limit) != 0)
			cmd_usage();
	}
	cmd_each_file(argv + cmd_operand, dump);
	if (used > 0)
		flush_row();
	cmd_out_digits((uint64_t)at, 16, 7);
	cmd_outc('\n');
	return cmd_status;
}
