/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * launch gdb: the machine runs in QEMU up to the boot record, gdb is in this
 * terminal. They talk through a socket in a directory of their own. Debian's
 * Bochs has no gdb server, hence the other emulator; the image is the same.
 */
#include "grader/emulator/launch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATH_ROOM    256
#define WAIT_STEPS   100
#define WAIT_STEP_US 20000

static char dir[] = "/tmp/lacuna-gdb-XXXXXX";

static void
path_in(char *path, const char *name)
{
	snprintf(path, PATH_ROOM, "%s/%s", dir, name);
}

/* The page of boot parameters, as the emulator library makes it for Bochs. */
static void
params_write(const char *params)
{
	static const char magic[] = "LACUNA-PARAMS\n";
	char path[PATH_ROOM];
	FILE *f;

	path_in(path, "params.bin");
	f = fopen(path, "we");
	if (f == NULL)
		return;
	fprintf(f, "%s%s", magic, params);
	fputc('\0', f);
	fclose(f);
}

static _Noreturn void
qemu_start(const struct launch_options *o)
{
	const char *com1 = o->config.com1_file;
	char *drive, *socket, *serial;
	int null = open("/dev/null", O_RDWR);

	setsid();
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (null < 0 || dup2(null, STDIN_FILENO) < 0 ||
	    asprintf(&drive, "file=%s,format=raw,snapshot=on",
		o->config.image) < 0 ||
	    asprintf(&socket, "socket,id=g,path=%s/gdb,server=on,wait=off",
		dir) < 0 ||
	    asprintf(&serial, "file:%s", com1 != NULL ? com1 : "/dev/null") < 0)
		_exit(127);
	execlp("qemu-system-i386", "qemu-system-i386", "-m", "64", "-drive",
	    drive, "-chardev", socket, "-gdb", "chardev:g", "-S", "-serial",
	    serial, "-monitor", "none", "-display",
	    getenv("DISPLAY") != NULL ? "gtk" : "none", "-debugcon", "stdio",
	    "-device", "isa-debug-exit,iobase=0x8900,iosize=1", (char *)NULL);
	_exit(127);
}

/* Add "-ex COMMAND" to gdb's arguments. */
__attribute__((format(printf, 3, 4))) static void
command_add(char **argv, int *n, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	argv[(*n)++] = strdup("-ex");
	if (vasprintf(&argv[(*n)++], format, args) < 0)
		_exit(127);
	va_end(args);
}

/* QEMU's BIOS clears the place of the parameters, so gdb puts them there when
 * the BIOS has done its work and starts the boot record. */
static _Noreturn void
gdb_start(const struct launch_options *o)
{
	char *argv[16 + 2 * LAUNCH_SYMBOLS_MAX];
	int n = 0;

	argv[n++] = strdup("gdb");
	argv[n++] = strdup("-q");
	if (o->nsymbols > 0)
		argv[n++] = strdup(o->symbols[0]);
	command_add(argv, &n, "target remote %s/gdb", dir);
	command_add(argv, &n, "thbreak *0x7c00");
	command_add(argv, &n, "continue");
	command_add(argv, &n, "restore %s/params.bin binary 0xd0000", dir);
	for (int i = 1; i < o->nsymbols; i++)
		command_add(argv, &n, "add-symbol-file %s", o->symbols[i]);
	argv[n] = NULL;
	execvp(argv[0], argv);
	_exit(127);
}

/* The socket is there when QEMU is ready, or QEMU is gone. */
static bool
qemu_is_ready(pid_t qemu)
{
	char path[PATH_ROOM];

	path_in(path, "gdb");
	for (int i = 0; i < WAIT_STEPS; i++) {
		if (access(path, F_OK) == 0)
			return true;
		if (waitpid(qemu, NULL, WNOHANG) == qemu)
			return false;
		usleep(WAIT_STEP_US);
	}
	return false;
}

static void
dir_remove(void)
{
	char path[PATH_ROOM];

	path_in(path, "gdb");
	unlink(path);
	path_in(path, "params.bin");
	unlink(path);
	rmdir(dir);
}

int
launch_gdb(struct launch_options *o)
{
	pid_t qemu, gdb;
	int status = 1;

	if (mkdtemp(dir) == NULL) {
		fprintf(stderr, "launch: %s: %s\n", dir, strerror(errno));
		return 3;
	}
	params_write(o->params);
	qemu = fork();
	if (qemu == 0)
		qemu_start(o);
	if (qemu < 0 || !qemu_is_ready(qemu)) {
		fputs("launch: QEMU did not start; is qemu-system-i386 "
		      "(Debian: qemu-system-x86) installed?\n",
		    stderr);
		dir_remove();
		return 3;
	}
	signal(SIGINT, SIG_IGN); /* meant for gdb */
	signal(SIGHUP, SIG_IGN); /* gdb ends by it, then we do */
	gdb = fork();
	if (gdb == 0) {
		signal(SIGINT, SIG_DFL);
		signal(SIGHUP, SIG_DFL);
		gdb_start(o);
	}
	if (gdb > 0)
		waitpid(gdb, &status, 0);
	kill(qemu, SIGKILL);
	waitpid(qemu, NULL, 0);
	dir_remove();
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
