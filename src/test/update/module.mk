# SPDX-License-Identifier: BSD-2-Clause
#
# Services replaced while they run.

update_agent = $(eval $(call ostest,test/update,update-$1,agent.c $2,service))
$(call update_agent,agent,version1.c)
$(call update_agent,newer,version2.c)
$(call update_agent,broken,version3.c)
UPDATE_TEST := client.c test/rs/client.c $(TEST_SERVICE) $(TEST_PROGRAM)
update_test = $(eval $(call ostest,test/update,update-$1,$1.c $(UPDATE_TEST),command))
$(foreach t,prepare outcome services load,$(call update_test,$t))
