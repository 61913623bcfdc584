# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call host,images,mkboot,mkboot.c))
$(eval $(call unit,grader,test/bochs_output_test.c,bochs_output.c))
$(eval $(call unit,grader,test/symbols_test.c,symbols.c))

ifeq ($(wildcard grader/module.mk),)
$(eval $(call hostlib,grader,emulator,bochs.c bochs_files.c bochs_output.c \
	bochs_result.c symbols.c))
$(eval $(call host,grader,launch,launch.c launch_run.c launch_gdb.c,+emulator))
$(eval $(call host,grader,symbolise,symbolise.c,+emulator))
endif
