# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call library,lib/fs,fsserver.c))
