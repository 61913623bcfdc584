/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Waiting for children. A status word holds, from bit 0: seven bits of
 * signal number (0 = exited, 127 = stopped), the core flag, and in the next
 * byte the exit code or the stopping signal; 0xffff means "continued".
 */
#ifndef LACUNA_SYS_WAIT_H
#define LACUNA_SYS_WAIT_H

#include <signal.h>
#include <sys/types.h>

#define WNOHANG    1 /* do not block */
#define WUNTRACED  2 /* report stopped children too */
#define WCONTINUED 4 /* report continued children too */

/* For waitid(); WEXITED, WSTOPPED or WCONTINUED must be there. */
#define WSTOPPED WUNTRACED
#define WNOWAIT  8  /* leave the child as it is */
#define WEXITED  16 /* report children that have ended */

#define WIFEXITED(w)    (((w)&0x7f) == 0)
#define WIFSIGNALED(w)  (((w)&0x7f) > 0 && ((w)&0x7f) < 0x7f)
#define WIFSTOPPED(w)   (((w)&0xff) == 0x7f)
#define WIFCONTINUED(w) ((w) == 0xffff)
#define WEXITSTATUS(w)  (((w) >> 8) & 0xff)
#define WTERMSIG(w)     ((w)&0x7f)
#define WSTOPSIG(w)     (((w) >> 8) & 0xff)
#define WCOREDUMP(w)    (((w)&0x80) != 0)

typedef enum {
	P_ALL, /* any child */
	P_PID,
	P_PGID, /* 0: the caller's own group */
} idtype_t;

_BEGIN_STD_C

struct rusage;

pid_t wait(int *__status);
pid_t waitpid(pid_t __pid, int *__status, int __options);
pid_t wait3(int *__status, int __options, struct rusage *__usage);

pid_t wait4(pid_t __pid, int *__status, int __options, struct rusage *__usage);
int waitid(idtype_t __type, id_t __id, siginfo_t *__info, int __options);

_END_STD_C

#endif
