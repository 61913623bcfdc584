/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * Complaints, see servers/rs/complain.h. A complaint may be true, or its
 * sender may be the one that is broken, so RS weighs it:
 *
 * Rank. A service that lives by the accused counts twice as much as another:
 * VFS and its like, without which nothing works and which are trusted with
 * more than that, about anybody; a superuser's service that is no driver, as
 * file servers are, about a block driver. Its repeated complaints add up; of
 * another only the newest counts, so more than one of them is needed.
 *
 * Evidence. What no working service does counts twice as much as what only
 * looks bad: an error may be true. Users wait long for an answer before they
 * complain, so none is as bad as a wrong one.
 *
 * Rate. Of one complainant one complaint a second counts. After a verdict the
 * accused has some seconds in which nobody is heard.
 *
 * Credit. Each restart on a complainant's word halves its weight, and after
 * some it has none; a minute without another gives one back. A complaint that
 * was true is followed by quiet, so it costs nothing in the end; a liar, and a
 * user of what cannot be mended, has soon no voice. That and the seconds of
 * peace are the only brake: a restart for complaints is not a failure by which
 * a service is held back or given up. So no liar keeps a service down.
 *
 * A service that a debugger has stopped is not judged.
 */
#include "servers/rs/complain.h"

#include <lacuna/printf.h>
#include <lacuna/server.h>
#include <lacuna/syslib.h>
#include <proto/sef.h>

#include "servers/rs/death.h"
#include "servers/rs/rs.h"
#include "servers/rs/supervise.h"
#include "servers/rs/table.h"

#define VERDICT  4               /* points that end a service */
#define CREDIT   3               /* restarts on one word in a row */
#define SPACE_T  sys_hz()        /* from one complaint to the next */
#define RECENT_T (60 * sys_hz()) /* a complaint counts for so long */
#define PEACE_T  (5 * sys_hz())  /* after a verdict */
#define CREDIT_T (60 * sys_hz()) /* until a credit comes back */

/** A complaint while it is judged. */
struct complaint {
	struct rproc *from, *about;
	int evidence;
};

/** What counts as evidence, and how it is said. */
static const struct {
	const char *text;
	bool proof; /* no working service does this */
} evidence_table[] = {
	[SEF_BAD_STATUS] = { "a status that is none", true },
	[SEF_BAD_LENGTH] = { "an impossible length", true },
	[SEF_BAD_IDENTITY] = { "an answer to nothing", true },
	[SEF_BAD_DATA] = { "data that cannot be", false },
	[SEF_NO_ANSWER] = { "no answer in time", true },
	[SEF_ONLY_ERRORS] = { "nothing but errors", false },
};

/* Does the complainant live by the accused? */
static bool
is_user(const struct complaint *c)
{
	if (c->from->pub->sys_flags & SF_CORE_SRV)
		return true;
	return c->about->pub->dev_flags & RS_DEV_BLOCK &&
	    c->from->pub->dev_nr == 0 && c->from->uid == 0;
}

/* Give back the credits that time has earned. */
static void
credit_settle(struct complaints *mine, clock_ticks now)
{
	while (
	    mine->spent > 0 && rs_passed(rs_time(mine->word + CREDIT_T), now)) {
		mine->word += CREDIT_T;
		mine->spent--;
	}
}

/* Points of a complaint by rank, evidence and credit. */
static uint32_t
points(const struct complaint *c)
{
	const uint32_t spent = c->from->complaints.spent;
	uint32_t n = VERDICT;

	if (!is_user(c))
		n /= 2;
	if (!evidence_table[c->evidence].proof)
		n /= 2;
	return spent < CREDIT ? n >> spent : 0;
}

/* Drop the votes that are old, and of one complainant those before now if only
 * its newest counts. */
static void
votes_drop(const struct complaint *c, clock_ticks now)
{
	struct vote *v = c->about->complaints.vote;
	size_t i;

	for (i = 0; i < COMPLAINT_VOTES; i++)
		if (now - v[i].time >= RECENT_T ||
		    (v[i].of == c->from && !is_user(c)))
			v[i].of = NULL;
}

/* Has its sender complained of the same a moment ago? */
static bool
is_too_soon(const struct complaint *c, clock_ticks now)
{
	const struct vote *v = c->about->complaints.vote;
	size_t i;

	for (i = 0; i < COMPLAINT_VOTES; i++)
		if (v[i].of == c->from && now - v[i].time < SPACE_T)
			return true;
	return false;
}

/* Add a vote. There is room: each has a point, and fewer than VERDICT are
 * kept. Returns all points together. */
static uint32_t
vote_add(const struct complaint *c, uint32_t n, clock_ticks now)
{
	struct vote *v = c->about->complaints.vote, *unused = NULL;
	uint32_t sum = n;
	size_t i;

	for (i = 0; i < COMPLAINT_VOTES; i++) {
		if (v[i].of != NULL)
			sum += v[i].points;
		else
			unused = &v[i];
	}
	if (unused != NULL)
		*unused = (struct vote){ c->from, now, n };
	return sum;
}

/* Enough: everybody whose word this was pays for it, once; the accused is
 * started again. */
static void
verdict(struct rproc *rp, clock_ticks now)
{
	struct complaints *c = &rp->complaints;
	struct complaints *theirs;
	size_t i, j;

	for (i = 0; i < COMPLAINT_VOTES; i++) {
		if (c->vote[i].of == NULL)
			continue;
		for (j = i + 1; j < COMPLAINT_VOTES; j++)
			if (c->vote[j].of == c->vote[i].of)
				c->vote[j].of = NULL;
		theirs = &c->vote[i].of->complaints;
		theirs->spent++;
		theirs->word = now;
		c->vote[i].of = NULL;
	}
	c->verdict = rs_time(now);
	c->verdicts++;
	rp->flags |= RF_REFRESHING;
	service_terminate(rp, "is ended for complaints", -EIO);
}

/* Who complains of whom, and may it? */
static int
complaint_read(const struct message *m, struct complaint *c)
{
	struct rs_complain_msg req;

	memcpy(&req, m->m_body, sizeof req);
	c->from = rproc_by_endpoint(m->m_source);
	c->about = rproc_by_endpoint(req.ep);
	c->evidence = req.evidence;
	if (c->from == NULL)
		return -EPERM;
	if (req.evidence <= 0 || req.evidence >= SEF_EVIDENCE_END)
		return -EINVAL;
	if (c->about == NULL)
		return -ESRCH;
	if (c->about == c->from || c->about->pub->sys_flags & SF_CORE_SRV)
		return -EPERM;
	return OK;
}

/* Judge a complaint. */
static int
judge(const struct complaint *c, clock_ticks now)
{
	struct complaints *theirs = &c->about->complaints;
	uint32_t n;

	if (rs_shutting_down || rproc_changing(c->about) ||
	    supervise_debugged(c->about))
		return -EBUSY;
	if (theirs->verdict != 0 && now - theirs->verdict < PEACE_T)
		return -EAGAIN;
	credit_settle(&c->from->complaints, now);
	n = points(c);
	if (n == 0 || is_too_soon(c, now))
		return -EAGAIN;
	printf("rs: %s complains of %s (%d): %s\n", c->from->pub->label,
	    c->about->pub->label, c->about->pub->endpoint,
	    evidence_table[c->evidence].text);
	votes_drop(c, now);
	if (vote_add(c, n, now) >= VERDICT)
		verdict(c->about, now);
	return OK;
}

void
complain_forget(const struct rproc *rp)
{
	struct rproc *about;
	size_t i;

	for (about = rproc; about < &rproc[NR_SYS_PROCS]; about++)
		for (i = 0; i < COMPLAINT_VOTES; i++)
			if (about->complaints.vote[i].of == rp)
				about->complaints.vote[i].of = NULL;
}

void
complain_take(const struct message *m, int status)
{
	struct complaint c;
	int r = complaint_read(m, &c);

	if (r == OK)
		r = judge(&c, rs_now());
	if (IPC_STATUS_CALL(status) == SENDREC)
		server_reply(m->m_source, r, NULL, 0);
}
