"""Posts of which nothing tells whether the site has them, beside what it names under the other spelling of their code.

Where a ledger was lost, or posts came from elsewhere, only the site can tell whether it holds an article twice, as its
medium's and as an item of its rolling list, or whether East Money's lists alone named one of them.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import delete, update

from crawler.assemble.versions import is_proved, recorded
from crawler.items import Post
from crawler.sites import other_spelling
from crawler.store.engine import Database, now
from crawler.store.tables import articles, new_row


class SecondPosts(Database):
    """The part of the ledger that has the site asked for them."""

    def doubt(self, codes: Iterable[str]) -> None:
        """Of these articles, and of those of the other spelling, have asked for what the site may not have."""
        both = {spelled for code in codes for spelled in (code, other_spelling(code))}
        with self._transaction() as db:
            rows = self._rows(db, sorted(both))
            doubted = [
                code
                for code, row in rows.items()
                if _is_doubtful(row) and (other := rows.get(other_spelling(code))) and other["url"]
            ]
            if doubted:
                pending = {"state": "pending", "reason": None, "attempts": 0, "next_try": None, "site": ""}
                db.execute(update(articles).where(articles.c.code.in_(doubted)).values(**pending))

    def take_in(self, posts: Iterable[tuple[Post, str]]) -> None:
        """Know of these posts and their files, of which nothing tells what was written."""
        time = now().isoformat()
        new = [
            new_row(post.code, time)
            | {"state": "written", "title": post.title, "category": post.category, "file": file}
            for post, file in posts
        ]
        if new:
            with self._transaction() as db:
                known = self._rows(db, [row["code"] for row in new])
                self._put(db, articles, [row for row in new if row["code"] not in known])

    def forget(self, codes: Collection[str]) -> None:
        """There are no such articles."""
        with self._transaction() as db:
            db.execute(delete(articles).where(articles.c.code.in_(codes)))


def _is_doubtful(row: Mapping[str, Any]) -> bool:
    is_there = row["state"] == "written" and row["file"]
    return bool(is_there and not row["url"] and not is_proved(recorded(row["sources"])))
