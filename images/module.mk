# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call host,images,mkboot,mkboot.c))
