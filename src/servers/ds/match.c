/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Regular expressions, see servers/ds/match.h. The compiler is a recursive
 * descent over the text; jumps are relative, so that an operator can move
 * the code of its operand by one step to put a fork in front of it.
 */
#include "servers/ds/match.h"

#include <abi/errno.h>
#include <lacuna/string.h>

enum op_kind {
	OP_CHAR, /* c */
	OP_ANY,
	OP_SET,  /* text[to] is behind the '[' */
	OP_FORK, /* next step, or to */
	OP_JUMP, /* to */
	OP_END,
};

/** A compilation under way. */
struct parser {
	struct matcher *m;
	int at; /* in the text */
	bool bad;
};

static void expression(struct parser *p);

/* Append a step, or insert it at a place. */
static void
emit(struct parser *p, int place, struct match_op op)
{
	struct match_op *ops = p->m->op;

	if (p->m->ops == MATCH_OPS_MAX) {
		p->bad = true;
		return;
	}
	memmove(&ops[place + 1], &ops[place],
	    (size_t)(p->m->ops - place) * sizeof *ops);
	ops[place] = op;
	p->m->ops++;
}

/* Length of the set that begins behind '[', with its ']'; 0: it is none. */
static int
set_length(const char *s)
{
	int n = s[0] == '^' ? 1 : 0;

	n++; /* a ']' in first place stands for itself */
	if (s[n - 1] == '\0')
		return 0;
	while (s[n] != '\0' && s[n] != ']')
		n++;
	return s[n] == ']' ? n + 1 : 0;
}

/* Is c in the set that begins behind '['? */
static bool
set_has(const char *s, char c)
{
	const bool negated = *s == '^';
	bool found = false, first = true;

	if (negated)
		s++;
	for (; first || *s != ']'; s++) {
		first = false;
		if (s[1] == '-' && s[2] != ']') {
			found = found || (c >= s[0] && c <= s[2]);
			s += 2;
		} else {
			found = found || c == *s;
		}
	}
	return found != negated;
}

/* A character, a set, or something in parentheses. */
static void
atom(struct parser *p)
{
	const char *s = &p->m->text[p->at];
	struct match_op op = { .kind = OP_CHAR, .c = *s };
	int used = 1;

	if (*s == '(') {
		p->at++;
		expression(p);
		p->bad = p->bad || p->m->text[p->at] != ')';
		p->at++;
		return;
	}
	if (*s == '.') {
		op.kind = OP_ANY;
	} else if (*s == '[') {
		op.kind = OP_SET;
		op.to = (int16_t)(p->at + 1);
		used = set_length(s + 1) + 1;
		p->bad = p->bad || used == 1;
	} else if (*s == '\\') {
		op.c = s[1];
		used = 2;
		p->bad = p->bad || s[1] == '\0';
	} else if (strchr("*+?)|", *s) != NULL) { /* the NUL, too */
		p->bad = true;
	}
	emit(p, p->m->ops, op);
	p->at += used;
}

/* An atom and the operators behind it. */
static void
piece(struct parser *p)
{
	const int start = p->m->ops;
	int len;

	atom(p);
	while (!p->bad) {
		len = p->m->ops - start;
		switch (p->m->text[p->at]) {
		case '*':
			emit(p, start,
			    (struct match_op){ OP_FORK, 0,
				(int16_t)(len + 2) });
			emit(p, p->m->ops,
			    (struct match_op){ OP_JUMP, 0,
				(int16_t)(-len - 1) });
			break;
		case '+':
			emit(p, p->m->ops,
			    (struct match_op){ OP_FORK, 0, (int16_t)-len });
			break;
		case '?':
			emit(p, start,
			    (struct match_op){ OP_FORK, 0,
				(int16_t)(len + 1) });
			break;
		default:
			return;
		}
		p->at++;
	}
}

/* Pieces in a row. */
static void
branch(struct parser *p)
{
	do
		piece(p);
	while (!p->bad && strchr("|)", p->m->text[p->at]) == NULL);
}

/* Branches with | between. */
static void
expression(struct parser *p)
{
	const int start = p->m->ops;
	int len, jump;

	branch(p);
	if (p->bad || p->m->text[p->at] != '|')
		return;
	p->at++;
	len = p->m->ops - start;
	emit(p, start, (struct match_op){ OP_FORK, 0, (int16_t)(len + 2) });
	jump = p->m->ops;
	emit(p, jump, (struct match_op){ OP_JUMP, 0, 0 });
	expression(p);
	if (!p->bad)
		p->m->op[jump].to = (int16_t)(p->m->ops - jump);
}

int
match_compile(struct matcher *m, const char *text)
{
	struct matcher new = { .ops = 0 };
	struct parser p = { .m = &new };

	if (strlcpy(new.text, text, sizeof new.text) >= sizeof new.text)
		return -EINVAL;
	expression(&p);
	if (!p.bad)
		emit(&p, new.ops, (struct match_op){ .kind = OP_END });
	if (p.bad || new.text[p.at] != '\0')
		return -EINVAL;
	*m = new;
	return OK;
}

/* Add a step, and those it leads to without a character, to a set. */
static void
state_add(const struct matcher *m, bool *states, int i)
{
	while (!states[i]) {
		states[i] = true;
		if (m->op[i].kind == OP_JUMP) {
			i += m->op[i].to;
		} else if (m->op[i].kind == OP_FORK) {
			state_add(m, states, i + m->op[i].to);
			i++;
		}
	}
}

/* Does a step accept a character? */
static bool
accepts(const struct matcher *m, const struct match_op *op, char c)
{
	switch (op->kind) {
	case OP_CHAR:
		return op->c == c;
	case OP_ANY:
		return true;
	case OP_SET:
		return set_has(&m->text[op->to], c);
	default:
		return false;
	}
}

bool
match_whole(const struct matcher *m, const char *s)
{
	bool now[MATCH_OPS_MAX] = { false }, next[MATCH_OPS_MAX];
	int i;

	state_add(m, now, 0);
	for (; *s != '\0'; s++) {
		memset(next, 0, sizeof next);
		for (i = 0; i < m->ops; i++)
			if (now[i] && accepts(m, &m->op[i], *s))
				state_add(m, next, i + 1);
		memcpy(now, next, sizeof now);
	}
	return now[m->ops - 1];
}
