# SPDX-License-Identifier: BSD-2-Clause
#
# Memory that services share through grants, told by two of them and more.

$(eval $(call ostest,test/safemap,safemap-agent,agent.c $(TEST_OWNER),service))
safemap_test = $(eval $(call ostest,test/safemap,safemap-$1,$1.c client.c $(TEST_SERVICE) $(TEST_PROGRAM),command))
$(foreach t,sane map unmap revoke rights readonly window regrant chain exit \
	full fork cow race,$(call safemap_test,$t))
