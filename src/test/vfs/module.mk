# SPDX-License-Identifier: BSD-2-Clause
#
# Files, names, pipes and devices, as programs see them.

vfs_test = $(eval $(call ostest,test/vfs,vfs-$1,$1.c $(TEST_PROGRAM),command))
$(foreach t,files names permission pipes select locks devices,$(call \
	vfs_test,$t))
