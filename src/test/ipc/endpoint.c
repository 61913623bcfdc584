/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A10. Endpoints: every slot of every generation can be told from its
 * endpoint, and no endpoint of a process is one of the names that are no
 * process.
 */
#include "test/report/report.h"

#include <abi/endpoint.h>

/* All slots of a generation, or only the first and last few. */
static unsigned int
generation(int gen, int step)
{
	unsigned int wrong = 0;
	int slot;
	endpoint_t ep;

	for (slot = -NR_TASKS; slot < NR_PROCS; slot += step) {
		ep = endpoint_make(gen, slot);
		wrong += endpoint_gen(ep) != gen || endpoint_slot(ep) != slot;
		wrong += ep == NONE || ep == ANY || ep == SELF;
	}
	return wrong;
}

int
main(int argc, char **argv)
{
	unsigned int wrong = 0;
	int gen;

	(void)report_begin("ipc-endpoint", argc > 1 ? argv[1] : NULL);
	for (gen = 0; gen <= ENDPOINT_GEN_MAX; gen++)
		wrong += generation(gen, gen % 97 < 2 ? 1 : 52);
	CHECK(wrong == 0);
	CHECK(generation(ENDPOINT_GEN_MAX, 1) == 0);
	CHECK(endpoint_make(0, PM_PROC_NR) == PM_PROC_NR);
	CHECK(endpoint_slot(ASYNCM) == -NR_TASKS && endpoint_gen(ASYNCM) == 0);
	return report_end();
}
