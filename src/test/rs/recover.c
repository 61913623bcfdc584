/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Scripts that decide what is done with a service that fails again and again:
 * they are told what there is to know, do what they like with the service, and
 * the policy decides when they fail, are not safe to run, or nobody runs them.
 * Proves C3.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <lacuna/msgcall.h>

#include "test/program/program.h"
#include "test/rs/client.h"

#define DIR    "/recover"
#define SCRIPT DIR "/script"
#define SAID   DIR "/said"
#define CONF   DIR "/conf"
#define NOBODY 77

PROTO_STUB(RS_AGENT, rs_agent)
PROTO_STUB(RS_RECOVERED, rs_recovered)

static bool
text_write(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	return f != NULL && fputs(text, f) >= 0 && fclose(f) == 0;
}

/* What the script has said: whether it is that. */
static bool
has_said(const char *what)
{
	static char text[256];
	FILE *f = fopen(SAID, "r");
	size_t n;

	if (f == NULL)
		return what == NULL;
	n = fread(text, 1, sizeof text - 1, f);
	text[n] = '\0';
	(void)fclose(f);
	(void)report_note("script said %s", text);
	return what != NULL && strcmp(text, what) == 0;
}

/* Start a service that dies whenever it runs, with a script. */
static bool
dying_up(const char *label, const char *script)
{
	char command[128];

	(void)unlink(SAID);
	(void)snprintf(command, sizeof command,
	    "service up /test/rs-agent -config " CONF " -label %s -args die",
	    label);
	return text_write(SCRIPT, script) && chmod(SCRIPT, 0700) == 0 &&
	    shell(command) == 0;
}

/* Wait until a service has failed so often and is in a state, or is gone. */
static bool
comes_to(const char *label, int failures, uint32_t flags)
{
	struct rs_info info;
	int i;

	for (i = 0; i < 150; i++) {
		if (!agent_info(label, &info))
			return failures == 0;
		if (failures > 0 && info.failures >= failures &&
		    (info.flags & flags) != 0)
			return info.failures == failures;
		pause_ms(100);
	}
	return false;
}

static void
away(const char *label)
{
	CHECK(label_request(RS_DOWN, label) == OK);
}

/* Nobody runs scripts but somebody who has died waiting for one. */
static void
nobody_there(void)
{
	static struct rs_work work;
	struct rs_agent_req req = { (vir_bytes)&work, sizeof work };
	struct no_payload none;
	pid_t pid = fork();

	if (pid == 0) {
		(void)call_rs_agent(RS_PROC_NR, &req, &none);
		_exit(1);
	}
	pause_ms(200);
	CHECK(pid > 0 && kill(pid, SIGKILL) == 0);
	CHECK(waitpid(pid, NULL, 0) == pid);
	CHECK(dying_up("t.lone", "echo called >" SAID "\n"));
	CHECK(comes_to("t.lone", 2, RSI_BACKOFF));
	CHECK(has_said(NULL));
	away("t.lone");
}

/* It is told all there is, and may do with the service what it likes. */
static void
taken_down(void)
{
	CHECK(dying_up("t.down",
	    "echo \"$#: $1, $2, $3\" >" SAID "\nservice down $1\n"));
	CHECK(comes_to("t.down", 0, 0));
	CHECK(has_said("3: t.down, ended by signal 11, 2\n"));
}

/* Its success means once more, its failure that the policy decides. */
static void
again(void)
{
	CHECK(dying_up("t.again", "echo $3 >>" SAID "\ntest $3 -lt 4\n"));
	CHECK(comes_to("t.again", 4, RSI_BACKOFF));
	CHECK(has_said("2\n3\n4\n"));
	away("t.again");
}

/* One that others can change is not run. */
static void
unsafe(void)
{
	CHECK(dying_up("t.open", "echo called >" SAID "\n"));
	CHECK(chmod(SCRIPT, 0722) == 0);
	CHECK(comes_to("t.open", 2, RSI_BACKOFF));
	CHECK(chmod(SCRIPT, 0700) == 0 && chmod(DIR, 0777) == 0);
	CHECK(comes_to("t.open", 3, RSI_BACKOFF));
	CHECK(chmod(DIR, 0700) == 0 && has_said(NULL));
	away("t.open");
}

/* Requests of anybody else. */
static int
strange(void)
{
	static struct rs_work work;
	struct rs_agent_req req = { (vir_bytes)&work, sizeof work };
	struct rs_recovered_req done = { 1, OK };
	struct no_payload none;

	if (setuid(NOBODY) != 0)
		return 1;
	if (call_rs_agent(RS_PROC_NR, &req, &none) != -EPERM)
		return 2;
	if (call_rs_recovered(RS_PROC_NR, &done, &none) != -EPERM)
		return 3;
	return shell("service agent 2>/dev/null") == EPERM ? 0 : 4;
}

int
main(int argc, char **argv)
{
	(void)report_begin("rs-recover", argc > 1 ? argv[1] : NULL);
	CHECK(mkdir(DIR, 0700) == 0);
	CHECK(text_write(CONF, "service * { uid 0; script " SCRIPT "; };\n"));
	CHECK(child(strange) == 0);
	nobody_there();
	CHECK(shell("service agent") == 0);
	taken_down();
	again();
	unsafe();
	CHECK(unlink(SCRIPT) == 0 && unlink(CONF) == 0);
	CHECK(rmdir(DIR) == 0);
	CHECK(system_alive());
	return report_end();
}
