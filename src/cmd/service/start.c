/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The arguments of `service up' and `service run', see cmd/service/start.h.
 */
#include "cmd/service/start.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <proto/label.h>

#include "cmd/service/conf.h"
#include "cmd/service/explain.h"

static int
copy_text(char *to, size_t size, const char *text, const char *what)
{
	if (strlen(text) >= size)
		return wrong(text, what);
	strcpy(to, text);
	return 0;
}

/* Read one option that has a value. */
static int
option(const char *name, const char *value, struct rs_start *start,
    const char **config)
{
	if (strcmp(name, "-label") == 0)
		return !label_ok(value)
		    ? wrong(value, LABEL_RULE)
		    : copy_text(start->label, sizeof start->label, value, "");
	if (strcmp(name, "-args") == 0)
		return copy_text(start->args, sizeof start->args, value,
		    "arguments are up to 127 bytes");
	if (strcmp(name, "-config") == 0) {
		*config = value;
		return 0;
	}
	if (strcmp(name, "-major") == 0)
		return conf_major(value, &start->major)
		    ? 0
		    : wrong(value, conf_no_major);
	if (strcmp(name, "-period") == 0)
		return conf_period(value, &start->period)
		    ? 0
		    : wrong(value, conf_no_period);
	return wrong(name, "there is no such option");
}

/* Read the options; what is not said stays zero. */
static int
options_read(int argc, char *argv[], struct rs_start *start,
    const char **config)
{
	int i, r = 0;

	for (i = 0; i < argc && r == 0; i++) {
		if (strcmp(argv[i], "-nowait") == 0)
			start->flags |= RSS_NO_WAIT;
		else if (i + 1 < argc)
			r = option(argv[i], argv[i + 1], start, config), i++;
		else
			r = wrong(argv[i],
			    "no such option, or its value is "
			    "missing");
	}
	return r;
}

/* Read the entry of a program. */
static int
entry_read(const char *config, const char *program, struct rs_start *start)
{
	int r = conf_read(config, program, start);

	if (r == CONF_NO_ENTRY)
		fprintf(stderr,
		    "service: %s has no entry for %s: add one, see "
		    "system.conf(5), or name another file by -config\n",
		    config, program);
	else if (r != 0 && r != EINVAL) /* that has been told */
		fprintf(stderr, "service: %s: %s\n", config, strerror(r));
	return r == CONF_NO_ENTRY ? ENOENT : r;
}

/* What the path of a program must be. Sets its last part. */
static int
path_read(const char *path, struct rs_start *start, const char **name)
{
	*name = strrchr(path, '/');
	if (path[0] != '/' || *++*name == '\0')
		return wrong(path, "say where the program is, from / on");
	if (start->label[0] == '\0')
		snprintf(start->label, sizeof start->label, "%s", *name);
	if (!label_ok(start->label))
		return wrong(path, "its name is no label: give one by -label");
	return copy_text(start->path, sizeof start->path, path,
	    "a path has up to 127 bytes");
}

int
start_read(int argc, char *argv[], struct rs_start *start)
{
	const char *config = "/etc/system.conf", *name;
	struct rs_start said = { .flags = start->flags };
	int r;

	r = options_read(argc - 1, argv + 1, &said, &config);
	if (r == 0)
		r = path_read(argv[0], &said, &name);
	if (r != 0)
		return r;
	start->flags = said.flags;
	r = entry_read(config, name, start);
	strcpy(start->path, said.path);
	strcpy(start->label, said.label);
	strcpy(start->args, said.args);
	if (said.period != 0)
		start->period = said.period;
	if (said.major != 0)
		start->major = said.major;
	if (start->dev_flags == 0)
		start->dev_flags = RS_DEV_CHAR;
	return r;
}
