/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Terminals, as POSIX describes them. Settings and their numbers are those
 * of the terminal driver.
 */
#ifndef LACUNA_SYS_TERMIOS_H
#define LACUNA_SYS_TERMIOS_H

#include <sys/types.h>

#include <abi/termios.h>

_BEGIN_STD_C

speed_t cfgetispeed(const struct termios *__t);
speed_t cfgetospeed(const struct termios *__t);
int cfsetispeed(struct termios *__t, speed_t __speed);
int cfsetospeed(struct termios *__t, speed_t __speed);
void cfmakeraw(struct termios *__t);
int tcgetattr(int __fd, struct termios *__t);
int tcsetattr(int __fd, int __when, const struct termios *__t);
int tcdrain(int __fd);
int tcflow(int __fd, int __action);
int tcflush(int __fd, int __queue);
int tcsendbreak(int __fd, int __duration);
pid_t tcgetpgrp(int __fd);
int tcsetpgrp(int __fd, pid_t __pgrp);

_END_STD_C

#endif
