"""The crawl's frontier: list pages with their validators, and the articles that are to be asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from html import unescape
from typing import Any

from sqlalchemy import delete, select, update

from crawler.items import Article
from crawler.store.engine import Database, now
from crawler.store.tables import FILTERED, WITHDRAWN, State, articles, meta, new_row, pages

DROPPED = "dropped"
"""In place of a list's hash: the user wants to hear no more of it, whatever points to it."""
GONE = "gone"
"""In place of a list's hash: it was there once, the site said that it is no more, and that was told."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a conditional request for a list page carries, and the hash that tells an equal body; columns of a page."""

    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """An article of the frontier: its code on the site, its post page, the title that a list showed."""

    code: str
    url: str
    title: str | None
    has_post: bool = False
    """Whether there is a post, which lacks the body of the share host alone."""


class Frontier(Database):
    """What a crawl asks for, and when."""

    def record_list(
        self, url: str, site: str, validators: Validators, listed: Sequence[Article], scope: dict[str, str | None]
    ) -> list[Task]:
        """Store a list page's validators and make what it names pending, in one transaction; what is to be fetched.

        ``scope`` holds, for each code, None or the reason why the user's filters leave it out. A known article is
        asked for again only when its title on the list changed; one that failed waits for its next try.
        """
        time, tasks = now().isoformat(), []
        changed: dict[str, dict[str, Any]] = {}
        with self._transaction() as db:
            known = self._rows(db, [a.code for a in listed])
            for article in listed:
                reason = scope[article.code]
                state: State = "out_of_scope" if reason else "pending"
                shown = {"url": article.url, "site": site, "title": article.title}
                row = known.get(article.code)
                if row is None:
                    row = new_row(article.code, time) | shown | {"state": state, "reason": reason}
                elif not reason and _asks_again(row, article.title):
                    row |= shown | {"state": state, "reason": None, "last_seen": time}
                else:
                    if row["url"] != article.url or row["site"] != site:  # known from posts or files only
                        changed[article.code] = row | shown
                    continue
                known[article.code] = changed[article.code] = row
                if not reason:
                    tasks.append(Task(article.code, article.url, article.title))
            self._put(db, articles, changed.values())
            self._put(db, pages, [{"url": url, "site": site, "fetched": time, **asdict(validators)}])
        return tasks

    def locate(self, tasks: Iterable[Task], site: str) -> None:
        """Note where articles may be that no list named."""
        with self._transaction() as db:
            for task in tasks:
                db.execute(update(articles).where(articles.c.code == task.code).values(url=task.url, site=site))

    def expect_list(self, url: str, site: str) -> None:
        """Remember that there is such a list page before it was ever read: its only trace may be a footer."""
        with self._transaction() as db:
            self._put(db, pages, [{"url": url, "site": site}])

    def drop_list(self, url: str) -> None:
        """Ask for the list page no more, if it is one."""
        with self._transaction() as db:
            db.execute(update(pages).where(pages.c.url == url).values(sha256=DROPPED, etag=None, last_modified=None))

    def forget_list(self, url: str) -> None:
        """There is no such list page."""
        with self._transaction() as db:
            db.execute(delete(pages).where(pages.c.url == url))

    def list_pages(self, site: str) -> dict[str, Validators]:
        """The list pages of the site that answered before, with their validators."""
        with self._transaction() as db:
            rows = db.execute(select(pages).where(pages.c.site == site).order_by(pages.c.url)).mappings()
            return {r["url"]: Validators(r["etag"], r["last_modified"], r["sha256"]) for r in rows}

    def due(self, site: str, *, full: bool = False) -> list[Task]:
        """What a run begins with: pending articles, those that filters left out, and those whose next try has come.

        An article whose body had to be taken from its post page, or whose pictures could not be had, is tried again
        like a failed one. ``full``: everything.
        """
        time, state = now().isoformat(), articles.c.state
        # A written one has a next try when something of it is missing.
        retry = state.in_(["quarantined", "written"]) | articles.c.reason.startswith(WITHDRAWN)
        wanted = (state == "pending") | articles.c.reason.startswith(FILTERED) | (retry & (articles.c.next_try <= time))
        lacks_body = (articles.c.origin == "post-page").label("has_post")
        query = select(articles.c.code, articles.c.url, articles.c.title, lacks_body).where(articles.c.site == site)
        query = query if full else query.where(wanted)
        with self._transaction() as db:
            return [
                Task(row.code, row.url, row.title, bool(row.has_post))
                for row in db.execute(query.order_by(articles.c.code))
            ]

    def retry(self, codes: Iterable[str] | None) -> int:
        """Make quarantined articles of the site due at once (None: all); how many. Files are reprocessed instead."""
        wanted = (articles.c.state == "quarantined") & (articles.c.url != "")
        if codes is not None:
            wanted = wanted & articles.c.code.in_(list(codes))
        with self._transaction() as db:
            return db.execute(
                update(articles).where(wanted).values(state="pending", attempts=0, next_try=None)
            ).rowcount

    def is_invented(self, *, new: bool, known: bool) -> bool:
        """Whether the articles are the stand-in's: as noted, else ``known`` of those there, ``new`` of none."""
        with self._transaction() as db:
            noted = db.execute(select(meta.c.value).where(meta.c.name == "invented")).scalar()
            if noted is None:
                noted = str(int(known if db.execute(select(articles.c.code).limit(1)).first() else new))
                self._put(db, meta, [{"name": "invented", "value": noted}])
        return noted == "1"

    def settings_fingerprint(self) -> str | None:
        """The settings that the posts were made with when a crawl last came to its end; None when none did."""
        with self._transaction() as db:
            return db.execute(select(meta.c.value).where(meta.c.name == "making")).scalar()

    def keep_settings_fingerprint(self, fingerprint: str) -> None:
        """Note the settings that the posts are made with now."""
        with self._transaction() as db:
            self._put(db, meta, [{"name": "making", "value": fingerprint}])


def _asks_again(row: dict[str, Any], title: str | None) -> bool:
    """Whether a list that names a known article is a reason to ask for it again: its title changed."""
    if row["state"] == "pending":
        return True
    if row["state"] == "out_of_scope" and not str(row["reason"]).startswith(WITHDRAWN):
        return str(row["reason"]).startswith(FILTERED)
    # The home page is Markdown, where kramdown writes `&amp;`; the other lists print titles raw.
    return title is not None and row["title"] is not None and unescape(title) != unescape(row["title"])
