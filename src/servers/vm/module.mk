# SPDX-License-Identifier: BSD-2-Clause
VM_SOURCES := process.c frames.c pagetable.c region.c page.c fault.c memreq.c \
	fork.c exec.c exit.c brk.c mmap.c phys.c acl.c info.c adopt.c table.c
$(eval $(call service,servers/vm,main.c $(VM_SOURCES)))

# acl.c and the calls to it stay real; the kernel is a fake.
VM_FAKED := test/fake.c process.c frames.c pagetable.c region.c page.c fault.c \
	fork.c exec.c exit.c brk.c mmap.c phys.c
$(eval $(call unit,servers/vm,test/frames_test.c,$(VM_FAKED) acl.c))
$(eval $(call unit,servers/vm,test/region_test.c,$(VM_FAKED) acl.c))
$(eval $(call unit,servers/vm,test/fork_test.c,$(VM_FAKED) acl.c))
