/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * A server's main loop. The framework starts the service through SEF,
 * receives, finds the handler of a request in the server's table, calls it
 * and replies. A protocol FOO makes its table from its list of calls:
 *
 *     FOO_CALLS(PROTO_HANDLER)     in the server's header: prototypes
 *     FOO_CALLS(PROTO_UNPACK)      in table.c: from messages to structs
 *     static const struct call_entry calls[] = { FOO_CALLS(PROTO_ENTRY) };
 *
 * A handler gets the caller as a parameter and a request of its own, which
 * nobody can change any more; its reply begins as zeros. It returns the
 * status for the caller, or EDONTREPLY when the answer will come from
 * server_reply() or never. A reply never blocks the server.
 */
#pragma once

#include <lacuna/sef.h>
#include <lacuna/string.h>
#include <proto/proto.h>

/** One request: unpack, handle, pack. */
struct call_entry {
	int (*serve)(const struct message *in, struct message *out);
	const char *name;
};

/** Takes a message and its status, see ipc_receive(). */
typedef void server_other_t(const struct message *m, int status);

/** A server, as the framework sees it. Unused callbacks stay NULL. */
struct server {
	const char *name;
	int32_t base; /**< number of calls[0] */
	size_t ncalls;
	const struct call_entry *calls;

	sef_cb_init_t init_fresh;
	sef_cb_init_t init_restart; /**< NULL: cannot be started again */
	sef_cb_init_t init_lu;
	sef_cb_signal_handler_t signal; /**< NULL: SIGTERM ends the service */
	sef_cb_signal_manager_t signal_manager;
	sef_cb_alarm_t alarm;
	sef_cb_dump_t dump;

	void (*irq)(uint32_t lines);       /**< interrupts we own */
	void (*notified)(endpoint_t from); /**< by a process */
	/** A message from the kernel on behalf of m_source (VM only). */
	void (*kernel)(const struct message *m);
	/** A message outside the table; the reply, if any, is its affair.
	 * NULL: who waits for a reply gets -ENOSYS. */
	server_other_t *other;
	void (*after)(void); /**< after each message, when it was answered */
};

/**
 * Run a server for ever.
 *
 * @param[in] srv  what to call
 * @return never; int so that main can say: return server_run(&my_server)
 * @source own design
 */
int server_run(const struct server *srv);

/**
 * Slow a server down, if the boot parameter `slow' says so: it is busy for a
 * while before it takes a message. Asks the kernel; may wait for VM.
 *
 * @param[in] name   of the server
 * @param[in] other  what takes its messages
 * @return what is to take them instead; or other itself
 * @source own design
 */
server_other_t *server_slowed(const char *name, server_other_t *other);

/**
 * Answer a request, now or later, without ever blocking. A caller that has
 * died is no error of ours, so nothing is returned.
 *
 * @param[in] to      who asked
 * @param[in] status  OK or negative error
 * @param[in] rep     reply; may be NULL
 * @param[in] size    its size, at most MSG_BODY
 * @source own design
 */
void server_reply(endpoint_t to, int status, const void *rep, size_t size);

#define PROTO_HANDLER(NR, name)                                                \
	int do_##name(endpoint_t who, const struct name##_req *req,            \
	    struct name##_rep *rep);

#define PROTO_UNPACK(NR, name)                                                 \
	static int serve_##name(const struct message *in, struct message *out) \
	{                                                                      \
		struct name##_req req;                                         \
		struct name##_rep rep;                                         \
		int r;                                                         \
                                                                               \
		memcpy(&req, in->m_body, sizeof req);                          \
		memset(&rep, 0, sizeof rep); /* no stale bytes in a reply */   \
		r = do_##name(in->m_source, &req, &rep);                       \
		memcpy(out->m_body, &rep, sizeof rep);                         \
		return r;                                                      \
	}

/** PROTO_UNPACK for a server whose handlers get what it knows of the caller
 * instead of an endpoint; CALLER is the tag of that struct. */
#define PROTO_UNPACK_FOR(CALLER, NR, name)                                     \
	static int serve_##name(struct CALLER *who, const struct message *in,  \
	    struct message *out)                                               \
	{                                                                      \
		struct name##_req req;                                         \
		struct name##_rep rep;                                         \
		int r;                                                         \
                                                                               \
		memcpy(&req, in->m_body, sizeof req);                          \
		memset(&rep, 0, sizeof rep);                                   \
		r = do_##name(who, &req, &rep);                                \
		memcpy(out->m_body, &rep, sizeof rep);                         \
		return r;                                                      \
	}

#define PROTO_ENTRY(NR, name) { serve_##name, #NR },
