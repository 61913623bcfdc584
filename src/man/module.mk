# SPDX-License-Identifier: BSD-2-Clause
#
# The manual: plain text as man(1) shows it, at most 72 columns wide. Lines
# that begin with .\" are for readers of the source and are left out, but where
# one says `source: FILE', the page has that file of src, as it is.

define page
ROOT_FILES += $O/root/usr/man/$1
$O/root/usr/man/$1: src/man/$1
	$$(Q)mkdir -p $$(@D) && src/man/page $$< >$$@ && chmod 644 $$@
$O/root/usr/man/$1: $(shell sed -n 's|^\.\\" source: |src/|p' src/man/$1)
endef

$(foreach p,$(wildcard src/man/man*/*.*),$(eval \
	$(call page,$(p:src/man/%=%))))
