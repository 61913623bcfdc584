# SPDX-License-Identifier: BSD-2-Clause
#
# What RS does for services, and does not do for everybody.

$(eval $(call ostest,test/rs,rs-agent,agent.c,service))
rs_test = $(eval $(call ostest,test/rs,rs-$1,$1.c client.c $(REPORT),command))
$(eval $(call ostest,test/rs,rs-news,news.c test/ds/client.c \
	$(TEST_SERVICE) $(REPORT),command))
$(foreach t,init restart hostile policy slow table,$(call rs_test,$t))
$(foreach t,vfs-silent vfs-dies pm-silent pm-dies pm-end \
	vm-silent vm-idle vm-loops,$(eval $(call \
	ostest,test/rs,rs-$t,silent.c client.c $(REPORT),command)))
$(foreach t,loop busy leak shell recover,$(eval $(call \
	ostest,test/rs,rs-$t,$t.c client.c $(TEST_PROGRAM),command)))
$(eval $(call ostest,test/rs,rs-rights-agent,rights_agent.c refusals.c,service))
$(eval $(call ostest,test/rs,rs-rights,rights.c refusals.c $(TEST_PROGRAM),command))
$(eval $(call install,test/rs/command.sh,/test/rs-command,755))
$(eval $(call ostest,test/rs,rs-device,device.c client.c $(TEST_PROGRAM),command))
