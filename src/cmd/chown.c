/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * chown: change owner and group.
 */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

int
main(int argc, char *argv[])
{
	unsigned user = (unsigned)-1, group = (unsigned)-1;
	char *colon;
	int i;

	cmd_init(argv,
	    "chown [USER][:GROUP] FILE...\n"
	    "Change owner and group, by name or number.\n");
	cmd_no_options(&argc, &argv);
	if (argc < 3)
		cmd_usage();
	colon = strchr(argv[1], ':');
	if (colon != NULL)
		*colon++ = '\0';
	if (argv[1][0] != '\0' &&
	    cmd_id_number("/etc/passwd", argv[1], &user) != 0) {
		cmd_warnx(argv[1], "no such user");
		return 1;
	}
	if (colon != NULL && cmd_id_number("/etc/group", colon, &group) != 0) {
		cmd_warnx(colon, "no such group");
		return 1;
	}
	for (i = 2; i < argc; i++) {
		if (chown(argv[i], (uid_t)user, (gid_t)group) != 0)
			cmd_warn(argv[i]);
	}
	return cmd_status;
}
