# SPDX-License-Identifier: BSD-2-Clause
#
# A new lab, complete from the first moment: make lab NEW=flock copies the small
# one of mk/skeleton under that name.

lab: ## Begin a new lab: NEW=flock, from a small one that is complete
	@mk/newlab '$(NEW)'

check-newlab: $(IMAGE) $(GRADE) ## Is a new lab complete, and does it verify?
	@$(built) unset LOCKED; O=$O mk/check-newlab

.PHONY: lab check-newlab
