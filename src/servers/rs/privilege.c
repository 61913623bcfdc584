/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Whom a service may send to. A service without an ipc list may send to
 * everybody; one with a list, to the labels on it and to RS, and they may
 * answer: the kernel keeps the masks symmetric. A service that was started
 * again has a new privilege id, so the masks that name it are renewed.
 */
#include "servers/rs/privilege.h"

#include <lacuna/printf.h>
#include <lacuna/string.h>
#include <lacuna/syslib.h>

/* Is word one of those in list, which are separated by blanks? */
static bool
list_has(const char *list, const char *word)
{
	size_t len = strlen(word), n;

	while (*list != '\0') {
		for (n = 0; list[n] != ' ' && list[n] != '\0'; n++)
			;
		if (n == len && memcmp(list, word, n) == 0)
			return true;
		list += n;
		while (*list == ' ')
			list++;
	}
	return false;
}

/* Add the service in a row to a mask. */
static void
mask_add(uint32_t mask[SEND_MASK_WORDS], const struct rproc *rp)
{
	int id;

	if (rp->pub->endpoint != NONE && !(rp->pub->sys_flags & SF_USER) &&
	    sys_getprivid(&id, rp->pub->endpoint) == OK && id >= 0 &&
	    id < NR_SYS_PROCS)
		mask[id / 32] |= 1u << id % 32;
}

void
privilege_send_mask(struct rproc *rp)
{
	uint32_t *mask = rp->spec.send_mask;
	const struct rproc *other;

	if (!(rp->flags & RF_IPC_LIST)) {
		memset(mask, 0xff, sizeof rp->spec.send_mask);
		return;
	}
	memset(mask, 0, sizeof rp->spec.send_mask);
	for (other = rproc; other < &rproc[NR_SYS_PROCS]; other++) {
		if (!(other->flags & RF_IN_USE) || other == rp)
			continue;
		if (other->pub->endpoint == RS_PROC_NR ||
		    list_has(rp->ipc, other->pub->label) ||
		    (other->flags & RF_IPC_LIST &&
			list_has(other->ipc, rp->pub->label)))
			mask_add(mask, other);
	}
	if (list_has(rp->ipc, "USER"))
		mask[USER_PRIV_ID / 32] |= 1u << USER_PRIV_ID % 32;
}

void
privilege_renew(const struct rproc *rp)
{
	struct rproc *other;
	int r;

	for (other = rproc; other < &rproc[NR_SYS_PROCS]; other++) {
		if (other == rp || !(other->flags & RF_IPC_LIST) ||
		    other->pub->endpoint == NONE ||
		    !list_has(other->ipc, rp->pub->label))
			continue;
		privilege_send_mask(other);
		r = sys_privctl(other->pub->endpoint, SYS_PRIV_UPDATE_SYS,
		    &other->spec);
		if (r != OK)
			printf("rs: %s may not send to %s: %d\n",
			    other->pub->label, rp->pub->label, r);
	}
}
