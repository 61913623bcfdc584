# SPDX-License-Identifier: BSD-2-Clause
#
# Memory that services share through grants, told by two of them and more.
# Mistakes that are easily made, and the tests that find them:
#
#   the owner's entry is still write-protected from a copy that
#   is over; its own store kills it                             readonly fork
#   of several mappings of a grant not all are revoked          revoke full
#   records are not given back: when it fails, at exit, exec    window full exit
#   revoking needs the grant to be valid                        revoke chain
#   the owner is noted with the number of somebody else's grant chain regrant
#   a window gives more rights to others than it has            regrant
#   a wild address, of window or grant, reaches VM              window
#   a process dies between the request and VM's answer          race exit
#   a length is not a page multiple                             window rights
#   the kernel stores to a window that may only be read         readonly
#   unmapping when all others have gone                         readonly exit
#   the caller goes on, or is revoked, before VM is done        race revoke
#   who shares copy-on-write with the owner is in the window    cow
#   children share what their parents do                        fork

$(eval $(call ostest,test/safemap,safemap-agent,agent.c hog.c $(TEST_OWNER),service))
safemap_test = $(eval $(call ostest,test/safemap,safemap-$1,$1.c client.c $(TEST_SERVICE) $(TEST_PROGRAM),command))
$(foreach t,sane map unmap revoke rights readonly window regrant chain exit \
	full fork cow race memory,$(call safemap_test,$t))
