/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * See query.h.
 *
 * @source GDB manual, "General Query Packets"
 */
#include "cmd/gdbstub/query.h"

#include <errno.h>
#include <string.h>

#include "cmd/gdbstub/description.h"

/* If the text begins with a word, move behind it. */
static bool
skip(const char **at, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(*at, word, n) != 0)
		return false;
	*at += n;
	return true;
}

/* Is a feature among those the debugger lists? */
static bool
lists(const char *features, const char *feature)
{
	const char *at = strstr(features, feature);

	return at != NULL && (at == features || at[-1] == ';') &&
	    (at[strlen(feature)] == ';' || at[strlen(feature)] == '\0');
}

static int
supported(struct stub *s, const char *features, struct rsp_out *out)
{
	s->says_break = lists(features, "swbreak+");
	s->says_exec = lists(features, "exec-events+");
	rsp_text(out, "PacketSize=");
	rsp_number(out, RSP_MAX);
	rsp_text(out, ";qXfer:features:read+;vContSupported+");
	if (s->says_break)
		rsp_text(out, ";swbreak+");
	if (s->says_exec)
		rsp_text(out, ";exec-events+");
	return 0;
}

/* A part of the description: "OFFSET,LENGTH"; m: there is more, l: the last. */
static int
description_part(const char *args, struct rsp_out *out)
{
	size_t size;
	const char *text = description_text(&size);
	uint32_t offset, length, rest;

	if (!rsp_read_number(&args, &offset) || !rsp_read_char(&args, ',') ||
	    !rsp_read_number(&args, &length) || *args != '\0' || offset > size)
		return EINVAL;
	if (length > RSP_MAX / 2) /* each byte may need two */
		length = RSP_MAX / 2;
	rest = (uint32_t)size - offset;
	rsp_text(out, rest > length ? "m" : "l");
	rsp_bytes(out, text + offset, rest > length ? length : rest);
	return 0;
}

static int
process(struct rsp_out *out, const char *before)
{
	if (target_pid() == 0)
		return 0;
	rsp_text(out, before);
	rsp_number(out, (uint32_t)target_pid());
	return 0;
}

int
query(struct stub *s, const char *args, size_t n, struct rsp_out *out)
{
	(void)n;
	if (skip(&args, "Supported"))
		return supported(s, *args == ':' ? args + 1 : args, out);
	if (skip(&args, "Xfer:features:read:target.xml:"))
		return description_part(args, out);
	if (skip(&args, "Attached")) {
		rsp_text(out, target_is_attached() ? "1" : "0");
		return 0;
	}
	if (strcmp(args, "C") == 0)
		return process(out, "QC");
	if (strcmp(args, "fThreadInfo") == 0) {
		if (target_pid() == 0)
			rsp_text(out, "l");
		return process(out, "m");
	}
	if (strcmp(args, "sThreadInfo") == 0)
		rsp_text(out, "l");
	return 0;
}
