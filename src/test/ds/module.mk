# SPDX-License-Identifier: BSD-2-Clause
#
# What the data store does for services, told by two of them.

$(eval $(call ostest,test/ds,ds-agent,agent.c sum.c \
	test/service/nameless.c $(TEST_OWNER),service))
$(eval $(call ostest,test/ds,ds-sane,sane.c $(REPORT),command))
DS_TEST := client.c ranges.c sum.c kinds.c entries.c told.c rule.c usage.c \
	bound.c test/report/errors.c $(TEST_SERVICE) $(REPORT)
ds_test = $(eval $(call ostest,test/ds,ds-$1,$1.c $(DS_TEST),command))
$(foreach t,u32 types keylen overwrite full errors label delete owner priv \
	restart match subtypes initial suberrors check gone reuse two subpriv \
	subrestart mem memkeep membound map live mapgone snapshot mapbound \
	readers leak,$(call ds_test,$t))

# The library, the command, and users.
$(eval $(call ostest,test/ds,ds-caller,caller.c \
	test/service/nameless.c $(TEST_OWNER),service))
$(eval $(call ostest,test/ds,ds-library,library.c test/rs/client.c \
	$(TEST_SERVICE) $(TEST_PROGRAM),command))
$(eval $(call ostest,test/ds,ds-users,users.c $(TEST_PROGRAM),command))
$(eval $(call install,test/ds/command.sh,/test/ds-command,755))
