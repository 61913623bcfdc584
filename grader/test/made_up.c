/* SPDX-License-Identifier: BSD-2-Clause */
/** @file Boots that were made up, see made_up.h. */
#include "grader/test/made_up.h"

#include <stdlib.h>
#include <string.h>

struct boot boot;
const char *sender, *objects;
bool lost;

struct check checks[1] = {
	{ (char *)(uintptr_t) "value", (char *)(uintptr_t) "u32('v')",
	    (char *)(uintptr_t) "R2", NULL },
};
static char *proves[] = { (char *)(uintptr_t) "R1" };
const struct test alpha = { .id = (char *)(uintptr_t) "alpha",
	.title = (char *)(uintptr_t) "a test",
	.proves = proves,
	.proves_count = 1,
	.checks = checks,
	.checks_count = 1,
	.sanity = true };

int
report_line(const char *line, size_t len)
{
	char *signed_line = text("\1%s 5 %.*s", sender, (int)len, line);

	if (!lost)
		record_line(&boot.record, signed_line);
	lost = false;
	free(signed_line);
	return 0;
}

void
start(void)
{
	uint8_t nonce[NONCE_SIZE];

	memset(&boot, 0, sizeof boot);
	(void)nonce_parse(NONCE, nonce);
	record_init(&boot.record, nonce);
	boot.run.end = BOCHS_DONE;
	boot.run.reason = text("%s", "");
}

void
observe(unsigned int wrong_by)
{
	uint8_t nonce[NONCE_SIZE];

	(void)nonce_parse(NONCE, nonce);
	sender = "alpha";
	(void)report_begin("alpha", NONCE);
	(void)report_obs("value", "%u",
	    (unsigned int)nonce_u32(nonce, "v", 0) + wrong_by);
	(void)report_end();
}

void
runner(const char *end)
{
	sender = "runner";
	(void)report_begin("runner", NONCE);
	report_plan(1);
	if (end != NULL)
		(void)report_obs("end.alpha", "%s", end);
	report_bye();
}

void
forget(void)
{
	record_free(&boot.record);
	free(boot.run.reason);
	free(boot.disk);
	free(boot.infra);
	free(boot.storm);
}

void
verdict_of(const struct test *t, const struct strings *meant, struct verdict *v)
{
	judge(&(struct trial){ t, &boot, 1, objects, meant }, v);
	forget();
}
