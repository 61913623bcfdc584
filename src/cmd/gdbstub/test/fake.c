/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See fake.h. */
#include "cmd/gdbstub/test/fake.h"

#include <errno.h>
#include <string.h>

struct fake fake;

void
fake_setup(void)
{
	memset(&fake, 0, sizeof fake);
	fake.pid = FAKE_PID;
	for (uint32_t i = 0; i < NR_REGS; i++)
		fake.regs[i] = 0x11223300 + i;
	for (uint32_t i = 0; i < FAKE_SIZE; i++)
		fake.memory[i] = (uint8_t)i;
	fake.regs[REG_EIP] = FAKE_AT;
	fake.next =
	    (struct target_event){ .news = TARGET_STOPPED, .number = 5 };
}

int
target_start(char *const argv[])
{
	if (fake.pid != 0)
		return EBUSY;
	if (fake.error != 0)
		return fake.error;
	fake.started[0] = '\0';
	for (; *argv != NULL; argv++) {
		strcat(fake.started, *argv);
		strcat(fake.started, "|");
	}
	fake.pid = FAKE_PID;
	return 0;
}

int
target_attach(int id)
{
	if (fake.pid != 0)
		return EBUSY;
	if (fake.error != 0)
		return fake.error;
	fake.pid = id;
	fake.attached = true;
	return 0;
}

int
target_pid(void)
{
	return fake.pid;
}

bool
target_is_attached(void)
{
	return fake.attached;
}

int
target_regs(uint32_t regs[NR_REGS])
{
	if (fake.pid == 0)
		return ESRCH;
	memcpy(regs, fake.regs, sizeof fake.regs);
	return 0;
}

int
target_reg_set(enum target_reg reg, uint32_t value)
{
	if (fake.pid == 0)
		return ESRCH;
	if (reg < REG_CS)
		fake.regs[reg] = value;
	else if (reg >= NR_REGS || value != fake.regs[reg])
		return EFAULT;
	return 0;
}

/* Is there memory? */
static bool
there(uint32_t addr, size_t n)
{
	return addr >= FAKE_AT && addr - FAKE_AT <= FAKE_SIZE &&
	    n <= FAKE_SIZE - (addr - FAKE_AT);
}

int
target_read(uint32_t addr, void *bytes, size_t n)
{
	if (fake.pid == 0)
		return ESRCH;
	if (!there(addr, n))
		return EFAULT;
	memcpy(bytes, fake.memory + (addr - FAKE_AT), n);
	return 0;
}

int
target_write(uint32_t addr, const void *bytes, size_t n)
{
	if (fake.pid == 0)
		return ESRCH;
	if (!there(addr, n))
		return EFAULT;
	memcpy(fake.memory + (addr - FAKE_AT), bytes, n);
	return 0;
}

int
target_go(bool is_step, int sig)
{
	if (fake.pid == 0)
		return ESRCH;
	fake.sig = sig;
	if (!is_step) {
		fake.resumed++;
		return 0;
	}
	fake.regs[REG_EIP] = fake.moves[fake.steps++ % 8];
	if (fake.steps == fake.change_at)
		fake.memory[0]++;
	return 0;
}

int
target_wait(struct target_event *event)
{
	if (fake.error != 0)
		return fake.error;
	*event = fake.next;
	if (event->news != TARGET_STOPPED)
		fake.pid = 0;
	return 0;
}

void
target_kill(void)
{
	fake.kills++;
	fake.pid = 0;
}

int
target_detach(int sig)
{
	fake.sig = sig;
	fake.detaches++;
	fake.pid = 0;
	return 0;
}
