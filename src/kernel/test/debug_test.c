/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Unit test of a debugger's access to registers and tables: every word that
 * can be read and written, and those that cannot. Proves: D8.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <abi/ptrace.h>

#include "kernel/arch/i386/arch.h"
#include "kernel/call/call.h"
#include "kernel/ipc/tracing.h"
#include "test/unit/status.h"

enum {
	CALLER = 0,
	TARGET = 20
};

#define WORD  4u
#define OLD   0x11111111u
#define NEW   0xffffffffu
#define FLAGS 0xcd5u /* what a process can set itself, of the status word */

struct proc proc_table[NR_TASKS + NR_PROCS];
struct proc *proc_current;
static struct priv privs[1];
static int asked; /* of the tracing of calls */

int
copy_from_user(struct proc *requestor, struct place src, void *dst,
    vir_bytes size)
{
	(void)requestor, (void)src;
	memset(dst, 0x5a, size);
	return OK;
}

int
data_copy(struct proc *requestor, struct place src, struct place dst,
    vir_bytes size, uint32_t flags)
{
	(void)requestor, (void)src, (void)dst, (void)size;
	assert_int_equal(flags, COPY_FORCE);
	return OK;
}

struct place
place_kernel(const void *p)
{
	(void)p;
	return (struct place){ NULL, 0 };
}

int
target_find(struct proc *caller, endpoint_t ep, struct proc **target)
{
	assert_ptr_equal(caller, proc_slot(CALLER));
	*target = proc_lookup(ep);
	return *target != NULL ? OK : -EINVAL;
}

void
proc_describe(const struct proc *p, struct proc_info *info)
{
	assert_ptr_equal(p, proc_slot(TARGET));
	info->ep = 0x1001;
	memcpy(info->name + PROC_NAME_MAX - WORD, "last", WORD);
}

void
priv_describe(const struct priv *priv, struct trace_priv *info)
{
	assert_ptr_equal(priv, &privs[0]);
	info->spec.flags = 0x2002;
	info->grant_entries = 0x3003;
}

void
tracing_stop(struct proc *p)
{
	assert_ptr_equal(p, proc_slot(TARGET));
	asked = T_STOP;
}

int
tracing_resume(struct proc *p, int request)
{
	assert_ptr_equal(p, proc_slot(TARGET));
	asked = request;
	return OK;
}

static int
begin(void **state)
{
	(void)state;
	for (int slot = -NR_TASKS; slot < NR_PROCS; slot++) {
		struct proc *p = proc_slot(slot);

		memset(p, 0, sizeof *p);
		p->slot = slot;
		p->endpoint = endpoint_make(slot < 10 ? 0 : 2, slot);
		p->rts_flags = RTS_SLOT_FREE;
		p->priv = &privs[0];
	}
	proc_slot(CALLER)->rts_flags = 0;
	proc_slot(TARGET)->rts_flags = RTS_P_STOP;
	for (size_t i = 0; i < sizeof(struct reg_frame) / WORD; i++)
		((uint32_t *)&proc_slot(TARGET)->regs)[i] = OLD + (uint32_t)i;
	asked = 0;
	return 0;
}

static int
ask(int request, vir_bytes addr, uint32_t *data)
{
	struct sys_trace_req req = { proc_slot(TARGET)->endpoint, request, addr,
		*data };
	struct sys_trace_rep rep = { *data };
	int r = do_sys_trace(proc_slot(CALLER), &req, &rep);

	*data = rep.data;
	return r;
}

static uint32_t
word(vir_bytes addr)
{
	uint32_t data = 0;

	assert_status(ask(T_GETUSER, addr, &data), OK);
	return data;
}

static void
every_word_is_read_and_none_beyond(void **state)
{
	const vir_bytes info = offsetof(struct trace_user, info);
	const vir_bytes priv = offsetof(struct trace_user, priv);
	uint32_t data = 0;

	(void)state;
	for (vir_bytes at = 0; at < sizeof(struct reg_frame); at += WORD)
		assert_int_equal(word(at), OLD + at / WORD);
	assert_int_equal(word(info + offsetof(struct proc_info, ep)), 0x1001);
	assert_int_equal(word(info + offsetof(struct proc_info, name) +
			     PROC_NAME_MAX - WORD),
	    0x7473616c);
	assert_int_equal(word(priv), 0x2002);
	assert_int_equal(
	    word(priv + offsetof(struct trace_priv, grant_entries)), 0x3003);
	assert_status(ask(T_GETUSER, sizeof(struct trace_user), &data),
	    -EFAULT);
	assert_status(ask(T_GETUSER, (vir_bytes)-4, &data), -EFAULT);
	for (vir_bytes at = 0; at < sizeof(struct trace_user); at++)
		assert_status(ask(T_GETUSER, at, &data),
		    at % WORD == 0 ? OK : -EFAULT);
}

/* May the word be set? */
static bool
settable(vir_bytes at)
{
	static const size_t words[] = { offsetof(struct reg_frame, edi),
		offsetof(struct reg_frame, esi),
		offsetof(struct reg_frame, ebp),
		offsetof(struct reg_frame, ebx),
		offsetof(struct reg_frame, edx),
		offsetof(struct reg_frame, ecx),
		offsetof(struct reg_frame, eax),
		offsetof(struct reg_frame, eip),
		offsetof(struct reg_frame, esp),
		offsetof(struct reg_frame, eflags) };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (words[i] == at)
			return true;
	return false;
}

static void
registers_are_set_and_nothing_else(void **state)
{
	const vir_bytes flags = offsetof(struct reg_frame, eflags);

	for (vir_bytes at = 0; at <= sizeof(struct trace_user); at++) {
		struct reg_frame before;
		uint32_t data = NEW, old;

		(void)begin(state);
		before = proc_slot(TARGET)->regs;
		if (!settable(at)) {
			assert_status(ask(T_SETUSER, at, &data), -EFAULT);
			assert_memory_equal(&before, &proc_slot(TARGET)->regs,
			    sizeof before);
			continue;
		}
		old = word(at);
		assert_status(ask(T_SETUSER, at, &data), OK);
		assert_int_equal(word(at), at == flags ? old | FLAGS : NEW);
	}
}

static void
of_the_status_word_only_a_process_own_bits_are_set(void **state)
{
	const vir_bytes flags = offsetof(struct reg_frame, eflags);

	(void)state;
	for (unsigned bit = 0; bit < 32; bit++) {
		uint32_t set = 1u << bit, data = set;

		proc_slot(TARGET)->regs.eflags = 0;
		assert_status(ask(T_SETUSER, flags, &data), OK);
		assert_int_equal(word(flags), set & FLAGS);
		proc_slot(TARGET)->regs.eflags = NEW;
		data = ~set;
		assert_status(ask(T_SETUSER, flags, &data), OK);
		assert_int_equal(word(flags), NEW & ~(set & FLAGS));
	}
}

static void
requests_to_go_on_are_passed(void **state)
{
	const int requests[] = { T_STOP, T_RESUME, T_STEP, T_SYSCALL,
		T_DETACH };
	uint32_t data = 0;

	(void)state;
	for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++) {
		assert_status(ask(requests[i], 0, &data), OK);
		assert_int_equal(asked, requests[i]);
	}
	assert_status(ask(T_ATTACH, 0, &data), OK);
	assert_int_equal(proc_slot(TARGET)->misc_flags, MF_TRACED);
}

static void
other_requests_and_processes_are_refused(void **state)
{
	const int bad[] = { T_OK, T_EXIT, T_SETOPT, T_GETRANGE, T_SETRANGE, -2,
		16, 102 };
	struct sys_trace_req req = { 0, T_RESUME, 0, 0 };
	struct sys_trace_rep rep = { 0 };
	uint32_t data = 0;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_status(ask(bad[i], 0, &data), -EINVAL);
	req.ep = proc_slot(TARGET + 1)->endpoint; /* free */
	assert_status(do_sys_trace(proc_slot(CALLER), &req, &rep), -EINVAL);
	req.ep = endpoint_make(3, TARGET); /* a later one */
	assert_status(do_sys_trace(proc_slot(CALLER), &req, &rep), -EINVAL);
}

static void
memory_is_read_by_words_and_bytes(void **state)
{
	uint32_t data = 0;

	(void)state;
	assert_status(ask(T_GETINS, 3, &data), OK);
	assert_int_equal(data, 0x5a5a5a5a);
	assert_status(ask(T_READB_INS, 3, &data), OK);
	assert_int_equal(data, 0x5a);
	assert_status(ask(T_SETDATA, 3, &data), OK);
	assert_status(ask(T_WRITEB_INS, 3, &data), OK);
}

#define T(name) cmocka_unit_test_setup(name, begin)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(every_word_is_read_and_none_beyond),
		T(registers_are_set_and_nothing_else),
		T(of_the_status_word_only_a_process_own_bits_are_set),
		T(requests_to_go_on_are_passed),
		T(other_requests_and_processes_are_refused),
		T(memory_is_read_by_words_and_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
