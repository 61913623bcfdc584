/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Terminal attributes: what tty and programs agree on.
 * @source POSIX.1-2008, termios.h
 */
#pragma once

#include <abi/ioctl.h>

/** Words of flags, a character, bits per second. */
typedef uint32_t tcflag_t;
typedef uint8_t cc_t;
typedef uint32_t speed_t;

#define NCCS 12

struct termios {
	tcflag_t c_iflag, c_oflag, c_cflag, c_lflag;
	cc_t c_cc[NCCS];
	speed_t c_ispeed, c_ospeed; /**< bits per second */
};

struct winsize {
	uint16_t ws_row, ws_col, ws_xpixel, ws_ypixel;
};

/* c_cc */
#define VEOF   0
#define VEOL   1
#define VERASE 2
#define VINTR  3
#define VKILL  4
#define VMIN   5
#define VQUIT  6
#define VTIME  7
#define VSUSP  8
#define VSTART 9
#define VSTOP  10

/* c_iflag */
#define BRKINT 0x0001
#define ICRNL  0x0002
#define IGNBRK 0x0004
#define IGNCR  0x0008
#define IGNPAR 0x0010
#define INLCR  0x0020
#define INPCK  0x0040
#define ISTRIP 0x0080
#define IXOFF  0x0100
#define IXON   0x0200
#define PARMRK 0x0400

/* c_oflag */
#define OPOST 0x0001
#define ONLCR 0x0002

/* c_cflag */
#define CLOCAL 0x0001
#define CREAD  0x0002
#define CSIZE  0x000c
#define CS5    0x0000
#define CS6    0x0004
#define CS7    0x0008
#define CS8    0x000c
#define CSTOPB 0x0010
#define HUPCL  0x0020
#define PARENB 0x0040
#define PARODD 0x0080

/* c_lflag */
#define ECHO   0x0001
#define ECHOE  0x0002
#define ECHOK  0x0004
#define ECHONL 0x0008
#define ICANON 0x0010
#define IEXTEN 0x0020
#define ISIG   0x0040
#define NOFLSH 0x0080
#define TOSTOP 0x0100

#define TCSANOW   0
#define TCSADRAIN 1
#define TCSAFLUSH 2
#define TCIFLUSH  1
#define TCOFLUSH  2
#define TCIOFLUSH 3

/* Argument of TCFLOW. */
#define TCOOFF 1 /* hold output */
#define TCOON  2
#define TCIOFF 3 /* tell the other side to hold */
#define TCION  4

#define B0      0
#define B50     50
#define B75     75
#define B110    110
#define B134    134
#define B150    150
#define B200    200
#define B300    300
#define B600    600
#define B1200   1200
#define B1800   1800
#define B2400   2400
#define B4800   4800
#define B9600   9600
#define B19200  19200
#define B38400  38400
#define B57600  57600
#define B115200 115200

#define TCGETS     IOC_R('T', 1, struct termios)
#define TCSETS     IOC_W('T', 2, struct termios)
#define TCSETSW    IOC_W('T', 3, struct termios)
#define TCSETSF    IOC_W('T', 4, struct termios)
#define TCSBRK     IOC_W('T', 5, int32_t)
#define TCDRAIN    IOC_NONE('T', 6)
#define TCFLOW     IOC_W('T', 7, int32_t)
#define TCFLSH     IOC_W('T', 8, int32_t)
#define TIOCGPGRP  IOC_R('T', 9, int32_t)
#define TIOCSPGRP  IOC_W('T', 10, int32_t)
#define TIOCGWINSZ IOC_R('T', 11, struct winsize)
#define TIOCSWINSZ IOC_W('T', 12, struct winsize)
#define FIONREAD   IOC_R('f', 1, int32_t)
