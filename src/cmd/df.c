/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * df: room on file systems.
 */
#include <sys/statvfs.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

static void
show(const char *path)
{
	struct statvfs fs;
	int64_t kib;

	if (statvfs(path, &fs) != 0) {
		cmd_warn(path);
		return;
	}
	kib = (int64_t)fs.f_bsize / 512;
	cmd_out_column(path, -20);
	cmd_out_number((int64_t)fs.f_blocks * kib / 2, 10);
	cmd_out_number((int64_t)(fs.f_blocks - fs.f_bfree) * kib / 2, 10);
	cmd_out_number((int64_t)fs.f_bavail * kib / 2, 10);
	cmd_out_number((int64_t)fs.f_files, 10);
	cmd_out_number((int64_t)fs.f_ffree, 10);
	cmd_outc('\n');
}

int
main(int argc, char *argv[])
{
	int i;

	cmd_init(argv,
	    "df [PATH...]\n"
	    "Show how much room the file systems of paths have, and "
	    "how many files; of the root if none is said.\n");
	cmd_no_options(&argc, &argv);
	cmd_outs("path                       KiB      used      free     files "
		 "    free\n");
	if (argc == 1)
		show("/");
	for (i = 1; i < argc; i++)
		show(argv[i]);
	return cmd_status;
}
