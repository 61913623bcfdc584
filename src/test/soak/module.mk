# SPDX-License-Identifier: BSD-2-Clause
#
# Everything, for long, and nothing may be left of it.

$(eval $(call install,test/soak/soak.sh,/test/soak-system,755))
$(eval $(call ostest,test/soak,soak-agent,agent.c,service))
