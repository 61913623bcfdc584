# SPDX-License-Identifier: BSD-2-Clause

KERNEL_CORE := boot clock counters irq kcall kinfo klog load main maps \
	multiboot panic params priv proc release sched signal switch timer \
	trace uses vmcopy vmreq watch
KERNEL_IPC  := deadlock death notify receive send senda tracing trap
KERNEL_ARCH := devices fpu gates init memory segments traps user
KERNEL_CALL := $(patsubst src/kernel/call/%,%,$(wildcard src/kernel/call/*.c))

# Text functions are the services' own.
KERNEL_TEXT := memcpy memcmp string strlcpy strtoul format

$(eval $(call kernel,$(KERNEL_CORE:%=%.c) $(KERNEL_IPC:%=ipc/%.c) \
	arch/i386/start.S arch/i386/entry.S $(KERNEL_ARCH:%=arch/i386/%.c) \
	$(KERNEL_CALL:%=call/%) $(KERNEL_TEXT:%=lib/sys/%.c)))

$(eval $(call osunit,kernel,test/params_test.c,params.c))
$(eval $(call osunit,kernel,test/priv_test.c,priv.c))
$(eval $(call osunit,kernel,test/clock_test.c,clock.c timer.c kinfo.c))
$(eval $(call unit,kernel,test/watch_test.c,watch.c))
# Tests of mapping, a subject each, in the kernel that test/fake.c makes.
$(foreach t,map end rights exit chain,$(eval $(call osunit,kernel,test/safemap_$t_test.c,test/fake.c \
	maps.c vmreq.c call/safemap.c call/grant.c call/target.c)))
$(eval $(call osunit,kernel,test/vmreq_test.c,vmreq.c))
$(eval $(call osunit,kernel,test/deadlock_test.c,ipc/deadlock.c))
$(eval $(call osunit,kernel,test/tracing_test.c,ipc/tracing.c))
$(eval $(call osunit,kernel,test/debug_test.c,call/trace.c))
