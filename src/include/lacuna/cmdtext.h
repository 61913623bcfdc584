/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Options, lines and formatted output for commands, without the weight of
 * stdio. Output is collected and written when the buffer is full, at
 * cmd_flush(), and at the end of the command; complaints do not wait for it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Set by cmd_option(): the option's argument, and the first operand. */
extern char *cmd_argument;
extern int cmd_operand;

/**
 * The next option. One that is not among the letters, or misses its argument,
 * ends the command with its usage.
 *
 * @param[in] argc     as main
 * @param[in] argv     as main
 * @param[in] letters  options; with ':' after one that takes an argument
 * @return its letter, or -1 after the last one
 */
int cmd_option(int argc, char *argv[], const char *letters);

/**
 * For a command without options: an option ends it with its usage, and a
 * leading -- is taken away.
 *
 * @param[in,out] argc as main
 * @param[in,out] argv as main
 */
void cmd_no_options(int *argc, char ***argv);

/**
 * For a command whose operands may begin with a dash: take a leading -- away.
 *
 * @param[in,out] argc as main
 * @param[in,out] argv as main
 */
void cmd_skip_dashes(int *argc, char ***argv);

/** A file being read line by line. */
struct cmd_input {
	int fd;
	char *buffer;
	size_t size, next, end; /**< of buffer; bytes not yet given */
	bool newline;           /**< the last line had one */
	bool failed;            /**< errno says why it ended early */
};

/** Begin to read. @param[out] in state @param[in] fd descriptor */
void cmd_input_init(struct cmd_input *in, int fd);

/**
 * The next line, of any length.
 *
 * @param[in,out] in  state
 * @param[out]    n   its length, or NULL if nobody wants to know
 * @return the line without its newline, NUL-terminated, good until the next
 *         call; NULL at the end of the file, or after an error (in->failed)
 */
char *cmd_line(struct cmd_input *in, size_t *n);

/** Give the memory back. @param[in,out] in state; its descriptor stays open */
void cmd_input_done(struct cmd_input *in);

/**
 * Call a function for each file named, or for the standard input when there
 * is none; "-" names it, too. Files that do not open are complained about.
 *
 * @param[in] names  names, NULL at the end
 * @param[in] use    function: descriptor, name
 */
void cmd_each_file(char *const names[], void (*use)(int fd, const char *name));

/** Memory, or the end of the command. @param[in] old NULL, or what grows
 * @param[in] size bytes @return memory */
void *cmd_memory(void *old, size_t size);

/** Output bytes. @param[in] s bytes @param[in] n how many */
void cmd_out(const char *s, size_t n);

/** Output a string. @param[in] s string */
void cmd_outs(const char *s);

/** Output a character. @param[in] c character */
void cmd_outc(char c);

/** Output a string in a column. @param[in] s string
 * @param[in] width at least so wide; negative: blanks come after it */
void cmd_out_column(const char *s, int width);

/** Output a number in decimal, right-aligned. @param[in] n number
 * @param[in] width at least so wide */
void cmd_out_number(int64_t n, int width);

/** Output digits. @param[in] n number @param[in] base 2 to 16
 * @param[in] width exactly so wide, with zeros before it; 0: as needed */
void cmd_out_digits(uint64_t n, unsigned base, int width);

/** Write what has been output so far. */
void cmd_flush(void);

/** Name of a user or group.
 * @param[in] file /etc/passwd or /etc/group @param[in] id its number
 * @return the name, or the number; good until the next call */
const char *cmd_id_name(const char *file, unsigned id);

/** Number of a user or group. @param[in] file as cmd_id_name()
 * @param[in] name name or number @param[out] id the number
 * @return 0, or -1 when there is none */
int cmd_id_number(const char *file, const char *name, unsigned *id);

/** Output a time as "2001-09-09 01:46:40". @param[in] seconds since 1970 */
void cmd_out_time(int64_t seconds);

/** Output a file's type and permissions as "drwxr-xr-x".
 * @param[in] mode of struct stat */
void cmd_out_mode(unsigned mode);
