/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * signal: sigaction with BSD's meaning, the handler stays and its signal is
 * blocked while it runs.
 */
#include <signal.h>

_sig_func_ptr
signal(int sig, _sig_func_ptr func)
{
	struct sigaction act = { .sa_handler = func, .sa_flags = SA_RESTART };
	struct sigaction old;

	return sigaction(sig, &act, &old) == 0 ? old.sa_handler : SIG_ERR;
}
