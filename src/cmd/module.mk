# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call commands,cmd,cat chmod chown clear cmp cp cut date df dmesg ds echo \
	env expr false free grep halt head id kill ln ls man mkdir mknod more \
	mount mv od printf ps pwd rm rmdir seq sleep sort stat sync sysinfo tail tee \
	test touch tr true umount uname uniq wc yes,cmd))
$(eval $(call commands,cmd,gcore,core cmd))
$(eval $(call rooted,$O/cmd/test,/bin/[))

# Small before fast: starting a command costs more than running most of them.
$O/cmd/%.o $O/lib/cmd/%.o: CMD_CFLAGS += $(or $(OPTIMISE),-Os)
