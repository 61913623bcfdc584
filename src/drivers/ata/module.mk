# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call service,drivers/ata,main.c controller.c mbr.c,driver))
$(eval $(call unit,drivers/ata,test/mbr_test.c,mbr.c))
$(eval $(call unit,drivers/ata,test/controller_test.c,controller.c))
