# SPDX-License-Identifier: BSD-2-Clause
#
# Services replaced while they run.

$(eval $(call ostest,test/update,update-agent,agent.c,service))
UPDATE_TEST := client.c test/rs/client.c $(TEST_SERVICE) $(TEST_PROGRAM)
update_test = $(eval $(call ostest,test/update,update-$1,$1.c $(UPDATE_TEST),command))
$(foreach t,prepare outcome services load,$(call update_test,$t))
