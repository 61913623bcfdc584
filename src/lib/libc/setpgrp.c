/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * setpgrp: the System V form, the caller leads a new group.
 */
#include <unistd.h>

int
setpgrp(void)
{
	return setpgid(0, 0);
}
