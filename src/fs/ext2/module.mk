# SPDX-License-Identifier: BSD-2-Clause
EXT2_CORE := volume.c superblock.c log.c recount.c group.c cache.c bitmap.c \
	balloc.c ialloc.c inode.c sync.c request.c \
	inode_fields.c map.c truncate.c cursor.c directory.c list.c file.c \
	names.c link.c attr.c mount.c
$(eval $(call service,fs/ext2,main.c device.c driver.c clock.c $(EXT2_CORE),fs))
EXT2_TESTED := test/fake.c $(EXT2_CORE)
$(eval $(call unit,fs/ext2,test/cache_test.c,$(EXT2_TESTED)))
$(eval $(call unit,fs/ext2,test/ops_test.c,$(EXT2_TESTED)))
$(eval $(call unit,fs/ext2,test/random_test.c,$(EXT2_TESTED)))
$(eval $(call unit,fs/ext2,test/damage_test.c,$(EXT2_TESTED)))
$(eval $(call unit,fs/ext2,test/crash_test.c,$(EXT2_TESTED)))
$(eval $(call unit,fs/ext2,test/device_test.c,device.c))
