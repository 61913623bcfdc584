# SPDX-License-Identifier: BSD-2-Clause
#
# What must not bring the system down.

robust = $(eval $(call ostest,test/robust,robust-$1,$1.c $2 $(TEST_PROGRAM),command))
$(foreach t,vfs pm vm forge fuzz forkbomb memory disk files exec signals,$(call \
	robust,$t))
$(call robust,driver,test/rs/client.c)
$(call robust,rogue,test/ipc/client.c $(TEST_SERVICE))
$(call robust,soak,test/rs/client.c)
$(call robust,kills,test/rs/client.c)
