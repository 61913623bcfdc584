/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * stat: all that is known of a file but its contents.
 */
#include <sys/stat.h>
#include <unistd.h>

#include <abi/dev.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

static void
number(const char *name, int64_t n)
{
	cmd_outs(name);
	cmd_out_number(n, 0);
}

static void
show(const char *name, const struct stat *st)
{
	cmd_outs(name);
	number("\n  size ", st->st_size);
	number(", blocks ", st->st_blocks);
	number(", block size ", st->st_blksize);
	number("\n  device ", dev_major(st->st_dev));
	number(",", dev_minor(st->st_dev));
	number(", inode ", (int64_t)st->st_ino);
	number(", links ", st->st_nlink);
	if (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode)) {
		number(", is device ", dev_major(st->st_rdev));
		number(",", dev_minor(st->st_rdev));
	}
	cmd_outs("\n  mode ");
	cmd_out_digits(st->st_mode & 07777, 8, 4);
	cmd_outc(' ');
	cmd_out_mode(st->st_mode);
	number(", user ", st->st_uid);
	cmd_outc(' ');
	cmd_outs(cmd_id_name("/etc/passwd", st->st_uid));
	number(", group ", st->st_gid);
	cmd_outc(' ');
	cmd_outs(cmd_id_name("/etc/group", st->st_gid));
	cmd_outs("\n  accessed ");
	cmd_out_time(st->st_atime);
	cmd_outs("\n  modified ");
	cmd_out_time(st->st_mtime);
	cmd_outs("\n  changed  ");
	cmd_out_time(st->st_ctime);
	cmd_outc('\n');
}

int
main(int argc, char *argv[])
{
	struct stat st;
	int follow = 0, i;

	cmd_init(argv,
	    "stat [-L] FILE...\n"
	    "Show type, owner, size and times of files; -L: of what "
	    "symbolic links lead to.\n");
	while (cmd_option(argc, argv, "L") != -1)
		follow = 1;
	if (cmd_operand == argc)
		cmd_usage();
	for (i = cmd_operand; i < argc; i++) {
		if ((follow ? stat : lstat)(argv[i], &st) != 0)
			cmd_warn(argv[i]);
		else
			show(argv[i], &st);
	}
	return cmd_status;
}
