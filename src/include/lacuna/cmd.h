/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What all commands do alike: help, usage, complaints. Light on purpose, so
 * that a small command stays a few kilobytes.
 */
#pragma once

#include <stddef.h>

/** Exit status of the command so far: 0, or 1 after a complaint. */
extern int cmd_status;

/**
 * Begin a command. With --help as first argument, prints the usage and ends.
 *
 * @param[in] argv   arguments of main
 * @param[in] usage  synopsis in the first line, and in those after it that
 *                   begin with a space, without the word "usage"; then what
 *                   the command does
 */
void cmd_init(char *const argv[], const char *usage);

/** Complain about the arguments, show the usage, end with status 2. */
_Noreturn void cmd_usage(void);

/**
 * Complain: "command: what: reason" with the reason from errno.
 *
 * @param[in] what  file or thing it is about
 */
void cmd_warn(const char *what);

/**
 * Complain with a reason of one's own.
 *
 * @param[in] what    file or thing it is about
 * @param[in] reason  text
 */
void cmd_warnx(const char *what, const char *reason);

/** cmd_warn(), then end with status 1. @param[in] what as there */
_Noreturn void cmd_fail(const char *what);

/**
 * Write a text to a descriptor, whole.
 *
 * @param[in] fd    descriptor
 * @param[in] text  bytes
 * @param[in] n     how many
 * @return 0, or -1 with errno
 */
int cmd_write(int fd, const void *text, size_t n);

/** Write a string to the standard output. @param[in] s text */
void cmd_puts(const char *s);

/**
 * Join a directory and a name.
 *
 * @param[out] buf   where to
 * @param[in]  size  bytes there
 * @param[in]  dir   directory
 * @param[in]  file  name in it
 * @return 0, or -1 with errno ENAMETOOLONG
 */
int cmd_join(char *buf, size_t size, const char *dir, const char *file);

/** The last name of a path, without slashes before it. @param[in] path path
 * @return within path */
const char *cmd_basename(const char *path);

/**
 * Read an integer, with a sign and blanks around it if there are any.
 *
 * @param[in]  text  the digits
 * @param[in]  base  10; or 0: 0x1f and 017 are read as in C
 * @param[out] value the number
 * @return 0, or -1 when it is none or does not fit
 */
int cmd_integer(const char *text, int base, long *value);

/**
 * Read a number that is not negative, in decimal.
 *
 * @param[in]  text   the digits
 * @param[out] value  the number
 * @return 0, or -1 when it is none or does not fit
 */
int cmd_number(const char *text, long *value);

/**
 * A signal by its name or number.
 *
 * @param[in] text INT, SIGINT or 2
 * @return its number, 0 for 0, or -1
 */
int cmd_signal(const char *text);

/**
 * What kill is to send: -SIGNAL or -s SIGNAL, TERM if neither is there.
 *
 * @param[in]  argc  arguments of kill,
 * @param[in]  argv  the first is its name
 * @param[out] next  index of the first process; with -1 of what is no signal
 * @return number of the signal, 0 for 0, or -1: there is none of this name
 */
int cmd_kill_signal(int argc, char **argv, int *next);

/** The name of a signal, without SIG. @param[in] sig its number
 * @return a constant, or NULL: it has none */
const char *cmd_signal_name(int sig);

/** Write the names of all signals to the standard output. */
void cmd_signal_list(void);

/**
 * test(1), for the command and for the shell. Complains about what makes no
 * sense.
 *
 * @param[in] argc  arguments, with the command's name
 * @param[in] argv  as argc; if the name is [, the last must be ]
 * @return 0 true, 1 false, 2 no sense
 */
int cmd_test(int argc, char **argv);
