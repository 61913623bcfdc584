/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Tables of scenes: what a traced process does, what its tracer does with it,
 * and how it ends. Each is played in each way in which a process comes under
 * its tracer, from its beginning, whatever became of the ones before. The
 * scene's name is the rule its checks belong to, and an observation that says
 * in how many ways all went well; a note names the ways in which it did not.
 */
#pragma once

#include "test/ptrace/tracee.h"

/** Where the process is when the tracer's part begins. */
enum scene_state {
	READY,   /* it runs, and waits for tracee_go() */
	RUNNING, /* it has told that it begins, and goes on */
	STOPPED, /* the same, and then it has been stopped */
	HELD     /* it has stopped: what follows is its first step */
};

#define SCENE_OVER (-2) /* the tracer's part has seen to the end */

struct scene {
	const char *name;
	tracee_fn *fn;
	enum scene_state state;
	void (*play)(pid_t pid); /**< the tracer's part; NULL: none */
	int end;                 /**< as tracee_end(), or SCENE_OVER */
};

/** The program begins: open its stream, in a process group of its own.
 * @param[in] name of the test @param[in] argc, argv of main() */
void scenes_begin(const char *name, int argc, char **argv);

/** Play scenes in each way. @param[in] s the first @param[in] n how many */
void scenes_play(const struct scene *s, size_t n);

/** The way the scene is played in. @return it */
enum how scene_how(void);

/** A scene that makes its processes itself. @param[in] name as above
 * @param[in] play it */
void scene_alone(const char *name, void (*play)(void));

#define SCENES(table) scenes_play(table, sizeof table / sizeof table[0])
