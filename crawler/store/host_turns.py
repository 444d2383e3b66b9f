"""Whose turn it is at a host: rate, pauses and blocks hold for all workers of a crawl together, in one row a host."""

from typing import Any, NamedTuple

from sqlalchemy import Float, bindparam, func, select, update

from crawler.store.engine import Database
from crawler.store.leases import CLOCK
from crawler.store.tables import hosts, insert_into

_SOON = 0.01
"""Seconds until a turn that another worker just took is asked for again, at least."""


_THIS = hosts.c.name == bindparam("this")
_FREE = (hosts.c.next <= CLOCK) & (hosts.c.held <= CLOCK) & (hosts.c.blocked == "")
# Built once: these are run for each request.
_TAKEN = (
    update(hosts).where(_THIS, _FREE).values(next=CLOCK + bindparam("gap", type_=Float)).returning(hosts.c.refusals)
)
_ASKED = select(hosts.c.next - CLOCK, hosts.c.held - CLOCK, hosts.c.refusals, hosts.c.why, hosts.c.blocked).where(_THIS)


class Turn(NamedTuple):
    """What a host allows."""

    wait: float
    """Seconds until it is asked for again, 0.0 where the request may be sent at once."""
    refusals: int = 0
    held: float = 0.0
    """Seconds for which it is left alone because it refused."""
    why: str = ""
    blocked: str = ""


class HostTurns(Database):
    """The part of the ledger that all workers of a crawl share of what they know of hosts."""

    def turn(self, name: str, gap: float) -> Turn:
        """A turn at the host, after which nobody has one for so many seconds; or how long to wait."""
        with self._transaction() as db:
            if gap and (row := db.execute(_TAKEN, {"this": name, "gap": gap}).first()):
                return Turn(0.0, row.refusals)
            found = db.execute(_ASKED, {"this": name}).first()
        if not found:
            self._alter(name, {})
            return Turn(_SOON)
        until, held, refusals, why, blocked = found
        wait = max(until, held, _SOON) if gap else max(held, 0.0)
        return Turn(float(wait), refusals, max(float(held), 0.0), why, blocked)

    def rest(self, name: str, gap: float) -> None:
        """Nobody has a turn at the host for so many seconds from now."""
        self._alter(name, {"next": CLOCK + gap})

    def hold(self, name: str, seconds: float) -> None:
        """Nobody asks the host for so long."""
        self._alter(name, {"held": func.greatest(hosts.c.held, CLOCK + min(seconds, 1e9))})

    def refused(self, name: str, why: str) -> int:
        """The host refused once more; how often in a row, whoever asked."""
        return self._alter(name, {"refusals": hosts.c.refusals + 1, "why": why})

    def served(self, name: str) -> None:
        """The host served a page."""
        self._alter(name, {"refusals": 0})

    def block(self, name: str, why: str) -> None:
        """The host is asked for nothing more in this crawl."""
        self._alter(name, {"blocked": why})

    def forgive(self) -> None:
        """A new crawl begins: what hosts refused is past, pauses are not."""
        self._change(update(hosts).values(refusals=0, blocked=""))

    def _alter(self, name: str, values: dict[str, Any]) -> int:
        new = {"name": name, "next": 0.0, "held": 0.0, "refusals": 0, "why": "", "blocked": ""}
        with self._transaction() as db:
            db.execute(insert_into(hosts, db.dialect.name).values(new).on_conflict_do_nothing())
            this = update(hosts).where(hosts.c.name == name).values(values or {"refusals": hosts.c.refusals})
            return int(db.execute(this.returning(hosts.c.refusals)).scalar_one())
