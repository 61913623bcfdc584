/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * ds: the data store, from the shell. Users cannot talk to DS; IS does so for
 * the superuser. To watch is to list again and again, and to tell what is
 * different: an entry's serial number shows that it was published again.
 */
#include <errno.h>
#include <regex.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <abi/limits.h>
#include <proto/is.h>
#include <proto/rs.h>

#include <lacuna/cmd.h>
#include <lacuna/cmdtext.h>
#include <lacuna/msgcall.h>

PROTO_STUB(RS_LOOKUP, rs_lookup)

#define ENTRIES  (NR_DS_KEYS + NR_SYS_PROCS)
#define INTERVAL 200000000 /* ns between two looks */

static const char usage[] =
    "ds list [regex] | ds get [-t type] key | ds set [-o] [-t type] key value\n"
    "       ds delete [-t type] key | ds watch [-n count] [regex]\n"
    "Look at the data store, keep entries there. Types are u32, str, mem, map "
    "and label.\n";

/** A type, by its name. */
static const struct {
	const char *name;
	uint32_t type;
} types[] = { { "u32", DSF_TYPE_U32 }, { "str", DSF_TYPE_STR },
	{ "mem", DSF_TYPE_MEM }, { "map", DSF_TYPE_MAP },
	{ "label", DSF_TYPE_LABEL } };

#define TYPES (sizeof types / sizeof types[0])

static char memory[DS_MAX_MEMLEN];

/* Ask IS; it may have been started again since. */
static int
ask(int type, struct is_ds *d)
{
	struct rs_lookup_req where = { "is" };
	struct rs_lookup_rep is = { .ep = NONE };
	struct is_ds_req req = { (vir_bytes)(uintptr_t)d };
	int r = call_rs_lookup(RS_PROC_NR, &where, &is);

	if (r == OK)
		r = msg_call(is.ep, type, &req, sizeof req, NULL, 0);
	return r;
}

/* End with a complaint about what the store says. */
static _Noreturn void
refused(const char *key, int r)
{
	switch (r) {
	case -ESRCH:
		cmd_warnx(key, "no such entry");
		break;
	case -EEXIST:
		cmd_warnx(key, "is there already");
		break;
	default:
		errno = -r;
		cmd_warn(key);
	}
	cmd_flush();
	_exit(1);
}

/* The next entry of the store. Returns whether there is one. */
static bool
next(struct is_ds *d)
{
	int r = ask(IS_DS_LIST, d);

	if (r != OK && r != -ENOENT)
		refused("data store", r);
	return r == OK;
}

static const char *
type_name(uint32_t flags)
{
	size_t i;

	for (i = 0; i < TYPES; i++)
		if (flags & types[i].type)
			return types[i].name;
	return "?";
}

/* A type, from the command line. */
static uint32_t
type_of(const char *name)
{
	size_t i;

	for (i = 0; i < TYPES; i++)
		if (strcmp(types[i].name, name) == 0)
			return types[i].type;
	cmd_usage();
}

static void
value_out(const struct ds_info *e)
{
	if (e->flags & DSF_PRIV_RETRIEVE) {
		cmd_outs("-");
	} else if (e->flags & DSF_TYPE_STR) {
		cmd_outs(e->value.str);
	} else if (e->flags & DSF_TYPE_LABEL) {
		cmd_out_number(e->value.ep, 0);
	} else if (e->flags & DSF_TYPE_U32) {
		cmd_out_number(e->value.u32, 0);
	} else {
		cmd_out_number(e->value.mem.len, 0);
		cmd_outs(" bytes");
	}
}

/* Restrictions as letters: retrieve, overwrite, subscribe, snapshot. */
static void
entry_out(const struct ds_info *e)
{
	char priv[] = "----";

	if (e->flags & DSF_PRIV_RETRIEVE)
		priv[0] = 'r';
	if (e->flags & DSF_PRIV_OVERWRITE)
		priv[1] = 'o';
	if (e->flags & DSF_PRIV_SUBSCRIBE)
		priv[2] = 's';
	if (e->flags & DSF_PRIV_SNAPSHOT)
		priv[3] = 'n';
	cmd_out_column(type_name(e->flags), -6);
	cmd_out_column(priv, -5);
	cmd_out_column(e->owner, -LABEL_MAX);
	cmd_outs(e->key);
	cmd_outc(' ');
	value_out(e);
	cmd_outc('\n');
}

/* What whole keys are to match; without an expression, everything. */
static void
pattern_compile(regex_t *re, const char *text)
{
	static char whole[DS_MAX_KEYLEN + 8];
	size_t n = text != NULL ? strlen(text) : 0;

	if (n > DS_MAX_KEYLEN)
		cmd_usage();
	strcpy(whole, "^(");
	strcat(whole, text != NULL ? text : ".*");
	strcat(whole, ")$");
	if (regcomp(re, whole, REG_EXTENDED | REG_NOSUB) != 0)
		cmd_usage();
}

static void
list(const char *text)
{
	struct is_ds d = { .next = 0 };
	regex_t re;

	pattern_compile(&re, text);
	while (next(&d))
		if (regexec(&re, d.info.key, 0, NULL, 0) == 0)
			entry_out(&d.info);
}

/* Set the type of the entry with that key; if there are several, the first
 * of them. */
static uint32_t
type_find(const char *key)
{
	struct is_ds d = { .next = 0 };

	while (next(&d))
		if (strcmp(d.info.key, key) == 0)
			return d.info.flags & DSF_MASK_TYPE;
	refused(key, -ESRCH);
}

/* A request about one entry. */
static void
entry_ask(int type, struct is_ds *d, const char *key)
{
	int r = -EINVAL;

	if (strlen(key) < DS_MAX_KEYLEN) {
		strcpy(d->info.key, key);
		r = ask(type, d);
	}
	if (r != OK)
		refused(key, r);
}

static void
get(const char *key, uint32_t type)
{
	struct is_ds d = { .data = (vir_bytes)(uintptr_t)memory,
		.length = sizeof memory };

	d.info.flags = type != 0 ? type : type_find(key);
	entry_ask(IS_DS_GET, &d, key);
	if (d.info.flags & (DSF_TYPE_MEM | DSF_TYPE_MAP)) {
		cmd_out(memory, d.length);
		return;
	}
	value_out(&d.info);
	cmd_outc('\n');
}

/* A value that is a number is one, unless a type was named. */
static void
set(const char *key, const char *value, uint32_t type, uint32_t flags)
{
	struct is_ds d = { .data = (vir_bytes)(uintptr_t)value,
		.length = strlen(value) };
	long number = 0;
	const bool is_number = cmd_number(value, &number) == 0;

	if (type == 0)
		type = is_number ? DSF_TYPE_U32 : DSF_TYPE_STR;
	if (type == DSF_TYPE_U32 && !is_number)
		cmd_usage();
	d.info.flags = type | flags;
	if (type == DSF_TYPE_STR && d.length >= DS_MAX_STRLEN)
		refused(value, -ENAMETOOLONG);
	if (type == DSF_TYPE_STR)
		strcpy(d.info.value.str, value);
	else
		d.info.value.u32 = (uint32_t)number;
	entry_ask(IS_DS_SET, &d, key);
}

static void delete (const char *key, uint32_t type)
{
	struct is_ds d = { .next = 0 };

	d.info.flags = type != 0 ? type : type_find(key);
	entry_ask(IS_DS_DELETE, &d, key);
}

/** What was there at one look. */
struct look {
	struct ds_info at[ENTRIES];
	int n;
};

static void
look(struct look *l, const regex_t *re)
{
	struct is_ds d = { .next = 0 };

	l->n = 0;
	while (l->n < ENTRIES && next(&d))
		if (regexec(re, d.info.key, 0, NULL, 0) == 0)
			l->at[l->n++] = d.info;
}

/* The entry of the same key and type, or NULL. */
static const struct ds_info *
look_find(const struct look *l, const struct ds_info *e)
{
	int i;

	for (i = 0; i < l->n; i++)
		if (type_name(l->at[i].flags) == type_name(e->flags) &&
		    strcmp(l->at[i].key, e->key) == 0)
			return &l->at[i];
	return NULL;
}

/* Tell of one change, and whether there are to be more. */
static bool
tell(const char *sign, const struct ds_info *e, long *count)
{
	cmd_outs(sign);
	entry_out(e);
	return *count == 0 || --*count > 0;
}

/* Tell what is different. Returns whether to go on. */
static bool
compare(const struct look *old, const struct look *new, long *count)
{
	const struct ds_info *e;
	int i;

	for (i = 0; i < old->n; i++)
		if (look_find(new, &old->at[i]) == NULL &&
		    !tell("- ", &old->at[i], count))
			return false;
	for (i = 0; i < new->n; i++) {
		e = look_find(old, &new->at[i]);
		if ((e == NULL || e->serial != new->at[i].serial) &&
		    !tell(e == NULL ? "+ " : "* ", &new->at[i], count))
			return false;
	}
	return true;
}

/* Look again and again; count changes are enough, 0: for ever. */
static void
watch(const char *text, long count)
{
	static struct look looks[2];
	const struct timespec pause = { 0, INTERVAL };
	regex_t re;
	int now = 0;

	pattern_compile(&re, text);
	look(&looks[0], &re);
	do {
		cmd_flush();
		(void)nanosleep(&pause, NULL); /* a signal only shortens it */
		now = 1 - now;
		look(&looks[now], &re);
	} while (compare(&looks[1 - now], &looks[now], &count));
}

/* Options of all the things ds does; each has its own. */
struct options {
	uint32_t type, flags;
	long count;
};

static void
options_parse(int argc, char *argv[], const char *letters, struct options *o)
{
	int c;

	while ((c = cmd_option(argc, argv, letters)) != -1) {
		if (c == 't')
			o->type = type_of(cmd_argument);
		else if (c == 'o')
			o->flags = DSF_OVERWRITE;
		else if (cmd_number(cmd_argument, &o->count) != 0)
			cmd_usage();
	}
}

int
main(int argc, char *argv[])
{
	struct options o = { 0 };
	const char *what = argc > 1 ? argv[1] : "";
	char *const *args;
	int n;

	cmd_init(argv, usage);
	argc--, argv++;
	if (strcmp(what, "set") == 0)
		options_parse(argc, argv, "t:o", &o);
	else if (strcmp(what, "watch") == 0)
		options_parse(argc, argv, "n:", &o);
	else
		options_parse(argc, argv, "t:", &o);
	args = argv + cmd_operand;
	n = argc - cmd_operand;
	if (strcmp(what, "list") == 0 && n <= 1)
		list(args[0]);
	else if (strcmp(what, "get") == 0 && n == 1)
		get(args[0], o.type);
	else if (strcmp(what, "set") == 0 && n == 2)
		set(args[0], args[1], o.type, o.flags);
	else if (strcmp(what, "delete") == 0 && n == 1)
		delete (args[0], o.type);
	else if (strcmp(what, "watch") == 0 && n <= 1)
		watch(args[0], o.count);
	else
		cmd_usage();
	cmd_flush();
	return cmd_status;
}
