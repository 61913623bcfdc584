# SPDX-License-Identifier: BSD-2-Clause
#
# Debugging, in short: what only a process that really stops can show.

tracee_test = $(eval $(call ostest,test/tracee,tracee-$1,$1.c scene.c $(TEST_PROGRAM),command))
$(foreach t,hold look queue ends born steps,$(call tracee_test,$t))
