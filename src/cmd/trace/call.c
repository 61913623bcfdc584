/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * See call.h. Nothing that is read out of the process is trusted: pointers
 * may lead nowhere, and numbers may belong to no call.
 */
#include "cmd/trace/call.h"

#include <string.h>

#include <abi/endpoint.h>
#include <abi/errno.h>
#include <abi/ipc.h>

#include "cmd/trace/process.h"
#include "cmd/trace/value.h"

static const char *
primitive_name(uint32_t primitive)
{
	static const char *const names[] = { [SEND] = "send",
		[RECEIVE] = "receive",
		[SENDREC] = "sendrec",
		[NOTIFY] = "notify",
		[SENDNB] = "sendnb",
		[SENDA] = "senda" };

	if (primitive < sizeof names / sizeof names[0])
		return names[primitive];
	return NULL;
}

static const struct call *
call_by_number(int32_t number)
{
	for (const struct call *c = calls; c->name != NULL; c++)
		if (c->number == number)
			return c;
	return NULL;
}

/* A message that is no call, by its name, number or status, and words; zeros at
 * the end are not shown. */
static void
unknown_message(struct text *t, const struct message *m)
{
	const char *name = value_name(message_names, (uint32_t)m->m_type);
	size_t n = MSG_BODY / 4;

	while (n > 0 && m->m_body[n - 1] == 0)
		n--;
	if (name != NULL)
		text_add(t, name);
	else if (m->m_type > 0)
		text_digits(t, (uint32_t)m->m_type, 16);
	else
		value_status(t, m->m_type);
	text_char(t, '(');
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			text_add(t, ", ");
		text_digits(t, m->m_body[i], 16);
	}
	text_char(t, ')');
}

/* A message as the call it is. */
static void
known_message(struct text *t, pid_t pid, const struct made *m)
{
	struct value_of v = { pid, m->call->req, m->message.m_body };

	text_add(t, m->call->name);
	text_char(t, '(');
	value_fields(t, &v);
	text_char(t, ')');
}

/* Is it a request to the server that is there for it? Then who gets it need
 * not be said. */
static bool
is_plain(const struct made *m)
{
	return m->primitive == SENDREC && m->call != NULL &&
	    (endpoint_t)m->peer == m->call->to;
}

/* What is in no message. */
static void
trap(struct text *t, const struct made *m)
{
	const char *name = primitive_name(m->primitive);

	if (name != NULL) {
		text_add(t, name);
	} else {
		text_add(t, "ipc ");
		text_digits(t, m->primitive, 10);
	}
	text_char(t, '(');
	if (m->primitive == SENDA)
		text_digits(t, m->peer, 10);
	else
		value_endpoint(t, (endpoint_t)m->peer);
	if (m->primitive == NOTIFY)
		return;
	text_add(t, ", ");
	if (!m->has_message)
		text_digits(t, m->address, 16);
}

const char *
call_name(const struct made *m)
{
	const char *name =
	    m->call != NULL ? m->call->name : primitive_name(m->primitive);

	return name != NULL ? name : "ipc";
}

static bool
sends(uint32_t primitive)
{
	return primitive == SENDREC || primitive == SEND || primitive == SENDNB;
}

static void
get_trap(struct tracee *t)
{
	struct made *m = &t->made;

	*m = (struct made){ 0 };
	(void)process_word(t->pid, PROCESS_REG(ecx), &m->primitive);
	(void)process_word(t->pid, PROCESS_REG(eax), &m->peer);
	(void)process_word(t->pid, PROCESS_REG(ebx), &m->address);
	(void)process_word(t->pid, PROCESS_REG(eip), &m->pc);
	if (!sends(m->primitive))
		return;
	m->has_message = process_peek(t->pid, m->address, &m->message,
			     sizeof m->message) == sizeof m->message;
	if (m->has_message)
		m->call = call_by_number(m->message.m_type);
}

void
call_entry(struct tracee *t)
{
	const struct made *m = &t->made;

	get_trap(t);
	text_clear(&t->line);
	if (!is_plain(m))
		trap(&t->line, m);
	if (m->call != NULL)
		known_message(&t->line, t->pid, m);
	else if (m->has_message)
		unknown_message(&t->line, &m->message);
	if (!is_plain(m))
		text_char(&t->line, ')');
}

/* The status of the trap. If a handler is about to run, its registers are not
 * those of the call: then there is a message. */
static int32_t
trap_status(const struct tracee *t)
{
	uint32_t pc = 0, status = 0;

	(void)process_word(t->pid, PROCESS_REG(eip), &pc);
	if (pc == t->made.pc)
		(void)process_word(t->pid, PROCESS_REG(eax), &status);
	return (int32_t)status;
}

static void
reply(struct text *line, pid_t pid, const struct made *m,
    const struct message *answer)
{
	struct value_of req = { pid, m->call->req, m->message.m_body };
	struct value_of rep = { pid, m->call->rep, answer->m_body };

	if (rep.record->fields > 0) {
		text_char(line, ' ');
		value_fields(line, &rep);
	}
	value_filled(line, &req, &rep);
}

/* What a receive has brought. Addresses in it are the sender's. */
static void
received(struct text *t, const struct tracee *it)
{
	struct made m = { .has_message = true };
	uint32_t status = 0;

	(void)process_word(it->pid, PROCESS_REG(edx), &status);
	if (process_peek(it->pid, it->made.address, &m.message,
		sizeof m.message) != sizeof m.message)
		return;
	text_add(t, " from ");
	value_endpoint(t, m.message.m_source);
	text_add(t, ": ");
	m.call = call_by_number(m.message.m_type);
	if (is_ipc_notify(status))
		text_add(t, "notify");
	else if (m.call != NULL)
		known_message(t, 0, &m);
	else
		unknown_message(t, &m.message);
}

int32_t
call_leave(struct tracee *t, struct message *answer)
{
	const struct made *m = &t->made;
	int32_t status = t->replaced ? OK : trap_status(t);

	*answer = (struct message){ 0 };
	text_add(&t->line, " = ");
	if (t->replaced || status != OK || m->primitive != SENDREC ||
	    !m->has_message) {
		value_status(&t->line, status);
		if (status == OK && m->primitive == RECEIVE)
			received(&t->line, t);
		return status;
	}
	if (process_peek(t->pid, m->address, answer, sizeof *answer) !=
		sizeof *answer ||
	    answer->m_type == m->message.m_type) {
		text_char(&t->line, '?'); /* it is not there, or still asks */
		return OK;
	}
	value_status(&t->line, answer->m_type);
	if (answer->m_type == OK && m->call != NULL)
		reply(&t->line, t->pid, m, answer);
	return answer->m_type;
}
