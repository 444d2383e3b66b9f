"""Leases on what a shared crawl asks for: each is one worker's for a term, by the database's clock, unless renewed."""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Float, Integer, bindparam, extract, func, insert, select, update

from crawler.store.atomic import writer
from crawler.store.engine import Database
from crawler.store.tables import insert_into, wanted, workers

CLOCK = extract("epoch", func.clock_timestamp())
"""The database's clock, in seconds: workers may be on machines whose clocks differ."""


_TERM = CLOCK + bindparam("term", type_=Float)
_NOT_ENDED = wanted.c.outcome.is_(None)
_FREE = wanted.c.worker.is_(None) | (wanted.c.until < CLOCK)
_FIRST = select(wanted.c.key).where(_NOT_ENDED, _FREE).order_by(wanted.c.is_list, wanted.c.key)
_THESE = _FIRST.limit(bindparam("most", type_=Integer)).with_for_update(skip_locked=True).cte("these")
_LEASED = update(wanted).where(wanted.c.key == _THESE.c.key).values(worker=bindparam("mine"), until=_TERM)
_LEASE = _LEASED.returning(wanted.c.key, wanted.c.is_list, wanted.c.told)
_HELD = wanted.c.key.in_(bindparam("held", expanding=True)) & (wanted.c.worker == bindparam("mine"))
_RENEW = update(wanted).where(_HELD).values(until=_TERM)
_AT_WORK = update(workers).where(workers.c.name == bindparam("mine"))
_AT_WORK = _AT_WORK.values(until=_TERM, told=bindparam("so_far"), left=bindparam("gone"))


class Wanted(NamedTuple):
    """An article, or a list page, that the crawl is to ask for."""

    key: str
    """The article's code, or the page's address."""
    is_list: bool
    told: Mapping[str, Any]
    """What whoever asks has to know, as JSON."""


class Ended(NamedTuple):
    """What became of it."""

    outcome: str
    """"" where nothing did in this crawl."""
    reason: str = ""
    told: str = ""
    """What the report draws of it, as JSON."""


def _by_key(some: Iterable[Wanted]) -> list[Wanted]:
    return sorted(some, key=lambda one: one.key)


class Leases(Database):
    """The part of the ledger that hands out the work. Terms are in seconds."""

    term = 60.0

    @property
    def _mine(self) -> str:
        return writer()

    def want(self, more: Iterable[Wanted]) -> None:
        """Have these asked for, unless they were wanted before: nothing is asked for twice in one crawl."""
        rows = [{"key": key, "is_list": is_list, "told": json.dumps(told)} for key, is_list, told in _by_key(more)]
        if rows:
            with self._transaction() as db:
                db.execute(insert_into(wanted, db.dialect.name).on_conflict_do_nothing(), rows)

    def lease(
        self, most: int, held: Collection[str], ended: Mapping[str, Ended], told: Mapping[str, Any]
    ) -> list[Wanted]:
        """So many more at most than are ``held``, which are renewed; ``ended``: what became of earlier ones.

        ``told``: what this worker has counted until now.
        """
        with self._transaction() as db:
            self._renew(db, held, ended, told, None)
            rows = db.execute(_LEASE, {"most": most, "mine": self._mine, "term": self.term})
            return _by_key(Wanted(key, is_list, json.loads(told)) for key, is_list, told in rows)

    def _renew(self, db: Connection, held: Collection[str], ended: Mapping[str, Ended], so_far: Any, left: Any) -> None:
        rows = [{"key": key, "worker": self._mine, **one._asdict()} for key, one in ended.items()]
        self._put(db, wanted, rows, wanted.c.worker.is_(None) | (wanted.c.worker == self._mine))
        mine = {"mine": self._mine, "term": self.term}
        if held:
            db.execute(_RENEW, {"held": list(held), **mine})
        db.execute(_AT_WORK, {"so_far": json.dumps(so_far), "gone": left, **mine})

    def is_left(self) -> bool:
        """Whether anything is wanted that did not come to its end, whoever has it."""
        return bool(self._found(select(wanted.c.key).where(_NOT_ENDED).limit(1)))

    def at_work(self) -> dict[str, float]:
        """The other workers that did not leave and whose term did not run out: how long ago each was heard of."""
        others = workers.c.left.is_(None) & (workers.c.name != self._mine) & (workers.c.until > CLOCK)
        rows = self._found(select(workers.c.name, CLOCK + self.term - workers.c.until).where(others))
        return {name: float(ago) for name, ago in rows}

    def join(self, started: str) -> None:
        """Be one of the workers."""
        self._change(insert(workers).values(name=self._mine, started=started, until=CLOCK + self.term, told="{}"))

    def leave(self, ended: Mapping[str, Ended], told: Mapping[str, Any], time: str) -> None:
        """Be one no more, and give back what was not done."""
        with self._transaction() as db:
            self._renew(db, (), ended, told, time)
            mine = wanted.c.worker == self._mine
            db.execute(update(wanted).where(_NOT_ENDED, mine).values(worker=None, until=None))
