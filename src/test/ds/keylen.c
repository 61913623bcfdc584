/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Keys have 1 to 79 characters, all of them count, and what is no such key is
 * refused. Proves A3.
 */
#include <string.h>

#include "test/ds/agent.h"
#include "test/report/report.h"

/* Publish with a key of so many bytes granted. */
static int
raw(struct agent *a, const char *key, uint32_t bytes, uint32_t value)
{
	a->op.call = DS_PUBLISH;
	a->op.flags = DSF_TYPE_U32;
	a->op.keylen = bytes;
	memcpy(a->op.key, key, bytes);
	a->op.value.u32 = value;
	return agent_do(a);
}

int
main(int argc, char **argv)
{
	struct agent a, b;
	char key[AGENT_KEY_ROOM];

	agents_open(argc, argv, "ds-keylen", &a, &b);
	memset(key, 'k', sizeof key);
	memcpy(key, key_of("", 0), 8);
	(void)report_obs("none", "%d", raw(&a, "", 0, 0));
	(void)report_obs("empty", "%d", raw(&a, "", 1, 0));
	(void)report_obs("one", "%d", raw(&a, "k", 2, value_of(1)));
	key[DS_MAX_KEYLEN] = '\0';
	(void)report_obs("too-long", "%d", raw(&a, key, DS_MAX_KEYLEN + 1, 0));
	(void)report_obs("unterminated", "%d", raw(&a, key, 20, 0));
	key[DS_MAX_KEYLEN - 1] = '\0';
	(void)report_obs("longest", "%d",
	    raw(&a, key, DS_MAX_KEYLEN, value_of(2)));
	key[DS_MAX_KEYLEN - 2] = 'l';
	(void)report_obs("last-differs", "%d",
	    raw(&a, key, DS_MAX_KEYLEN, value_of(3)));
	key[DS_MAX_KEYLEN - 2] = 'k';
	(void)report_obs("again", "%d",
	    agent_publish(&a, key, value_of(4), DSF_OVERWRITE));
	key[DS_MAX_KEYLEN - 2] = 'l';
	agent_report(&b, key, "value3");
	key[DS_MAX_KEYLEN - 2] = 'k';
	agent_report(&b, key, "value2");
	agent_report(&b, "k", "value1");
	return agents_close(&a, &b);
}
