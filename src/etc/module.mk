# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call install,etc/rc,/etc/rc))
$(eval $(call install,etc/hostname,/etc/hostname))
$(eval $(call install,etc/passwd,/etc/passwd))
$(eval $(call install,etc/group,/etc/group))
