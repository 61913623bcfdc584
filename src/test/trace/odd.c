/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What trace(1) must cope with: addresses that lead nowhere, calls nobody
 * knows, messages full of junk, signals that look like events, an end within
 * a call. Everything that is shown of it is the same in each run.
 */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <unistd.h>

#include <abi/endpoint.h>
#include <lacuna/ipc.h>
#include <proto/pm.h>
#include <proto/vfs.h>

#define NOWHERE 0x10u
#define PLACE   ((char *)0x70000000) /* a page, and nothing behind it */

static char *const page_end = PLACE + 4096;

static void
place(void)
{
	if (mmap(PLACE, 4096, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANON | MAP_FIXED, -1, 0) != PLACE)
		_exit(90);
}

/* A message at a place that is always the same. */
static struct message *
message(int type)
{
	struct message *m = (struct message *)(void *)PLACE;

	memset(m, 0, sizeof *m);
	m->m_type = type;
	return m;
}

static void
bad_messages(void)
{
	struct message *m;

	(void)ipc_trap_const(SENDREC, PM_PROC_NR, (void *)NOWHERE);
	(void)ipc_trap_const(SENDREC, PM_PROC_NR, page_end - 8);
	(void)ipc_trap_const(SENDREC, PM_PROC_NR, (void *)0xfffffff0u);
	m = message(PM_BASE + 0x7f);
	m->m_body[0] = 1;
	m->m_body[2] = 0xdeadbeef;
	(void)ipc_sendrec(PM_PROC_NR, m);
	(void)ipc_sendrec(VFS_PROC_NR, message(PM_SETSID));
	(void)ipc_sendrec(PM_PROC_NR, message(-1));
	(void)ipc_sendrec(PM_PROC_NR, message(0));
	(void)ipc_sendrec(12345, message(PM_FORK));
}

static void
bad_traps(void)
{
	(void)ipc_receive(ANY, message(0), NULL);
	(void)ipc_send(PM_PROC_NR, message(PM_FORK));
	(void)ipc_notify(VFS_PROC_NR);
	(void)ipc_senda((struct asynmsg *)(void *)PLACE, 3);
	(void)ipc_trap_const(7, PM_PROC_NR, message(0));
	(void)ipc_trap_const(-1, NONE, (void *)NOWHERE);
}

/* Strings: nowhere, without an end, long, with everything in them. */
static void
bad_strings(void)
{
	struct message *m = message(VFS_CHDIR);
	struct vfs_chdir_req *req = (struct vfs_chdir_req *)m->m_body;
	static const char nasty[] = "\001\0022\n\"\\\377.";

	*req = (struct vfs_chdir_req){ NOWHERE, 5 };
	(void)ipc_sendrec(VFS_PROC_NR, m);
	memset(page_end - 5, 'x', 5);
	m->m_type = VFS_CHDIR;
	*req = (struct vfs_chdir_req){ (vir_bytes)(uintptr_t)(page_end - 5),
		UINT32_MAX };
	(void)ipc_sendrec(VFS_PROC_NR, m);
	m->m_type = VFS_CHDIR;
	req->path_len = 0;
	(void)ipc_sendrec(VFS_PROC_NR, m);
	(void)chdir("/a/rather/long/name/that/is/not/there");
	(void)chdir(nasty);
	(void)chdir("");
}

/* Numbers that have no names, or more than one. */
static void
bad_numbers(void)
{
	(void)open("/no/where", O_RDWR | O_CREAT | O_EXCL | 0x800000, 0644);
	(void)open("/nowhere", O_WRONLY | O_RDWR);
	(void)lseek(77, -5, 9);
	(void)fcntl(77, 1000, 9);
	(void)kill(99999, 0);
	(void)kill(99999, 77);
	(void)write(77, "abc", 3);
	(void)read(77, (void *)NOWHERE, 3);
}

/* A frame of exec: so many arguments, the first at an offset. */
static void
exec_with(uint32_t argc, uint32_t at, vir_bytes frame)
{
	struct message *m = message(PM_EXEC);
	uint32_t *words = (uint32_t *)(void *)(page_end - 12);

	words[0] = argc;
	words[1] = at;
	words[2] = 0x006968; /* "hi" */
	strcpy(PLACE + 1024, "/nowhere");
	*(struct pm_exec_req *)m->m_body =
	    (struct pm_exec_req){ (vir_bytes)(uintptr_t)PLACE + 1024, 9,
		    frame != 0 ? frame : (vir_bytes)(uintptr_t)words, 12 };
	(void)ipc_sendrec(PM_PROC_NR, m);
}

static void
bad_exec(void)
{
	exec_with(UINT32_MAX, 0x7fffffff, 0);
	exec_with(UINT32_MAX, 8, 0);
	exec_with(1, 8, 0);
	exec_with(1, 8, NOWHERE);
}

static void
on_signal(int sig)
{
	(void)sig;
}

static void
alarm_ms(long ms)
{
	const struct itimerval it = { .it_value = { 0, ms * 1000 } };

	(void)setitimer(ITIMER_REAL, &it, NULL);
}

/* Signals that look like events, between calls and within. */
static void
traps(void)
{
	(void)signal(SIGTRAP, on_signal);
	(void)signal(SIGALRM, on_signal);
	(void)setpgid(0, 0);
	__asm__ volatile("int3");
	(void)kill(0, SIGTRAP);
	alarm_ms(300);
	(void)pause();
}

/* A signal ends it within a call. */
static void
end_within(void)
{
	int fd[2];

	(void)pipe(fd);
	alarm_ms(300);
	(void)read(fd[0], PLACE, 1);
}

int
main(int argc, char **argv)
{
	place();
	if (argc > 1 && strcmp(argv[1], "end") == 0)
		end_within();
	bad_messages();
	bad_traps();
	bad_strings();
	bad_numbers();
	bad_exec();
	traps();
	return 7;
}
