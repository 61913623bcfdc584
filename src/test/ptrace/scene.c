/* SPDX-License-Identifier: BSD-2-Clause */
/** @file See scene.h. */
#include "test/ptrace/scene.h"

#include <unistd.h>

#define LIMIT    5 /* seconds that a scene may take: it takes parts of one */
#define LATE_MAX 4 /* scenes that took longer: the rest have no turn */

static enum how the_how;
static int late;

void
scenes_begin(const char *name, int argc, char **argv)
{
	(void)setpgid(0, 0); /* its leader already, if started by the runner */
	(void)report_begin(name, argc > 1 ? argv[1] : NULL);
}

enum how
scene_how(void)
{
	return the_how;
}

/* Bring a process that waits for the word to go into a state. */
static void
prepare(pid_t pid, enum scene_state state)
{
	if (state == HELD)
		tracee_hold(pid);
	if (state == READY || state == HELD)
		return;
	tracee_go();
	CHECK_EQ(tracee_told(), 1);
	if (state == STOPPED)
		tracee_halt(pid);
}

static void
play_scene(const struct scene *s)
{
	pid_t pid = tracee_begin(the_how, s->fn);

	if (pid == -1)
		return;
	prepare(pid, s->state);
	if (s->play != NULL)
		s->play(pid);
	if (s->end != SCENE_OVER)
		CHECK_EQ(tracee_end(pid), s->end);
}

/* Play something; whatever happens, nothing of it is left. */
static bool
went_well(const struct scene *s, void (*alone)(void))
{
	unsigned int before = check_failures();

	if (!CHECK_LT(late, LATE_MAX))
		return false;
	tracee_limit(LIMIT);
	if (s != NULL)
		play_scene(s);
	else
		alone();
	late += tracee_late();
	tracee_limit(0);
	if (check_failures() == before)
		return true;
	tracee_clear();
	return false;
}

void
scenes_play(const struct scene *s, size_t n)
{
	static const char *const hows[HOWS] = { "T_OK", "T_ATTACH",
		"another's child", "TO_TRACEFORK" };

	for (; n-- > 0; s++) {
		int well = 0;

		report_rule(s->name);
		for (int how = 0; how < HOWS; how++) {
			the_how = (enum how)how;
			if (went_well(s, NULL))
				well++;
			else
				(void)report_note("not %s: %s", s->name,
				    hows[how]);
		}
		(void)report_number(s->name, well);
	}
	report_rule(NULL);
}

void
scene_alone(const char *name, void (*play)(void))
{
	report_rule(name);
	(void)report_number(name, went_well(NULL, play));
	report_rule(NULL);
}
