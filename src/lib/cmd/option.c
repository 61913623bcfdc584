/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Options.
 */
#include <string.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>

char *cmd_argument;
int cmd_operand = 1;

/* Take words away behind the command's name. */
static void
shift(int *argc, char ***argv, int n)
{
	(*argv)[n] = (*argv)[0];
	*argv += n;
	*argc -= n;
}

void
cmd_no_options(int *argc, char ***argv)
{
	while (cmd_option(*argc, *argv, "") != -1)
		continue;
	shift(argc, argv, cmd_operand - 1);
}

void
cmd_skip_dashes(int *argc, char ***argv)
{
	if (*argc > 1 && strcmp((*argv)[1], "--") == 0)
		shift(argc, argv, 1);
}

int
cmd_option(int argc, char *argv[], const char *letters)
{
	static char *at; /* within a word of several options */
	const char *letter;
	char *word;

	if (at == NULL || *at == '\0') {
		word = cmd_operand < argc ? argv[cmd_operand] : NULL;
		if (word == NULL || word[0] != '-' || word[1] == '\0')
			return -1;
		cmd_operand++;
		if (strcmp(word, "--") == 0)
			return -1;
		at = word + 1;
	}
	letter = *at != ':' ? strchr(letters, *at) : NULL;
	at++;
	if (letter == NULL)
		cmd_usage();
	if (letter[1] != ':')
		return *letter;
	cmd_argument = *at != '\0' ? at : argv[cmd_operand++];
	if (cmd_argument == NULL)
		cmd_usage();
	at = NULL;
	return *letter;
}
