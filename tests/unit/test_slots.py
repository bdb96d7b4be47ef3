"""Who gets which slot."""

from __future__ import annotations

import asyncio
import random

import pytest

from gba_jupyter.llama.slots import SlotPool, common_prefix


async def use(pool: SlotPool, prompt: tuple[int, ...], sampled: tuple[int, ...] = ()) -> int:
    async with pool.lease(prompt) as lease:
        lease.held = prompt + sampled
        return lease.slot


async def test_a_conversation_stays_on_its_slot_and_another_does_not_evict_it():
    pool = SlotPool(2)
    system = tuple(range(50))
    first = await use(pool, (*system, *range(100, 160)), (1, 2, 3))
    other = await use(pool, (*system, *range(200, 260)), (4, 5))
    assert first != other
    assert await use(pool, (*system, *range(100, 160), 1, 2, 3, 9)) == first
    assert await use(pool, (*system, *range(200, 260), 4, 5, 9)) == other
    assert await use(pool, (*system, *range(100, 160), 1, 2, 3, 9, 9)) == first


async def test_a_new_conversation_takes_an_unused_slot_then_the_one_that_rested_longest():
    pool = SlotPool(2)
    a = await use(pool, (1,) * 10)
    b = await use(pool, (2,) * 10)
    await use(pool, (1,) * 11)
    assert {a, b} == {0, 1}
    assert await use(pool, (3,) * 10) == b


async def test_who_waits_is_served_in_order():
    pool = SlotPool(1)
    served: list[int] = []

    async def job(i: int) -> None:
        async with pool.lease((i,)):
            served.append(i)
            await asyncio.sleep(0)

    async with pool.lease((0,)):
        jobs = []
        for i in range(1, 6):
            assert pool.place == i
            jobs.append(asyncio.ensure_future(job(i)))
            await asyncio.sleep(0)
    await asyncio.gather(*jobs)
    assert served == [1, 2, 3, 4, 5]
    assert pool.place == 0


async def test_who_gives_up_waiting_blocks_nobody():
    rng = random.Random(1)
    for _ in range(50):
        pool = SlotPool(rng.randint(1, 3))

        async def job(pool: SlotPool = pool) -> None:
            async with pool.lease((rng.randint(0, 3),)):
                await asyncio.sleep(rng.random() / 1000)

        jobs = [asyncio.ensure_future(job()) for _ in range(20)]
        for task in rng.sample(jobs, 10):
            await asyncio.sleep(0)
            task.cancel()
        async with asyncio.timeout(5):
            await asyncio.gather(*jobs, return_exceptions=True)
        assert pool.place == 0


@pytest.mark.parametrize("seed", range(20))
def test_common_prefix_is_what_a_loop_would_find(seed: int):
    rng = random.Random(seed)
    a = [rng.randint(0, 1) for _ in range(rng.randint(0, 40))]
    b = a[: rng.randint(0, 40)] + [rng.randint(0, 1) for _ in range(rng.randint(0, 5))]
    n = 0
    while n < min(len(a), len(b)) and a[n] == b[n]:
        n += 1
    assert common_prefix(tuple(a), tuple(b)) == n
