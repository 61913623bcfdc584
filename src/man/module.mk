# SPDX-License-Identifier: BSD-2-Clause
#
# The manual: plain text as man(1) shows it, at most 72 columns wide.

$(foreach p,$(notdir $(wildcard src/man/man*/*.*)),$(eval $(call \
	install,man/man$(patsubst .%,%,$(suffix $p))/$p,/usr/man/man$(patsubst \
	.%,%,$(suffix $p))/$p)))
