# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call service,fs/pipe,pipe.c,fs))
