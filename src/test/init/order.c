/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Proves B1, B3, B7. A boot service that others wait for takes seconds to
 * initialise. Those before it in the table may run when it begins; nobody else
 * may before it has reported; all do in the end.
 */
#include "test/init/client.h"

int
main(int argc, char **argv)
{
	test_begin(argc, argv, "init-order");
	CHECK_STATUS(start_up("t.order"), OK);
	start.order = DO_PROBE;
	mailbox_ask(&start.box);
	(void)report_status("probe", start.result);
	(void)report_number("before", start.probe.before);
	(void)report_number("after", start.probe.after);
	(void)report_number("now", start.probe.now);
	CHECK_STATUS(label_request(RS_DOWN, "t.order"), OK);
	return report_end();
}
