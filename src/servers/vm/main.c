/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The memory server.
 */
#include "servers/vm/vm.h"

int
main(void)
{
	return server_run(&vm_server);
}
