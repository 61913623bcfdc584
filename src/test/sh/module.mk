# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call install,test/sh/lib.inc,/test/sh-lib))
$(foreach t,words flow redirect hostile files text,$(eval $(call \
	install,test/sh/$t.sh,/test/sh-$t,755)))
