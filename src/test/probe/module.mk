# SPDX-License-Identifier: BSD-2-Clause
#
# A boot service that misbehaves; it is a module of $(PROBE_IMAGE) only.

$(eval $(call ostest,test/probe,probe,probe.c,service))
