/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Speeds of a terminal line, inside struct termios. They are plain numbers of
 * bits per second.
 */
#include "lib/libc/port.h"

#include <errno.h>
#include <termios.h>

static const speed_t speeds[] = { B0, B50, B75, B110, B134, B150, B200, B300,
	B600, B1200, B1800, B2400, B4800, B9600, B19200, B38400, B57600,
	B115200 };

static int
speed_exists(speed_t speed)
{
	for (size_t i = 0; i < sizeof speeds / sizeof speeds[0]; i++)
		if (speeds[i] == speed)
			return 1;
	return 0;
}

speed_t
cfgetispeed(const struct termios *t)
{
	return t->c_ispeed;
}

speed_t
cfgetospeed(const struct termios *t)
{
	return t->c_ospeed;
}

int
cfsetispeed(struct termios *t, speed_t speed)
{
	if (!speed_exists(speed))
		return errno_return(-EINVAL);
	t->c_ispeed = speed;
	return 0;
}

int
cfsetospeed(struct termios *t, speed_t speed)
{
	if (!speed_exists(speed))
		return errno_return(-EINVAL);
	t->c_ospeed = speed;
	return 0;
}
