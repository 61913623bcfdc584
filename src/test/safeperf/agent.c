/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file
 * The service itself, see test/safeperf/agent.h. A figure is the median of
 * several rounds; before each, but with FETCH_AGAIN, every page of the
 * fetching service is its own and in place, as if it had just been used for
 * something else.
 */
#include "test/safeperf/agent.h"

#include <lacuna/kcall.h>
#include <lacuna/safecopies.h>
#include <lacuna/sysinfo.h>
#include <lacuna/syslib.h>
#include <lacuna/sysmap.h>

#include "test/bench/bench.h"
#include "test/service/owner.h"

#define ROUNDS       5
#define ROUNDS_SMALL 31

static struct owner owner;
static _Alignas(4096) volatile uint8_t theirs[PAGES * PAGE];
static _Alignas(4096) volatile uint8_t others[PAGES * PAGE];
static _Alignas(4096) volatile uint8_t mine[PAGES * PAGE];

/* What page i of a grant holds. */
static uint8_t
mark(int fetch, uint32_t i)
{
	return (uint8_t)(i * 5 + (fetch == FETCH_AGAIN ? 2 : 1));
}

static int
grant(struct agent_op *op)
{
	static const int access[NR_FETCHES] = {
		[FETCH_COPY] = CPF_READ | CPF_TRY,
		[FETCH_SAFE] = CPF_READ,
		[FETCH_AGAIN] = CPF_READ,
		[FETCH_MAP] = CPF_READ | CPF_WRITE | CPF_MAP,
	};
	volatile uint8_t *p;
	uint32_t i;

	op->sharing = env_get_number("cow", 1) != 0;
	for (i = 0; i < PAGES; i++) {
		theirs[i * PAGE] = mark(FETCH_SAFE, i);
		others[i * PAGE] = mark(FETCH_AGAIN, i);
	}
	for (i = 0; i < NR_FETCHES; i++) {
		p = i == FETCH_AGAIN ? others : theirs;
		op->gid[i] = cpf_grant_direct(op->who, vir_addr(p),
		    sizeof theirs, access[i]);
		if (!GRANT_VALID(op->gid[i]))
			return op->gid[i];
	}
	return OK;
}

/* Every page is our own, and not what will be fetched. */
static void
prepare(uint32_t pages)
{
	uint32_t i;

	for (i = 0; i < pages; i++)
		mine[i * PAGE] = 0;
}

static int
fetch(const struct agent_op *op, int how, uint32_t bytes)
{
	cp_grant_id_t gid = op->gid[how];

	if (how == FETCH_MAP)
		return sys_safemap(op->who, gid, 0, vir_addr(mine), bytes, 1);
	return sys_safecopyfrom(op->who, gid, 0, vir_addr(mine), bytes);
}

/* One round; COST_NONE if it did not work. */
static uint32_t
fetch_once(struct agent_op *op, int how, uint32_t pages)
{
	uint32_t i, cost, sum = 0;
	uint64_t start;
	int r;

	start = bench_now();
	r = fetch(op, how, pages * PAGE);
	if (op->store)
		for (i = 0; r == OK && i < pages; i++)
			mine[i * PAGE + 1] = 0;
	else
		for (i = 0; r == OK && i < pages; i++)
			sum += mine[i * PAGE + 1];
	cost = (uint32_t)(bench_now() - start);
	if (r == OK) {
		for (i = 0; i < pages; i++)
			op->wrong += mine[i * PAGE] != mark(how, i);
		op->wrong += sum != 0;
		if (how == FETCH_MAP)
			r = sys_safeunmap(vir_addr(mine));
	}
	op->error = op->error != OK ? op->error : r;
	return r == OK ? cost : COST_NONE;
}

/* Put a cost where it belongs among n that are in order. */
static void
insert(uint32_t *cost, uint32_t n, uint32_t c)
{
	for (; n > 0 && cost[n - 1] > c; n--)
		cost[n] = cost[n - 1];
	cost[n] = c;
}

static void
fetch_pages(struct agent_op *op)
{
	static uint32_t cost[ROUNDS];
	uint32_t pages, i;
	int how = op->fetch;

	for (pages = 1; pages <= PAGES; pages++) {
		for (i = 0; i < ROUNDS; i++) {
			if (op->fetch != FETCH_AGAIN)
				prepare(pages);
			else
				how = i % 2 != 0 ? FETCH_SAFE : FETCH_AGAIN;
			insert(cost, i, fetch_once(op, how, pages));
		}
		op->cost[pages - 1] = cost[ROUNDS / 2];
	}
}

static void
fetch_small(struct agent_op *op)
{
	static const uint32_t sizes[NR_SMALL] = SMALL_SIZES;
	static uint32_t cost[ROUNDS_SMALL];
	uint32_t i, k;
	uint64_t start;
	int r;

	for (k = 0; k < NR_SMALL; k++) {
		for (i = 0; i < ROUNDS_SMALL; i++) {
			start = bench_now();
			r = fetch(op, FETCH_SAFE, sizes[k]);
			insert(cost, i, (uint32_t)(bench_now() - start));
			op->error = op->error != OK ? op->error : r;
		}
		op->cost[k] = cost[ROUNDS_SMALL / 2];
	}
}

static void
carry_out(void *work)
{
	struct agent_op *op = work;

	op->error = OK;
	op->wrong = 0;
	switch (op->call) {
	case AGENT_GRANT:
		op->error = grant(op);
		break;
	case AGENT_PAGES:
		fetch_pages(op);
		break;
	case AGENT_SMALL:
		fetch_small(op);
		break;
	default:
		op->error = -ENOSYS;
	}
}

static void
prepare_all(void)
{
	prepare(PAGES);
}

int
main(int argc, char **argv)
{
	static struct agent_op op; /* granted, so not on the stack */
	static const struct owner_agent agent = {
		.name = "safeperf-agent",
		.owner = &owner,
		.work = &op,
		.size = sizeof op,
		.carry_out = carry_out,
		.prepare = prepare_all,
	};

	return owner_serve(&agent, argc, argv);
}
