"""`python benchmarks/workers.py [SCENARIO...]`: how long workers of a shared crawl take, predicted and measured.

A model in SimPy (extra `bench`) of workers that lease, hosts that have one queue for all, and kills; its predictions for 1, 2
and 4 workers beside what real ones took, with a real PostgreSQL and the stand-in world. Seconds are from the first request to the last.
`--predict DELAY LATENCY ARTICLES WORKERS` only predicts.
"""

import os
import random
import signal
import statistics
import sys
import tempfile
import time
from collections import deque
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
os.environ |= {"FINEWS_ORIGINS": "share,finews-page", "FINEWS_SHARE_HOSTS": "finews.zning.xyz", "LC_ALL": "C.UTF-8"}

import simpy

BATCH, TERM, AGAIN, LOOK = 8, 6.0, 0.3, 1.0
PER_HOST = 4
"""Requests of one worker that one host answers at once."""
POLL = 0.004
"""Seconds that asking the database for a turn takes."""
CPU_POST, CPU_JSON, CPU_ANSWER = 0.003, 0.005, 0.003
"""Seconds of processor time: a post page, the rest of an article, and what the other side takes for an answer (costs.py)."""
BOOT = 2.0
"""Seconds until a worker takes part."""
TIMES = 20
"""Simulations of which the middle is told."""


class Scenario(NamedTuple):
    """What the crawl meets."""

    articles: int
    delay: float
    """DOWNLOAD_DELAY: the mean of what lies between two requests to a host."""
    latency: float
    """Seconds that the JSON of an article takes to come."""
    kills: tuple[float, ...] = ()
    """Seconds after the first request at which a worker is killed, and another started."""


SCENARIOS = {
    "as polite as by default": Scenario(90, 0.6, 0.0),
    "slow answers": Scenario(160, 0.1, 3.0),
    "slow answers, two kills": Scenario(160, 0.1, 3.0, (5.0, 12.0)),
}
CATEGORIES = 5
WORKERS = (1, 2, 4)


# --- the model


class Host:
    """Its next turn is one for all workers."""

    def __init__(self, crawl: "Crawl") -> None:
        self.crawl, self.next = crawl, 0.0

    def turn(self) -> Generator[Any, Any, None]:
        """Wait for a turn, as workers do: who looks first when it comes has it."""
        env = self.crawl.env
        while True:
            yield env.timeout(POLL)
            if env.now >= self.next:
                self.next = env.now + self.crawl.scenario.delay * self.crawl.random.uniform(0.5, 1.5)
                return
            yield env.timeout(min(max(self.next - env.now, 0.01), LOOK))


class Crawl:
    """What is wanted, who has it until when, and the hosts."""

    def __init__(self, scenario: Scenario, workers: int, seed: int, cores: int, lists: int) -> None:
        self.env, self.random, self.scenario = simpy.Environment(), random.Random(seed), scenario
        self.cores = simpy.Resource(self.env, cores)
        self.site, self.share = Host(self), Host(self)
        self.free: deque[int] = deque()
        """Articles that nobody has; what lists are left to read is a number."""
        self.lists_left, self.lists, self.to_name = lists, lists, scenario.articles
        self.free_lists = 1
        self.dead: list[tuple[float, list[int]]] = []
        self.done, self.asked = set[int](), 0
        self.end = 0.0
        self.workers = [Worker(self) for _ in range(workers)]
        for at in scenario.kills:
            self.env.process(self._kill(at))

    def _kill(self, at: float) -> Generator[Any, Any, None]:
        yield self.env.timeout(at)
        victim = self.random.choice(self.workers)
        self.workers.remove(victim)
        victim.die()
        yield self.env.timeout(BOOT)
        self.workers.append(Worker(self))

    def lease(self, most: int) -> list[int]:
        """So many of what nobody has, articles first; -1 is a list."""
        for until, held in self.dead:
            if until <= self.env.now:
                self.free.extendleft(one for one in held if one >= 0)
                self.free_lists += sum(one < 0 for one in held)
        self.dead = [(until, held) for until, held in self.dead if until > self.env.now]
        found = [self.free.popleft() for _ in range(min(most, len(self.free)))]
        number = min(most - len(found), self.free_lists)
        self.free_lists -= number
        return found + [-1] * number

    def was_read(self) -> None:
        """A list names its share of the articles, and home the other lists."""
        if self.lists_left == self.lists:
            self.free_lists += self.lists - 1
        self.lists_left -= 1
        share = self.to_name if not self.lists_left else self.scenario.articles // self.lists
        first = self.scenario.articles - self.to_name
        self.free.extend(range(first, first + share))
        self.to_name -= share

    def is_over(self) -> bool:
        return len(self.done) == self.scenario.articles and not self.lists_left


class Worker:
    """It holds a batch at most, and leases more when half of it is done."""

    def __init__(self, crawl: Crawl) -> None:
        self.crawl, self.env = crawl, crawl.env
        self.cpu = simpy.Resource(self.env, 1)
        self.one_by_one = {host: simpy.Resource(self.env, 1) for host in (crawl.site, crawl.share)}
        self.slots = {host: simpy.Resource(self.env, PER_HOST) for host in (crawl.site, crawl.share)}
        self.held: dict[Any, int] = {}
        self.heard = self.env.now
        self.main = self.env.process(self.work())

    def die(self) -> None:
        """Killed: what it has is free when its term is over."""
        for process in [self.main, *self.held]:
            if process.is_alive:
                process.interrupt()
        self.crawl.dead.append((self.heard + TERM, [*self.held.values()]))

    def work(self) -> Generator[Any, Any, None]:
        """Lease, and look again."""
        try:
            while not self.crawl.is_over():
                if self.env.now - self.heard > TERM / 3:
                    self.heard = self.env.now
                if len(self.held) <= BATCH // 2:
                    self.heard = self.env.now
                    for one in self.crawl.lease(BATCH - len(self.held)):
                        process = self.env.process(self.item(one))
                        self.held[process] = one
                yield simpy.AnyOf(self.env, [*self.held, self.env.timeout(AGAIN)])
        except simpy.Interrupt:
            return

    def item(self, one: int) -> Generator[Any, Any, None]:
        """A list page, or an article: its post page, then its JSON."""
        crawl = self.crawl
        try:
            yield from self.ask(crawl.site, 0.0, CPU_POST)
            if one < 0:
                crawl.was_read()
            else:
                yield from self.ask(crawl.share, crawl.scenario.latency, CPU_JSON)
                crawl.done.add(one)
        except simpy.Interrupt:
            return
        self.held.pop(self.env.active_process, None)

    def ask(self, host: Host, latency: float, cpu: float) -> Generator[Any, Any, None]:
        """A turn, a place among the requests under way, the answer, and what is made of it."""
        with self.one_by_one[host].request() as first:
            yield first
            yield from host.turn()
        with self.slots[host].request() as place:
            yield place
            self.crawl.asked += 1
            self.crawl.end = self.env.now
            yield self.env.timeout(latency)
            with self.crawl.cores.request() as core:
                yield core
                yield self.env.timeout(CPU_ANSWER)
        with self.cpu.request() as own:
            yield own
            with self.crawl.cores.request() as core:
                yield core
                yield self.env.timeout(cpu)


def predicted(scenario: Scenario, workers: int, lists: int, cores: int = 2) -> tuple[float, float]:
    """Seconds from the first request to the last, and how many were sent: the middle of some simulations."""
    ends, asked = [], []
    for seed in range(TIMES):
        crawl = Crawl(scenario, workers, seed, cores, lists)
        while not crawl.is_over():
            crawl.env.step()
        ends.append(crawl.end)
        asked.append(crawl.asked)
    return statistics.median(ends), statistics.median(asked)


# --- the crawl itself


def measured(scenario: Scenario, workers: int, top: Path) -> tuple[float, int, int]:
    """The same of a real crawl, and how many of its requests were for lists."""
    from forked_scrapy import ScrapyForker
    from postgres_server import new_database
    from torture.test_shared_crawl import together, worker
    from world import Fault, World, generated_site

    forker, ledger = ScrapyForker(top), new_database()
    faults = [Fault("slow-headers", path="GetNewsText", seconds=scenario.latency)] if scenario.latency else []
    more = ("-s", f"DOWNLOAD_DELAY={scenario.delay}", "-s", f"FINEWS_LEASE_TERM={TERM:g}")

    def begin(world: World) -> Any:
        return worker(forker, world, top / "output", ledger, *more)

    with World(generated_site(scenario.articles, CATEGORIES), faults=faults) as world:
        working = [begin(world) for _ in range(workers)]
        together(ledger, *working)
        while not (asked := _asked(world.requests)):
            time.sleep(0.01)
        for at in scenario.kills:
            time.sleep(max(0.0, asked[0].time + at - time.monotonic()))
            victim = random.Random(at).choice(working)
            victim.signal(signal.SIGKILL)
            working = [one for one in working if one is not victim]
            working.append(begin(world))
        for one in working:
            assert one.wait(3600).code == 0
        asked = _asked(world.requests)
    forker.close()
    lists = sum("/2022/" not in one.path and "GetNewsText" not in one.path for one in asked)
    return asked[-1].time - asked[0].time, len(asked), lists


def _asked(requests: Iterable[Any]) -> list[Any]:
    return [one for one in requests if one.path != "/robots.txt"]


def main() -> None:
    if sys.argv[1:2] == ["--predict"]:
        delay, latency, articles, workers = map(float, sys.argv[2:])
        seconds, _ = predicted(Scenario(int(articles), delay, latency), int(workers), max(1, int(articles) // 20))
        print(f"{seconds:.0f} s, {articles / seconds:.2f} articles a second")
        return
    print(f"load before: {os.getloadavg()[0]:.1f}")
    print(
        "| | workers | predicted, s | measured, s | off by | requests predicted | measured |\n|---|---|---|---|---|---|---|"
    )
    for name in sys.argv[1:] or SCENARIOS:
        for workers in WORKERS:
            with tempfile.TemporaryDirectory(prefix="workers-") as top:
                took, requests, lists = measured(SCENARIOS[name], workers, Path(top))
            seconds, asked = predicted(SCENARIOS[name], workers, lists)
            off = f"{(seconds - took) / took:+.0%}"
            print(f"| {name} | {workers} | {seconds:.1f} | {took:.1f} | {off} | {asked:.0f} | {requests} |", flush=True)


if __name__ == "__main__":
    main()
