/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Variables.
 */
#pragma once

#include "cmd/sh/sh.h"

struct var {
	struct var *next;
	char *name;
	char *value; /**< NULL: unset, but perhaps exported */
	bool exported, readonly;
};

/** A variable's former state, to come back. */
struct saved_var {
	struct saved_var *next;
	char *name, *value;
	bool exported;
};

/** Take over the environment. @param[in] env as of main */
void var_init(char *const *env);

/** Look up. @param[in] name name @return value, or NULL */
const char *var_get(const char *name);

/** Set. @param[in] name name @param[in] value value, copied
 * @return 0, or -1 after a complaint */
int var_set(const char *name, const char *value);

/** Remove. @param[in] name name @return 0, or -1 after a complaint */
int var_unset(const char *name);

/** The record of a name, made if need be. @param[in] name name
 * @return it, valid until var_unset() */
struct var *var_find(const char *name);

/** All of them. @return the first */
const struct var *var_first(void);

/** Remember a variable. @param[in,out] list where to add it
 * @param[in] name name */
void var_save(struct saved_var **list, const char *name);

/** Put all back. @param[in,out] list what var_save() made, now empty */
void var_restore(struct saved_var **list);

/** The exported ones as an environment. @param[in,out] r region for it
 * @return "NAME=value"..., NULL */
char **var_environment(struct region *r);
