/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * What the files of the port layer share. Each of them implements one call
 * of the C library, and most have the same shape: fill the request of the
 * protocol, send it to a server, set errno, return.
 */
#pragma once

#include <errno.h>
#include <stddef.h>
#include <sys/types.h>

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <abi/signal.h>

/**
 * Turn a server's status into what a POSIX function returns. errno is
 * newlib's, which keeps it in a structure of its own.
 *
 * @param[in] r  OK, a result, or a negative error
 * @return r, or -1 with errno set
 */
static inline int
errno_return(int r)
{
	if (r >= 0)
		return r;
	errno = -r;
	return -1;
}

/**
 * Send a request to a server and wait for its reply. An ordinary process may
 * do nothing else with messages.
 *
 * @param[in]  to      endpoint of the server
 * @param[in]  type    number of the request
 * @param[in]  req     payload of the request, may be NULL if reqlen is 0
 * @param[in]  reqlen  its size, at most MSG_BODY
 * @param[out] rep     payload of the reply; written only if the status is OK
 * @param[in]  replen  its size, at most MSG_BODY
 *
 * @return the server's status: OK or a negative error
 * @retval -ECALLDENIED  the caller may not talk to this server
 * @retval -EDEADSRCDST  there is no such process, or it has died meanwhile
 *
 * May block for as long as the server likes.
 * @source own design
 */
int msg_call(endpoint_t to, int type, const void *req, size_t reqlen, void *rep,
    size_t replen);

/**
 * As msg_call(), but a call that a signal has interrupted is not made again.
 * Parameters and results as there, and
 *
 * @param[out] rep  is written, too, if the call was interrupted
 * @retval -ECALLAGAIN  a signal came between: make the call again
 * @retval -EINTR       a handler has run that lets it end
 * @source own design
 */
int msg_call_once(endpoint_t to, int type, const void *req, size_t reqlen,
    void *rep, size_t replen);

/** What the program was started as, for messages. */
extern const char *__progname;

/**
 * Where signal handlers return to. Its argument is the frame the kernel has
 * built; it is an address for sigaction(), not a function to call.
 * @source own design
 */
void __sigtramp(void);

/**
 * Leave a signal handler.
 *
 * @param[in] context  what to restore, on the stack below the handler's frame
 * @source own design
 */
void __sigreturn(const struct sig_context *context) __attribute__((noreturn));

struct vfs_read_req; /* also of a write */

/**
 * Write all that a request says, or as much as goes.
 *
 * @param[in,out] req  request; what has been written is taken off it
 * @return bytes written, or -1 with errno set
 * @source own design
 */
ssize_t __write(struct vfs_read_req *req);

/* Calls that newlib's headers hide. */
struct sched_param;
int sched_setparam(int pid, const struct sched_param *param);
int sched_setscheduler(int pid, int policy, const struct sched_param *param);
int execvpe(const char *name, char *const argv[], char *const envp[]);
