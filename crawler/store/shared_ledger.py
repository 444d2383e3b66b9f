"""The ledger of a shared crawl, in PostgreSQL: it hands out the work, and is waited for while its server is away."""

import json
import logging
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from inspect import getmembers, isfunction
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from sqlalchemy import delete, func, select

from crawler.store.atomic import writer
from crawler.store.engine import LedgerError, LostLedger, UnreachableLedger, noted
from crawler.store.host_turns import HostTurns
from crawler.store.leases import Ended, Leases, Wanted
from crawler.store.ledger import Ledger
from crawler.store.tables import meta, wanted, workers

OPENING: Final = 60.0
"""So many seconds a server may be away before a worker takes part: its address may be a wrong one."""
PATIENCE: Final = 600.0
"""So many afterwards."""
BACK: Final = 5.0
"""In so many a worker that was alone when the server was lost has to come back."""
_STEP: Final = 0.2
_CRAWL, _IN, _ALONE = "crawl", "alone", 0xF1
_T = TypeVar("_T")
_P = ParamSpec("_P")
_LOG = logging.getLogger(__name__)


class SharedLedger(Ledger, Leases, HostTurns):
    """What a worker of a shared crawl writes to. Each method may be called again where the server was lost in it."""

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        self.patience = OPENING
        self._is_alone = False
        self._seen = ("", 0.0)
        """Who was alone when somebody else wanted to be, and since when (monotonic seconds)."""
        self._patiently(lambda: super(SharedLedger, self).__init__(url, read_only=read_only))
        self.patience = PATIENCE

    def _patiently(self, do: Callable[[], _T]) -> _T:
        """Do it again while the server is away; raises LedgerError when that is too long."""
        begun, is_lost = time.monotonic(), False
        while True:
            try:
                if is_lost and self._is_alone:
                    self._come_back()
                return do()
            except (LostLedger, UnreachableLedger) as error:
                if time.monotonic() - begun > self.patience:
                    raise
                if not is_lost:
                    _LOG.warning("waiting up to %d s: %s", self.patience, error)
                is_lost = True
            time.sleep(_STEP)

    def crawl(self) -> dict[str, Any] | None:
        """The crawl that is open, as it was kept."""
        with self._transaction() as db:
            kept = noted(db, _CRAWL)
        return json.loads(kept) if kept else None

    def keep_crawl(self, crawl: Mapping[str, Any]) -> None:
        """A crawl is open from now on."""
        with self._transaction() as db:
            self._note(db, _CRAWL, json.dumps(crawl))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else opens, joins or leaves a crawl meanwhile; the death of the holder ends it.

        A server that is started again forgets who had the lock: so the name is kept, too, and others let its bearer
        come back. Raises LedgerError.
        """
        begun = time.monotonic()
        while not self._patiently(lambda: self._enter(again=False)):  # no call that waits: a signal may ask for another
            if time.monotonic() - begun > self.patience:
                raise LedgerError(f"the ledger {self._name}: another worker opens, joins or leaves, and does not end")
            time.sleep(_STEP)
        self._is_alone = True
        try:
            yield
        finally:
            self._is_alone = False
            self._patiently(self._go_out)

    def _enter(self, *, again: bool) -> bool:
        """Take the lock of those who open, join or leave; whether that was done."""
        with self._transaction() as db:
            if not db.execute(select(func.pg_try_advisory_lock(_ALONE))).scalar():
                return False
            name = noted(db, _IN) or ""
            if name != self._seen[0]:
                self._seen = name, time.monotonic()
            if name in {"", writer()} or (not again and time.monotonic() - self._seen[1] > BACK):
                self._note(db, _IN, writer())
                return True
            db.execute(select(func.pg_advisory_unlock(_ALONE)))
        if again:
            raise LedgerError(f"the ledger {self._name}: its server was lost, and another worker came first: run again")
        return False

    def _come_back(self) -> None:
        while not self._enter(again=True):  # others look who it is
            time.sleep(_STEP)

    def _go_out(self) -> None:
        name = delete(meta).where(meta.c.name == _IN, meta.c.value == writer())
        self._change(name, select(func.pg_advisory_unlock_all()))

    def forget_crawl(self) -> None:
        """Forget what an earlier crawl wanted, who was at work for it, and which hosts refused."""
        self._change(delete(wanted), delete(workers))
        self.forgive()

    def close_crawl(self) -> None:
        """It has come to its end."""
        self._change(delete(meta).where(meta.c.name == _CRAWL))

    def lease(
        self, most: int, held: Collection[str], ended: Mapping[str, Ended], told: Mapping[str, Any]
    ) -> list[Wanted]:
        """As many more at most, with what others kept of them meanwhile."""
        leased = super().lease(most, held, ended, told)
        if codes := [one.key for one in leased if not one.is_list]:
            self.heard_of(codes)
        return leased

    def ends(self) -> list[tuple[str, str, str | None, str, Any]]:
        """Code, worker, outcome, reason and figures of all articles that the crawl wanted, or came to the end of."""
        query = select(wanted.c.key, wanted.c.worker, wanted.c.outcome, wanted.c.reason, wanted.c.told)
        rows = self._found(query.where(~wanted.c.is_list))
        return [(*row[:4], json.loads(row.told) if row.outcome and row.told else None) for row in rows]

    def named(self) -> set[str]:
        """The articles that whoever read lists found in them."""
        told = self._found(select(wanted.c.told).where(wanted.c.is_list, wanted.c.outcome == "read"))
        return {code for (codes,) in told for code in json.loads(codes)}

    def worked(self) -> list[dict[str, Any]]:
        """The workers of the crawl as they joined: ``name``, ``started``, ``left`` (None: died), what they ``told``."""
        rows = self._found(select(workers).order_by(workers.c.started, workers.c.name))
        return [{**row._asdict(), "told": json.loads(row.told)} for row in rows]


def _patient(method: Callable[Concatenate[SharedLedger, _P], _T]) -> Callable[Concatenate[SharedLedger, _P], _T]:
    @wraps(method)
    def called(self: SharedLedger, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        return self._patiently(lambda: method(self, *args, **kwargs))

    return called


for _name, _method in getmembers(SharedLedger, isfunction):
    if not _name.startswith("_"):
        setattr(SharedLedger, _name, _patient(_method))
