# SPDX-License-Identifier: BSD-2-Clause
# The writer of core files, for VFS and for commands.
$(eval $(call library,lib/core,core.c note.c))
$(eval $(call unit,lib/core,test/core_test.c,core.c note.c))
