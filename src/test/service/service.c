/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Requests to RS on behalf of tests.
 */
#include "test/service/service.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <lacuna/msgcall.h>
#include <proto/rs.h>
#include <proto/vm.h>

PROTO_STUB(RS_UP, rs_up)
PROTO_STUB(RS_DOWN, rs_down)
PROTO_STUB(RS_REFRESH, rs_refresh)
PROTO_STUB(RS_LOOKUP, rs_lookup)

/* Read a program, for RS to copy it from here. */
static int
program_read(const char *path, void **image, uint32_t *size)
{
	int fd = open(path, O_RDONLY), r = OK;
	struct stat st;
	char *p;

	if (fd < 0)
		return -ENOENT;
	if (fstat(fd, &st) != 0 || (p = malloc((size_t)st.st_size)) == NULL) {
		close(fd);
		return -ENOMEM;
	}
	if (read(fd, p, (size_t)st.st_size) != (int)st.st_size)
		r = -EIO;
	close(fd);
	*image = p;
	*size = (uint32_t)st.st_size;
	return r;
}

static const struct timespec tick = { 0, 10000000 };

void
mailbox_wait(const struct mailbox *box)
{
	if (box->done != box->asked && box->keeper != 0)
		(void)msg_call(box->keeper, MAILBOX_KNOCK, NULL, 0, NULL,
		    0); /* it may have gone, and another come */
	while (box->done != box->asked)
		(void)nanosleep(&tick, NULL); /* a signal only shortens it */
}

void
mailbox_ask(struct mailbox *box)
{
	box->asked++;
	mailbox_wait(box);
}

int
service_start_as(const struct service_kind *kind, const char *path,
    const char *label, struct mailbox *box, endpoint_t *ep)
{
	static struct rs_start start; /* large for a stack */
	struct rs_up_req req = { .start = (vir_bytes)(uintptr_t)&start,
		.size = sizeof start };
	struct rs_up_rep rep;
	void *image;
	int r;

	memset(&start, 0, sizeof start);
	if (strlen(path) >= sizeof start.path ||
	    strlen(label) >= sizeof start.label)
		return -ENAMETOOLONG;
	r = program_read(path, &image, &start.image_size);
	if (r != OK)
		return r;
	start.image = (vir_bytes)(uintptr_t)image;
	strcpy(start.path, path);
	strcpy(start.label, label);
	if (box != NULL)
		snprintf(start.args, sizeof start.args, "%d %lu", (int)getpid(),
		    (unsigned long)(uintptr_t)box);
	else if (kind->args != NULL)
		strncpy(start.args, kind->args, sizeof start.args - 1);
	start.flags = kind->flags;
	start.major = kind->major;
	start.dev_flags = kind->dev_flags;
	start.priority = start.quantum = -1;
	start.quota = VM_QUOTA_NONE;
	memset(start.kcall_mask, 0xff, sizeof start.kcall_mask);
	start.vm_call_mask = ~0u;
	r = call_rs_up(RS_PROC_NR, &req, &rep);
	if (r == OK)
		*ep = rep.ep;
	free(image);
	return r;
}

int
service_start(const char *path, const char *label, struct mailbox *box,
    endpoint_t *ep)
{
	static const struct service_kind kind = { .flags = RSS_USERS };

	return service_start_as(&kind, path, label, box, ep);
}

int
service_start_once(const char *path, const char *label, struct mailbox *box,
    endpoint_t *ep)
{
	static const struct service_kind kind = { .flags = RSS_ONCE };

	return service_start_as(&kind, path, label, box, ep);
}

int
service_stop(const char *label)
{
	struct rs_down_req req = { .label = "" };
	struct no_payload rep;
	int r;

	strncpy(req.label, label, sizeof req.label - 1);
	r = call_rs_down(RS_PROC_NR, &req, &rep);
	(void)nanosleep(&tick, NULL); /* others hear of it after us */
	return r;
}

int
service_again(const char *label, endpoint_t *ep)
{
	struct rs_refresh_req req = { .label = "" };
	struct rs_lookup_rep found;
	struct no_payload rep;
	int r;

	strncpy(req.label, label, sizeof req.label - 1);
	r = call_rs_refresh(RS_PROC_NR, &req, &rep);
	if (r == OK)
		r = call_rs_lookup(RS_PROC_NR, &req, &found);
	if (r == OK)
		*ep = found.ep;
	(void)nanosleep(&tick, NULL); /* others hear of it after us */
	return r;
}
