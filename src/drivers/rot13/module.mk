# SPDX-License-Identifier: BSD-2-Clause
#
# The example of service(7): not in the boot image, started by service(8).
$(eval $(call service,drivers/rot13,rot13.c,driver))
