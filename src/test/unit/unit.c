/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Runs the cases of a unit test, each in a child, and reports how they ended.
 *
 * This half of the program executes nothing of what is tested: that is linked
 * apart, knows no name of ours (mk/isolate), and runs in children only. A child
 * that ends without a word has not passed.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/report/errors.h"
#include "test/report/report.h"
#include "test/unit/case.h"
#include "test/unit/cmocka.h"

#undef main

#define CASE_SECONDS 5 /* emulated; a case takes a few milliseconds */
#define HANGS_MAX    2 /* then the others would not end either */

static volatile sig_atomic_t expired;
static bool by_hand; /* nobody reads the reports: print */

static void
on_alarm(int sig)
{
	(void)sig;
	expired = 1;
}

/* In the child: the case, with all that belongs to it. */
static _Noreturn void
become(const struct CMUnitTest *t, int (*setup)(void **),
    int (*teardown)(void **))
{
	void *group = NULL, *state = t->initial_state;

	if (setup != NULL && setup(&group) != 0)
		fail_msg("the group's setup failed");
	if (state == NULL)
		state = group;
	if (t->setup_func != NULL && t->setup_func(&state) != 0)
		fail_msg("%s: setup failed", t->name);
	t->test_func(&state);
	if (t->teardown_func != NULL && t->teardown_func(&state) != 0)
		fail_msg("%s: teardown failed", t->name);
	if (teardown != NULL && teardown(&group) != 0)
		fail_msg("the group's teardown failed");
	case_passed();
}

/* Read how a case ended, until its time is over; false: it did not say. */
static bool
hear(int fd, struct case_end *end)
{
	char *to = (char *)end;
	size_t have = 0;
	ssize_t n;

	while (have < sizeof *end && !expired) {
		n = read(fd, to + have, sizeof *end - have);
		if (n == 0 || (n < 0 && errno != EINTR))
			break;
		if (n > 0)
			have += (size_t)n;
	}
	return have == sizeof *end;
}

/* Say what became of a case that did not say so itself. */
static void
explain(struct case_end *end, const char *name, int status)
{
	*end = (struct case_end){ .kind = CASE_CLAIM };
	snprintf(end->file, sizeof end->file, "%s", name);
	if (expired)
		snprintf(end->claim, sizeof end->claim,
		    "it ends within %d seconds", CASE_SECONDS);
	else if (WIFSIGNALED(status))
		snprintf(end->claim, sizeof end->claim,
		    "it ends by itself, not by signal %d (%s)",
		    WTERMSIG(status), strsignal(WTERMSIG(status)));
	else
		snprintf(end->claim, sizeof end->claim,
		    "it does not end in the middle, with status %d",
		    WEXITSTATUS(status));
}

/* Collect a child. What it says counts only if it ends as it should. */
static void
collect(pid_t pid, int fd, const char *name, struct case_end *end)
{
	bool heard;
	int status = 0;

	expired = 0;
	(void)alarm(CASE_SECONDS); /* gives what was left of an earlier one */
	heard = hear(fd, end);
	(void)alarm(0); /* as above */
	if (!heard)
		(void)kill(pid, SIGKILL); /* often dead already */
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	if (!heard || (end->kind == CASE_PASSED) != (status == 0))
		explain(end, name, status);
	end->file[sizeof end->file - 1] = '\0';
	end->claim[sizeof end->claim - 1] = '\0';
	end->seen_text[sizeof end->seen_text - 1] = '\0';
	end->wanted_text[sizeof end->wanted_text - 1] = '\0';
}

/* Run one case in a child. */
static void
run(const struct CMUnitTest *t, int (*setup)(void **), int (*teardown)(void **),
    struct case_end *end)
{
	int fd[2];
	pid_t pid;

	*end = (struct case_end){ .kind = CASE_CLAIM,
		.claim = "there is a process for it" };
	if (pipe(fd) != 0)
		return;
	pid = fork();
	if (pid == 0) {
		close(fd[0]);
		case_open(fd[1]);
		become(t, setup, teardown);
	}
	close(fd[1]);
	if (pid > 0)
		collect(pid, fd[0], t->name, end);
	close(fd[0]);
}

/* The check that failed, as if it had been made here. */
static void
report_failure(const struct case_end *end)
{
	const struct check_claim c = { end->claim, end->file, end->line,
		end->kind == CASE_TEXTS ? REPORT_TEXT : end->type, CHECK_IS };
	bool told = false;

	if (end->kind == CASE_NUMBERS)
		told = !check_number(&c, end->seen, end->wanted);
	else if (end->kind == CASE_TEXTS)
		told = !check_text(&c, end->seen_text, end->wanted_text);
	if (!told)
		(void)report_check(false, end->claim, end->file, end->line);
}

/* The same for somebody who started the program without a runner. */
static void
print_failure(const char *name, const struct case_end *end)
{
	char seen[STATUS_WORDS], wanted[STATUS_WORDS];

	printf("%s:%d: %s: %s", end->file, end->line, name, end->claim);
	if (end->kind == CASE_TEXTS)
		printf(": expected \"%s\", seen \"%s\"", end->wanted_text,
		    end->seen_text);
	else if (end->kind == CASE_NUMBERS && end->type == REPORT_STATUS)
		printf(": expected %s, seen %s",
		    status_words((int)end->wanted, wanted),
		    status_words((int)end->seen, seen));
	else if (end->kind == CASE_NUMBERS)
		printf(": expected %#llx, seen %#llx",
		    (unsigned long long)end->wanted,
		    (unsigned long long)end->seen);
	printf("\n");
}

/* Report how a case ended. */
static bool
passed(const struct CMUnitTest *t, const struct case_end *end)
{
	const bool ok = end->kind == CASE_PASSED;

	report_rule(t->name);
	(void)report_number(t->name, ok);
	if (!ok)
		report_failure(end);
	if (!ok && by_hand)
		print_failure(t->name, end);
	return ok;
}

int
unit_run(const struct CMUnitTest *tests, size_t n, int (*setup)(void **),
    int (*teardown)(void **))
{
	struct case_end end;
	int failed = 0, hung = 0;
	size_t i;

	for (i = 0; i < n && hung < HANGS_MAX; i++) {
		run(&tests[i], setup, teardown, &end);
		failed += !passed(&tests[i], &end);
		hung += expired;
	}
	report_rule(NULL);
	(void)report_number("cases", (int64_t)i);
	if (i < n)
		(void)CHECK_SAY(hung < HANGS_MAX, "%d cases had no turn",
		    (int)(n - i));
	failed += (int)(n - i);
	if (by_hand)
		printf("%d of %d cases failed\n", failed, (int)n);
	return failed;
}

int
main(int argc, char **argv)
{
	struct sigaction sa;
	const char *name = strrchr(argv[0], '/');

	memset(&sa, 0, sizeof sa);
	sa.sa_handler = on_alarm;
	(void)sigaction(SIGALRM, &sa, NULL); /* arguments are right */
	by_hand = argc < 2;
	(void)report_begin(name != NULL ? name + 1 : argv[0],
	    by_hand ? NULL : argv[1]);
	(void)unit_main();
	return report_end();
}
