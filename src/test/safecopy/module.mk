# SPDX-License-Identifier: BSD-2-Clause
#
# Copies that may share pages, told by three services, with sharing and
# without.

$(eval $(call ostest,test/safecopy,safecopy-agent,agent.c sweep.c pages.c $(TEST_OWNER) \
	test/report/nonce.c test/report/sha256.c,service))
safecopy_test = $(eval $(call ostest,test/safecopy,safecopy-$1,$1.c client.c $(TEST_SERVICE) $(REPORT),command))
$(foreach t,sizes unequal isolation order vector regions overlap \
	device dma many errors nomem load message user \
	window fork tables,$(call safecopy_test,$t))

# One test for boots with several parameters.
$(foreach t,least zero off,$(eval $(call ostest,test/safecopy,safecopy-$t,least.c client.c \
	$(TEST_SERVICE) $(REPORT),command)))
