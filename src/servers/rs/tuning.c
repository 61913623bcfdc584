/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The boot parameters prio=NAME:QUEUE,... and slow=NAME:N,... They are there to
 * show that nothing relies on the priority or the speed of a server.
 */
#include "servers/rs/tuning.h"

#include <abi/priv.h>
#include <lacuna/envlist.h>
#include <lacuna/printf.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

#include "servers/rs/table.h"

/* Do what an item says. @return NULL, or why not. */
typedef const char *item_fn(const struct env_item *item);

static const char *
prio_item(const struct env_item *item)
{
	struct rproc *rp = rproc_by_label(item->name);

	if (rp == NULL || (rp->pub->sys_flags & SF_USER) != 0)
		return "no such boot service";
	if (item->number > WORST_QUEUE)
		return "queues are 0 to 14";
	rp->spec.priority = (int32_t)item->number;
	if (sys_schedule(rp->pub->endpoint, rp->spec.priority, -1) != OK)
		return "the kernel refuses it";
	return NULL;
}

static const char *
slow_item(const struct env_item *item)
{
	_Static_assert(SLOW_MAX == 1000000, "as it is told");

	if (strcmp(item->name, "pm") != 0 && strcmp(item->name, "vfs") != 0)
		return "only pm and vfs can be slowed";
	return item->number > SLOW_MAX ? "at most 1000000 instructions" : NULL;
}

/* Go through the items of a parameter, if there is one. */
static void
each_item(const char *key, item_fn *take)
{
	char value[ENV_LIST_MAX];
	const char *rest = value, *why;
	struct env_item item;
	int r = env_get_param(key, value, sizeof value);

	if (r == -E2BIG)
		printf("rs: boot parameter %s is ignored: too long\n", key);
	if (r != OK)
		return;
	while ((rest = env_item_next(rest, &item)) != NULL) {
		why = item.sound ? take(&item) : "this is not name:number";
		if (why != NULL)
			printf("rs: boot parameter %s=%s is ignored: %s\n", key,
			    item.text, why);
	}
}

void
tuning_apply(void)
{
	_Static_assert(WORST_QUEUE == 14, "as it is told");

	each_item("prio", prio_item);
	each_item("slow", slow_item);
}
