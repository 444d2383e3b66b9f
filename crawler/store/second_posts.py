"""Posts of which nothing tells whether the site has them, beside what it names under the other spelling of their code.

Where a ledger was lost, or posts came from elsewhere, only the site can tell whether it holds an article twice, as its
medium's and as an item of its rolling list, or whether East Money's lists alone named one of them.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, func, select, update

from crawler.assemble.versions import is_proved, recorded
from crawler.items import Post
from crawler.sites import other_spelling, spellings
from crawler.store.engine import Database, now
from crawler.store.retry import is_due
from crawler.store.tables import DOUBTED, IS_OPEN, articles, new_row

UNTOLD: Final = {"url": "", "site": "", "reason": DOUBTED}
"""Of a post for which the site is to be asked, whoever else asks for it: where it would be is found when it is."""


class SecondPosts(Database):
    """The part of the ledger that has the site asked for them."""

    def doubt(self, codes: Iterable[str]) -> None:
        """Of these articles, and of those of the other spelling, have asked for what the site may not have."""
        if not (both := spellings(codes)):
            return
        with self._transaction() as db:
            rows = self._rows(db, both)
            doubted = [
                code
                for code, row in rows.items()
                if _is_doubtful(row) and (other := rows.get(other_spelling(code))) and other["url"]
            ]
            if doubted:
                asked = UNTOLD | {"attempts": 0, "next_try": now().isoformat()}
                db.execute(update(articles).where(articles.c.code.in_(doubted)).values(**asked))

    def confirm(self, code: str) -> None:
        """The site has this article."""
        self._change(update(articles).where((articles.c.code == code) & is_of_doubt()).values(reason=None))

    def doubted(self, site: str) -> list[tuple[str, str, str, str]]:
        """Code, title, category and file of each post that the site is to be asked for, again if no run was told.

        In the end: whether it is a second one can be told when what the site has as the other spelling is written.
        """
        query = select(*(articles.c[name] for name in ("code", "title", "category", "file", "site")))
        query = query.where(IS_OPEN & is_of_doubt() & ((articles.c.state == "pending") | is_due()))
        rows = sorted(self._found(query))
        return [(code, title or "", of or "", file) for code, title, of, file, asked in rows if asked in {"", site}]

    def take_in(self, posts: Iterable[tuple[Post, str]]) -> None:
        """Know of these posts and their files, of which nothing tells what was written; they may be doubtful."""
        time = now().isoformat()
        new = [
            new_row(post.code, time)
            | {"state": "written", "title": post.title, "category": post.category, "file": file}
            for post, file in posts
        ]
        if new:
            with self._transaction() as db:
                known = self._rows(db, spellings(row["code"] for row in new))
                for row in new:  # at once: a run that is killed would leave it untold
                    if (other := known.get(other_spelling(row["code"]))) and other["url"]:
                        row |= {"reason": DOUBTED, "next_try": time}
                self._put(db, articles, [row for row in new if row["code"] not in known])

    def forget(self, codes: Collection[str]) -> None:
        """There are no such articles."""
        self._change(delete(articles).where(articles.c.code.in_(codes)))


def is_of_doubt() -> ColumnElement[bool]:
    """Whether the site is not known to have the article."""
    return func.coalesce(articles.c.reason, "").startswith(DOUBTED)


def is_doubted(row: Mapping[str, Any]) -> bool:
    """The same of a row."""
    return str(row["reason"]).startswith(DOUBTED)


def no_doubt(row: Mapping[str, Any]) -> dict[str, None]:
    """What changes of a post's row when the site names it: it was doubted, or nothing does."""
    return {"reason": None, "next_try": None} if row["state"] == "written" and is_doubted(row) else {}


def _is_doubtful(row: Mapping[str, Any]) -> bool:
    is_there = row["state"] == "written" and row["file"]
    return bool(is_there and not row["url"] and not is_proved(recorded(row["sources"])))
