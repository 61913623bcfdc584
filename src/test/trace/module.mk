# SPDX-License-Identifier: BSD-2-Clause
#
# trace(1): its lines, compared with what they must be.
$(eval $(call ostest,test/trace,trace-strange,odd.c,command))
$(eval $(call install,test/trace/lines.sh,/test/trace-lines,755))
