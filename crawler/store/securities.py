"""The ledger's table of securities: what articles are about, as lists and their posts tell."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, select

from crawler.assemble.securities import joined
from crawler.items import Security
from crawler.sites import other_spelling, spellings
from crawler.store.engine import Database, among, in_parts
from crawler.store.tables import articles, securities

_ROWS = select(*(securities.c[name] for name in ("code", *Security._fields))).where(among(securities.c.code))
_THIS = securities.c.code == bindparam("this")


class Securities(Database):
    """What the other parts of the ledger put there, inside their transactions."""

    def _of_lists(self, db: Connection, told: Mapping[str, Sequence[Security]]) -> None:
        """Add what lists file these articles under, by code. What they say stays, whatever comes of the articles."""
        before = _known(db, told)
        self._make_so(db, before, {code: joined(some, before[code].values()) for code, some in told.items()})

    def _of_posts(self, db: Connection, told: Mapping[str, Sequence[Security]]) -> None:
        """Put what these posts are about, by code, in place of what they were; what lists said of them stays.

        What was noted under the other spelling of a code, of which there is no post, goes to the post.
        """
        before = _known(db, spellings(told))
        others = {other for code in told if (other := other_spelling(code)) in before}
        there = articles.c.code.in_(others) & articles.c.file.is_not(None)
        posts = set(db.execute(select(articles.c.code).where(there)).scalars()) if others else set()
        after = dict[str, Sequence[Security]]()
        for code, some in told.items():
            other = other_spelling(code)
            moved = before[other] if other in others and other not in posts else {}
            known = (one for rows in (before[code], moved) for one in rows.values() if one.way == "list")
            after[code] = joined((one._replace(position=None) for one in known), some)
            if moved:
                after[other] = ()
        self._make_so(db, before, after)

    def _make_so(
        self, db: Connection, before: Mapping[str, Mapping[str, Security]], after: Mapping[str, Sequence[Security]]
    ) -> None:
        """Write the rows that are not there as they should be, and remove those that should not be there."""
        gone, new = [], []
        for code, some in after.items():
            there = before.get(code, {})
            gone += [{"this": code, "which": secid} for secid in there.keys() - {one.secid for one in some}]
            new += [{"code": code} | one._asdict() for one in some if there.get(one.secid) != one]
        if gone:
            db.execute(delete(securities).where(_THIS & (securities.c.secid == bindparam("which"))), gone)
        self._put(db, securities, new)


def _known(db: Connection, codes: Iterable[str]) -> defaultdict[str, dict[str, Security]]:
    found = defaultdict[str, dict[str, Security]](dict)
    for code, *row in in_parts(db, _ROWS, codes):
        found[code][row[0]] = Security(*row)
    return found
