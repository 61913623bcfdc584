# SPDX-License-Identifier: BSD-2-Clause
$(eval $(call ostest,test/fs,fs-files,files.c $(REPORT),command))
$(eval $(call ostest,test/fs,fs-disk,disk.c $(REPORT),command))
$(eval $(call ostest,test/fs,fs-mount,mount.c $(REPORT),command))
$(eval $(call ostest,test/fs,fs-waits,waits.c $(TEST_PROGRAM),command))
$(eval $(call ostest,test/fs,fs-revive,revive.c test/rs/client.c $(TEST_PROGRAM),command))
$(eval $(call ostest,test/fs,fs-shared,shared.c $(REPORT),command))
