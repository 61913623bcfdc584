/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves A1. Memory that is no frame of VM's: copies from and to a device (the
 * display's text, which is not on the screen in a test), and memory that a
 * device knows (contiguous). Bytes are moved there, nothing is shared.
 */
#include <proto/vm.h>

#include "test/safecopy/client.h"

#define TEXT  0xB8000u /* physical address of the display's memory */
#define PAGES 4u
#define SIZE  (PAGES * PAGE)

static vir_bytes device, src, dst;

static void
to_device(void)
{
	agent_fill(&g, src, SIZE, "device");
	(void)report_obs("to-device", "%d",
	    agent_move(A_FROM, &g, src, &u, device, SIZE));
	agent_report(&u, "device", device, SIZE);
	agent_set(&g, src, SIZE, 'g');
	agent_report(&u, "device-kept", device, SIZE);
	agent_set(&u, device, PAGE, 'd');
	CHECK(agent_count(&g, src, SIZE, 'g') == (int)SIZE);
}

static void
from_device(void)
{
	agent_fill(&u, device, SIZE, "back");
	agent_set(&g, dst, SIZE, 0);
	(void)report_obs("back", "%d",
	    agent_move(A_FROM, &u, device, &g, dst, SIZE));
	agent_report(&g, "from-device", dst, SIZE);
	agent_set(&u, device, SIZE, 'd');
	agent_report(&g, "copy-kept", dst, SIZE);
	(void)report_obs("by-the-owner", "%d",
	    agent_move(A_TO, &u, device, &g, dst, SIZE));
	agent_set(&g, dst, PAGE, 'x');
	CHECK(agent_count(&u, device, SIZE, 'd') == (int)SIZE);
}

/* Half of the range is the device, half is memory. */
static void
partly(void)
{
	vir_bytes beside = device + SIZE;

	u.op.addr = beside;
	u.op.len = PAGE;
	u.op.access = VM_PROT_READ | VM_PROT_WRITE;
	if (agent_do(&u, A_MAP_AT) != (int)beside)
		return; /* something else is there */
	agent_fill(&g, src, SIZE, "partly");
	CHECK(agent_move(A_FROM, &g, src, &u, device + PAGE, SIZE) == OK);
	agent_report(&u, "partly", device + PAGE, SIZE);
	agent_set(&u, device + PAGE, SIZE, 'd');
	agent_report(&g, "partly-source", src, SIZE);
}

int
main(int argc, char **argv)
{
	agents_open(argc, argv, "safecopy-device");
	src = agent_map(&g, PAGES);
	dst = agent_map(&g, PAGES);
	u.op.addr = TEXT;
	u.op.len = SIZE;
	device = (vir_bytes)agent_do(&u, A_PHYS);
	CHECK(device < 0xc0000000u);
	to_device();
	from_device();
	partly();
	u.op.addr = device;
	CHECK(agent_do(&u, A_UNPHYS) == OK);
	return agents_close();
}
