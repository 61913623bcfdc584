/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Variables: a list, since there are few and most are found soon.
 */
#include "cmd/sh/var.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/sh/parse.h"

static struct var *vars;

static struct var *
lookup(const char *name)
{
	struct var *v;

	for (v = vars; v != NULL; v = v->next) {
		if (strcmp(v->name, name) == 0)
			break;
	}
	return v;
}

struct var *
var_find(const char *name)
{
	struct var *v = lookup(name);

	if (v == NULL) {
		v = heap_take(sizeof *v);
		memset(v, 0, sizeof *v);
		v->name = heap_copy(name);
		v->next = vars;
		vars = v;
	}
	return v;
}

const struct var *
var_first(void)
{
	return vars;
}

void
var_init(char *const *env)
{
	const char *equals;
	struct var *v;
	char *name;

	for (; *env != NULL; env++) {
		equals = strchr(*env, '=');
		if (equals == NULL || !is_name(*env, (size_t)(equals - *env)))
			continue;
		name = heap_copy(*env);
		name[equals - *env] = '\0';
		v = var_find(name);
		free(name);
		free(v->value);
		v->value = heap_copy(equals + 1);
		v->exported = true;
	}
}

const char *
var_get(const char *name)
{
	const struct var *v = lookup(name);

	return v != NULL ? v->value : NULL;
}

int
var_set(const char *name, const char *value)
{
	struct var *v = var_find(name);
	char *new;

	if (v->readonly) {
		sh_abort(name, "read only");
		return -1;
	}
	new = heap_copy(value); /* which may be the old one */
	free(v->value);
	v->value = new;
	return 0;
}

int
var_unset(const char *name)
{
	struct var **at, *v;

	for (at = &vars; (v = *at) != NULL; at = &v->next) {
		if (strcmp(v->name, name) == 0)
			break;
	}
	if (v == NULL)
		return 0;
	if (v->readonly) {
		sh_warn(name, "read only");
		return -1;
	}
	*at = v->next;
	free(v->name);
	free(v->value);
	free(v);
	return 0;
}

void
var_save(struct saved_var **list, const char *name)
{
	const struct var *v = lookup(name);
	struct saved_var *s = heap_take(sizeof *s);

	s->name = heap_copy(name);
	s->value = v != NULL && v->value != NULL ? heap_copy(v->value) : NULL;
	s->exported = v != NULL && v->exported;
	s->next = *list;
	*list = s;
}

void
var_restore(struct saved_var **list)
{
	struct saved_var *s;
	struct var *v;

	while ((s = *list) != NULL) {
		*list = s->next;
		v = var_find(s->name);
		if (!v->readonly) {
			free(v->value);
			v->value = s->value;
			v->exported = s->exported;
		}
		free(s->name);
		free(s);
	}
}

char **
var_environment(struct region *r)
{
	const struct var *v;
	struct text t;
	size_t n = 1;
	char **env;

	for (v = vars; v != NULL; v = v->next)
		n++;
	env = region_take(r, n * sizeof *env);
	for (v = vars, n = 0; v != NULL; v = v->next) {
		if (!v->exported || v->value == NULL)
			continue;
		text_init(&t, r);
		text_puts(&t, v->name);
		text_add(&t, '=');
		text_puts(&t, v->value);
		env[n++] = text_end(&t);
	}
	return env;
}
