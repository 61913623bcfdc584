/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Random lives: processes fork, run programs, wait, signal and trace each
 * other, their requests arrive late, and VFS answers whatever it likes to
 * answer next. After every step all holds that always holds: nobody waits for
 * an answer that does not come, nobody is stopped without a reason.
 * Proves: D1, D3, D7, D11, D14.
 */
#include "servers/pm/test/model.h"

#include <abi/ptrace.h>

#include "servers/pm/signal.h"

#define FEW   16 /* processes: so they have to do with each other */
#define SEEDS 60
#define STEPS 3000

static uint32_t random_state;

static int
draw(int n)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 17;
	random_state ^= random_state << 5;
	return (int)(random_state % (uint32_t)n);
}

static int
any_slot(void)
{
	int slot;

	do
		slot = draw(NR_PROCS);
	while ((mproc[slot].flags & IN_USE) == 0 ||
	    (mproc[slot].flags & PRIV_PROC) != 0);
	return slot;
}

static void
random_signal_call(int slot)
{
	static const int sigs[] = { SIGUSR1, SIGUSR2, SIGTERM, SIGCHLD, SIGSTOP,
		SIGCONT, SIGKILL, SIGSEGV };
	const struct pm_sigaction_req action = { .sig = sigs[draw(4)],
		.set = 1,
		.handler = (vir_bytes)draw(3) };
	const struct pm_kill_req kill = { mproc[any_slot()].pid,
		sigs[draw(8)] };
	const struct pm_sigprocmask_req mask = { PM_SIG_SETMASK,
		draw(2) ? KSIG_BIT(SIGUSR1) | KSIG_BIT(SIGTERM) : 0 };
	const struct pm_sigsuspend_req suspend = { 0 };
	const struct pm_sigreturn_req back = { 0 };

	if (model[slot].frames > 0 && draw(2) == 0)
		model_send(slot, PM_SIGRETURN, &back, sizeof back);
	else if (draw(3) != 0)
		model_send(slot, PM_SIGACTION, &action, sizeof action);
	else if (draw(3) != 0)
		model_send(slot, PM_SIGPROCMASK, &mask, sizeof mask);
	else if (slot != model_init() && draw(4) == 0)
		model_send(slot, PM_SIGSUSPEND, &suspend, sizeof suspend);
	else if (kill.pid != INIT_PID)
		model_send(slot, PM_KILL, &kill, sizeof kill);
}

static void
random_trace_call(int slot)
{
	static const int requests[] = { T_OK, T_ATTACH, T_ATTACH, T_RESUME,
		T_RESUME, T_RESUME, T_SYSCALL, T_STEP, T_DETACH, T_SETOPT,
		T_EXIT };
	static const int data[] = { 0, 0, 0, SIGUSR1, SIGTERM, SIGSTOP,
		SIGKILL };
	struct pm_ptrace_req req = { .request = requests[draw(11)],
		.pid = mproc[any_slot()].pid,
		.data = data[draw(7)] };

	if (slot == model_init())
		return; /* it traces nobody */
	if (req.request == T_SETOPT)
		req.data = draw(8);
	model_send(slot, PM_PTRACE, &req, sizeof req);
}

static void
random_life_call(int slot)
{
	const struct pm_exec_req exec = { .path_len = 2, .frame_len = 4 };
	const struct pm_exit_req code = { draw(256) };
	const struct pm_setid_req id = { 0, 0 };
	const struct pm_wait_req wait = { draw(2) ? -1 : mproc[any_slot()].pid,
		draw(3) == 0 ? 0 : PM_WNOHANG | PM_WUNTRACED };

	switch (draw(8)) {
	case 0:
	case 1:
		if (model_used() < FEW)
			model_send(slot, PM_FORK, NULL, 0);
		break;
	case 2:
		if (slot != model_init())
			model_send(slot, PM_EXEC, &exec, sizeof exec);
		break;
	case 3:
		if (slot != model_init())
			model_send(slot, PM_EXIT, &code, sizeof code);
		break;
	case 4:
		model_send(slot, PM_SETID, &id, sizeof id);
		break;
	case 5:
		model_read(slot);
		break;
	default:
		model_send(slot, PM_WAIT, &wait, sizeof wait);
		break;
	}
}

/* Somebody does something, or something arrives. */
static void
random_step(void)
{
	const int slot = any_slot(), what = draw(8);

	if (what < 3 && model_vfs_waiting() > 0) {
		model_exec = draw(4) != 0 ? OK : -ENOENT;
		model_replaced = draw(8) == 0 || model_exec == OK;
		(void)model_vfs_answer(draw(model_vfs_waiting()),
		    draw(20) != 0 ? OK : -EIO);
	} else if (model[slot].alive && model[slot].sending) {
		model_arrive(slot);
	} else if (model_runs(slot)) {
		if (what == 5)
			random_trace_call(slot);
		else if (what == 6)
			random_signal_call(slot);
		else
			random_life_call(slot);
	}
}

/* Everybody is killed, all that is under way arrives. */
static void
end_all(void)
{
	const int init = model_init();
	int before;

	for (int slot = 0; slot < NR_PROCS; slot++)
		if (model[slot].alive && slot != init &&
		    (mproc[slot].flags & (PRIV_PROC | EXITING)) == 0)
			sig_raise(at(slot), SIGKILL, false);
	model[init].reading = false;
	do {
		before = model_used();
		while (model_vfs_waiting() > 0)
			(void)model_vfs_answer(0, OK);
		if (model[init].sending)
			model_arrive(init);
		if (model_runs(init))
			model_send(init, PM_WAIT,
			    &(struct pm_wait_req){ -1, PM_WNOHANG },
			    sizeof(struct pm_wait_req));
		if (model[init].sending)
			model_arrive(init);
		model_check();
	} while (model_used() < before || model_vfs_waiting() > 0);
}

/* Whatever happens, nobody is left behind. */
static void
test_random_lives(void **state)
{
	for (uint32_t seed = 1; seed <= SEEDS; seed++) {
		(void)model_begin(state);
		random_state = seed * 2654435761u;
		for (int i = 0; i < STEPS; i++) {
			random_step();
			model_check();
		}
		end_all();
		assert_int_equal(model_used(), 5); /* init and services */
		assert_int_equal(model_strays, 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_random_lives, model_begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
