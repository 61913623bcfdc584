# SPDX-License-Identifier: BSD-2-Clause
#
# From files to a running machine: the tool that writes the boot image, the
# library that owns Bochs, and the programs on it.
$(eval $(call host,images,mkboot,mkboot.c))
$(eval $(call hostlib,grader,emulator,bochs.c bochs_files.c bochs_output.c \
	bochs_result.c symbols.c))
$(eval $(call host,grader,launch,launch.c launch_run.c launch_gdb.c,+emulator))
$(eval $(call host,grader,symbolise,symbolise.c,+emulator))
