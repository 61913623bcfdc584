/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves B3, B6. RS's table has a row for every service, RS and INIT among
 * them, once, with a label, a name and an endpoint of its own; whoever is no
 * service reaches the table by no call that takes a grant, superuser or not.
 */
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <lacuna/kcall.h>
#include <lacuna/msgcall.h>

#include "test/report/report.h"
#include "test/rs/client.h"

PROTO_STUB(RS_GETSYSINFO, rs_getsysinfo)

#define GRANTS 32 /* RS makes that of the table first of all */

static const struct {
	const char *label;
	endpoint_t ep; /* of what is never started again; NONE: it may be */
} rows[] = {
	{ "pm", PM_PROC_NR },
	{ "vfs", VFS_PROC_NR },
	{ "rs", RS_PROC_NR },
	{ "vm", VM_PROC_NR },
	{ "init", INIT_PROC_NR },
	{ "memory", NONE },
	{ "log", NONE },
	{ "tty", NONE },
	{ "ds", NONE },
	{ "ext2", NONE },
	{ "pipe", NONE },
	{ "ata", NONE },
	{ "is", NONE },
};

static struct rs_info table[NR_SYS_PROCS];

/* How many rows have this label; its endpoint is that of the last. */
static unsigned int
labelled(uint32_t n, const char *label, endpoint_t *ep)
{
	unsigned int count = 0;
	uint32_t i;

	for (i = 0; i < n; i++) {
		if (strcmp(table[i].pub.label, label) != 0)
			continue;
		*ep = table[i].pub.endpoint;
		count++;
	}
	return count;
}

/* How many rows have this endpoint. */
static unsigned int
placed(uint32_t n, endpoint_t ep)
{
	unsigned int count = 0;
	uint32_t i;

	for (i = 0; i < n; i++)
		count += table[i].pub.endpoint == ep;
	return count;
}

/* 0: no call through a grant is allowed, whatever its number. */
static int
reads(void)
{
	static const int calls[] = { SYS_SAFECOPYFROM, SYS_SAFECOPYTO,
		SYS_VSAFECOPY, SYS_SAFEMEMSET, SYS_SAFEMAP };
	static char room[sizeof(struct rprocpub)];
	struct sys_safecopyfrom_req req = { RS_PROC_NR, 0, 0, (vir_bytes)room,
		sizeof room };
	size_t i;

	for (req.gid = 0; req.gid < GRANTS; req.gid++)
		for (i = 0; i < sizeof calls / sizeof calls[0]; i++)
			if (kernel_call(calls[i], &req, sizeof req, NULL, 0) !=
			    -ECALLDENIED)
				return 1;
	for (i = 0; i < sizeof room; i++)
		if (room[i] != 0)
			return 2;
	return 0;
}

/* The same as somebody else. */
static void
user_reads(void)
{
	int status = -1;
	pid_t pid = fork();

	if (pid == 0)
		_exit(setuid(100) == 0 ? reads() : 3);
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int
main(int argc, char **argv)
{
	struct rs_getsysinfo_req req = { (vir_bytes)table, NR_SYS_PROCS };
	struct rs_getsysinfo_rep rep = { 0 };
	endpoint_t ep = NONE;
	size_t i;

	(void)report_begin("rs-table", argc > 1 ? argv[1] : NULL);
	CHECK(call_rs_getsysinfo(RS_PROC_NR, &req, &rep) == OK);
	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		CHECK(labelled(rep.rows, rows[i].label, &ep) == 1);
		CHECK(ep != NONE && placed(rep.rows, ep) == 1);
		CHECK(rows[i].ep == NONE || ep == rows[i].ep);
	}
	for (i = 0; i < rep.rows; i++) {
		CHECK(table[i].pid > 0);
		CHECK(strcmp(table[i].pub.proc_name, table[i].pub.label) == 0);
	}
	CHECK(reads() == 0);
	user_reads();
	return report_end();
}
