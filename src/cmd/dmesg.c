/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * dmesg: what kernel and services have said so far. The log's device blocks
 * at its end, to wait for more; this does not wait.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

int
main(int argc, char *argv[])
{
	char buffer[1024];
	ssize_t n;
	int fd;

	cmd_init(argv, "dmesg\nWrite what kernel and services have said.\n");
	if (argc > 1)
		cmd_usage();
	fd = open("/dev/klog", O_RDONLY | O_NONBLOCK);
	if (fd < 0)
		cmd_fail("/dev/klog");
	while ((n = read(fd, buffer, sizeof buffer)) > 0)
		cmd_out(buffer, (size_t)n);
	if (n < 0 && errno != EAGAIN)
		cmd_warn("/dev/klog");
	return cmd_status;
}
