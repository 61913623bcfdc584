# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call commands,cmd,cat echo false halt kill ln mkdir pwd rm rmdir sleep \
	sync touch true,cmd))

# Small before fast: starting a command costs more than running most of them.
$O/cmd/%.o $O/lib/cmd/%.o: CMD_CFLAGS += -Os
