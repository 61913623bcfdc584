# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call commands,cmd,cat echo false halt kill ln mkdir pwd rm rmdir sleep \
	sync touch true,cmd))
