# SPDX-License-Identifier: BSD-2-Clause
#
# Files, names, pipes and devices, as programs see them.

vfs_test = $(eval $(call ostest,test/vfs,vfs-$1,$1.c $(TEST_PROGRAM),command))
$(foreach t,files names permission pipes select locks devices,$(call \
	vfs_test,$t))

# Against a service that lies, says nothing, or dies, as it is told.
$(eval $(call ostest,test/vfs,vfs-liar,liar.c $(TEST_OWNER),service))
liar_test = $(eval $(call ostest,test/vfs,vfs-$1,$1.c lying.c test/rs/client.c \
	$(TEST_SERVICE) $(TEST_PROGRAM),command))
$(foreach t,lies silent returns,$(call liar_test,$t))
