# SPDX-License-Identifier: BSD-2-Clause
#
# How the machine goes down, whatever stands around.

$(eval $(call ostest,test/shutdown,shutdown-agent,agent.c,service))
$(eval $(call ostest,test/shutdown,shutdown-fs,fs.c,service,fs))
shutdown_test = $(eval $(call ostest,test/shutdown,shutdown-$1,$2.c scene.c \
	test/rs/client.c $(TEST_PROGRAM),command))
$(foreach t,order stubborn,$(call shutdown_test,$t,$t))
$(foreach t,server ext2 ata vfs pm,$(call shutdown_test,$t,silent))
