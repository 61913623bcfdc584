# SPDX-License-Identifier: BSD-2-Clause
VM_SOURCES := process.c frames.c pagetable.c region.c page.c cow.c cowrun.c smap.c share.c \
	fault.c memreq.c fork.c exec.c exit.c brk.c mmap.c phys.c acl.c info.c adopt.c
$(eval $(call service,servers/vm,main.c table.c $(VM_SOURCES)))

VM_TESTS := frames region fork kernel quota
$(foreach t,$(VM_TESTS),$(eval $(call \
	osunit,servers/vm,test/$t_test.c,test/fake.c $(VM_SOURCES))))

# Windows, a subject each: the three processes of test/smap_fake.c.
$(foreach t,map end read fork,$(eval $(call osunit,servers/vm,test/smap_$t_test.c,test/fake.c \
	test/smap_fake.c $(VM_SOURCES))))

# Copy-on-write, a subject each: the three processes of test/cow_fake.c.
$(foreach t,page map special error,$(eval $(call osunit,servers/vm,test/cow_$t_test.c,test/fake.c \
	test/cow_fake.c $(VM_SOURCES))))
$(eval $(call osunit,servers/vm,test/cowrun_test.c,test/fake.c test/cow_fake.c $(VM_SOURCES)))
