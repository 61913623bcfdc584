/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See servers/ds/test/life.h. The host's headers for this do not go
 * together with those of the system. */
#include "servers/ds/test/life.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

void *
life_shared(size_t bytes)
{
	void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		abort();
	return p;
}

int
life_run(void (*living)(void))
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		living();
		_exit(0);
	}
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}
