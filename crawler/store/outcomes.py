"""The crawl's memory: what became of every article."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update

from crawler.assemble.outcome import Assembled
from crawler.store.engine import Database, now
from crawler.store.tables import WITHDRAWN, State, articles, new_row, pages

RETRY_GAPS = tuple(timedelta(hours=h) for h in (0, 0, 0, 1, 6, 24, 72, 168))
"""How long after each failure later runs wait before they ask again; after the last, only ``quarantine retry`` asks."""


class Outcomes(Database):
    """What articles are by now: their states, files and reasons."""

    def written(self, done: Sequence[Assembled]) -> None:
        """The files of all these posts are durably in place."""
        time = now().isoformat()
        with self._transaction() as db:
            known = self._rows(db, [one.code for one in done])
            rows = []
            for one in done:
                assert one.post
                row = known.get(one.code) or new_row(one.code, time) | {"title": one.post.title}
                incomplete = one.post.origin == "post-page" or one.post.pictures_missing
                fields: dict[str, Any] = {"origin": one.post.origin, "file": one.file, "sha256": one.sha256}
                fields |= {"state": "written", "reason": None, "last_seen": time}
                fields |= _next_try(row) if incomplete else {"attempts": 0, "next_try": None}
                rows.append(row | fields)
            self._put(db, articles, rows)

    def failed(self, code: str, reason: str) -> None:
        """The article could not be made into a post in this run."""
        time = now().isoformat()
        with self._transaction() as db:
            row = self._rows(db, [code]).get(code) or new_row(code, time)
            fields = {"state": "quarantined", "reason": reason, "last_seen": time}
            self._put(db, articles, [row | fields | _next_try(row)])

    def withdrawn(self, code: str, words: str, *, kept: bool) -> bool:
        """The site no longer has the article: since today, if that is news. ``kept``: there is a post of it.

        Later runs ask again, at growing distances: a site that is put together anew may miss what it will have.
        """
        with self._transaction() as db:
            row = self._rows(db, [code]).get(code) or new_row(code, now().isoformat())
            is_news = not str(row["reason"]).startswith(WITHDRAWN)
            row |= _next_try(row if not is_news else row | {"attempts": 0})
            row["reason"] = f"{WITHDRAWN}{now():%Y-%m-%d}: {words}" if is_news else row["reason"]
            self._put(db, articles, [row | {"state": "written" if kept else "out_of_scope"}])
        return is_news

    def left_out(self, code: str, reason: str) -> None:
        """The article, if it is known at all, is none of ours: the user's filters, or what it is."""
        with self._transaction() as db:
            db.execute(update(articles).where(articles.c.code == code).values(state="out_of_scope", reason=reason))

    def title(self, code: str) -> str:
        """The article's title as a list showed it last, "" when none did."""
        with self._transaction() as db:
            return db.execute(select(articles.c.title).where(articles.c.code == code)).scalar() or ""

    def files(self, codes: Sequence[str]) -> dict[str, str]:
        """The file of each of these articles that has one."""
        with self._transaction() as db:
            return {code: row["file"] for code, row in self._rows(db, codes).items() if row["file"]}

    def states(self, site: str | None = None) -> dict[str, State]:
        """State by code, of one site or of all."""
        query = select(articles.c.code, articles.c.state)
        with self._transaction() as db:
            return dict(db.execute(query if site is None else query.where(articles.c.site == site)).all())

    def rebuild(self, posts: Iterable[Assembled]) -> int:
        """Forget all articles and take them from the posts instead; how many.

        What lists say of them (addresses) comes back with the next crawl, since the validators are forgotten too.
        """
        time, codes = now().isoformat(), set()
        with self._transaction() as db:
            for table in (articles, pages):
                db.execute(delete(table))
            for one in posts:
                assert one.post
                known = {"title": one.post.title, "origin": "post-file", "file": one.file, "sha256": one.sha256}
                self._put(db, articles, [new_row(one.code, time) | known | {"state": "written"}])
                codes.add(one.code)
        return len(codes)


def _next_try(row: dict[str, Any]) -> dict[str, Any]:
    attempts = row["attempts"] + 1
    gap = RETRY_GAPS[attempts - 1] if attempts <= len(RETRY_GAPS) else None
    return {"attempts": attempts, "next_try": (now() + gap).isoformat() if gap is not None else None}
