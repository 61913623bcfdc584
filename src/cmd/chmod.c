/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * chmod: change permissions.
 */
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

/* The bits of a letter, for all three classes. */
static unsigned
permission(char c)
{
	switch (c) {
	case 'r':
		return 0444;
	case 'w':
		return 0222;
	case 'x':
		return 0111;
	case 's':
		return 06000;
	case 't':
		return 01000;
	default:
		return 0;
	}
}

static unsigned
class_mask(char c)
{
	switch (c) {
	case 'u':
		return 04700;
	case 'g':
		return 02070;
	case 'o':
		return 01007;
	case 'a':
		return 07777;
	default:
		return 0;
	}
}

/* [ugoa][+-=][rwxst], and more of it after a comma. */
static bool
symbolic(const char *s, unsigned *mode)
{
	unsigned who, bits;
	char op;

	do {
		who = bits = 0;
		while (*s != '\0' && strchr("ugoa", *s) != NULL)
			who |= class_mask(*s++);
		if (who == 0)
			who = 07777;
		op = *s;
		if (op != '+' && op != '-' && op != '=')
			return false;
		for (s++; *s != '\0' && permission(*s) != 0; s++)
			bits |= permission(*s);
		bits &= who;
		if (op == '=')
			*mode &= ~(who & 0777u);
		*mode = op == '-' ? *mode & ~bits : *mode | bits;
	} while (*s++ == ',');
	return s[-1] == '\0';
}

static bool
octal(const char *s, unsigned *mode)
{
	unsigned n = 0;

	if (*s == '\0')
		return false;
	for (; *s >= '0' && *s <= '7' && n <= 07777; s++)
		n = n * 8 + (unsigned)(*s - '0');
	if (*s != '\0' || n > 07777)
		return false;
	*mode = n;
	return true;
}

int
main(int argc, char *argv[])
{
	struct stat st;
	unsigned mode;
	int i;

	cmd_init(argv,
	    "chmod MODE FILE...\n"
	    "Change permissions: an octal number, or who [ugoa], "
	    "how [+-=] and what [rwxst], as in u+x,go-w.\n");
	cmd_skip_dashes(&argc, &argv);
	if (argc < 3)
		cmd_usage();
	mode = 0;
	if (!octal(argv[1], &mode) && !symbolic(argv[1], &mode))
		cmd_usage();
	for (i = 2; i < argc; i++) {
		if (stat(argv[i], &st) != 0) {
			cmd_warn(argv[i]);
			continue;
		}
		mode = st.st_mode & 07777;
		if (!octal(argv[1], &mode))
			(void)symbolic(argv[1], &mode); /* it is right */
		if (chmod(argv[i], (mode_t)mode) != 0)
			cmd_warn(argv[i]);
	}
	return cmd_status;
}
