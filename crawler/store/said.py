"""What pages said of articles and no post is made of: a later run takes it along, as if it read those pages."""

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import delete, select

from crawler.items import Article
from crawler.sites import spellings
from crawler.store.engine import Database, among, in_parts
from crawler.store.tables import said

_THESE = among(said.c.code)
_NONE = {field.name: field.default for field in fields(Article)}


class Said(Database):
    """The ledger's part of it: it outlives a rebuild, and costs nothing where every article became a post."""

    def keep(self, told: Mapping[str, Sequence[Article]]) -> None:
        """Keep this of these articles in place of what was kept before, and nothing where there is nothing."""
        before = self._codes()
        gone = [code for code, articles in told.items() if not articles and code in before]
        if not gone and not any(told.values()):
            return
        rows: list[dict[str, Any]] = [
            {"code": code, "pages": packed(as_json(articles))} for code, articles in told.items() if articles
        ]
        with self._transaction() as db:
            in_parts(db, delete(said).where(_THESE), gone)
            self._put(db, said, rows)
        before.difference_update(gone)
        before.update(row["code"] for row in rows)

    def kept(self, codes: Sequence[str]) -> dict[str, list[Article]]:
        """What is kept of those of the articles of which there is any."""
        if not (there := [code for code in codes if code in self._codes()]):
            return {}
        with self._transaction() as db:
            return {code: of_json(unpacked(pages)) for code, pages in in_parts(db, select(said).where(_THESE), there)}

    def heard_of(self, codes: Iterable[str] | None = None) -> None:
        """Others may have kept something of these articles since, or of any."""
        if codes is None:
            self._known = None
            return
        known = self._codes()
        with self._transaction() as db:
            known.update(code for (code,) in in_parts(db, select(said.c.code).where(_THESE), spellings(codes)))

    def _codes(self) -> set[str]:
        if self._known is None:
            self._known = {code for (code,) in self._found(select(said.c.code))}
        return self._known

    _known: set[str] | None = None


def packed(told: object) -> bytes:
    """What is told, as JSON, compressed: so the ledger keeps what may be long."""
    return zlib.compress(json.dumps(told).encode(), 1)


def unpacked(told: bytes) -> Any:
    """The same as it was."""
    return json.loads(zlib.decompress(told))


def as_json(articles: Iterable[Article]) -> list[dict[str, Any]]:
    """What pages told, without what they did not."""
    return [{name: value for name, value in asdict(one).items() if value != _NONE[name]} for one in articles]


def of_json(told: Iterable[Mapping[str, Any]]) -> list[Article]:
    """The articles that were put so, by this version or another one."""
    return [Article(**{name: as_told(value) for name, value in one.items() if name in _NONE}) for one in told]


def as_told(value: Any) -> Any:
    """A value that was put so: its lists were tuples."""
    return tuple(map(as_told, value)) if isinstance(value, list) else value
