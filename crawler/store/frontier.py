"""The crawl's frontier: list pages with their validators, and the articles that are to be asked for."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import delete, select, update

from crawler.assemble.securities import listed as of_pages
from crawler.assemble.versions import is_rough, recorded
from crawler.items import Article
from crawler.sites import digits, spellings
from crawler.store.engine import among, in_parts, noted, now
from crawler.store.listed import Listed
from crawler.store.retry import asks_again, has_more, is_due, is_late, is_untold, why_again
from crawler.store.second_posts import SecondPosts, is_doubted, is_of_doubt, no_doubt
from crawler.store.settings_marks import SettingsMarks
from crawler.store.tables import (
    FILTERED,
    IS_OPEN,
    IS_OTHERWISE_MADE,
    WITHDRAWN,
    State,
    articles,
    new_row,
    pages,
)
from crawler.urls import urlsplit

GUESSED = "guessed"
"""In place of a list's hash: nothing on the site named it, and it may not be there."""
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
    newest: str | None = None
    """Of a list with pages: time and id of its newest article when it was last read as far as was asked."""
    down_to: str | None = None
    """The day from which on all of its articles are known, "" for all there are."""


@dataclass(frozen=True, slots=True)
class Task:
    """An article of the frontier: its code on the site, its post page, the title that a list showed."""

    code: str
    url: str
    title: str | None
    origin: str | None = None
    """Of the body that is there, when only what a post on disk lacks is wanted."""
    lacks: bool = False
    """Whether nothing but a better body, or what else the post lacks, is wanted."""
    rough: bool = False
    """Whether the time of that post is known to the minute alone."""
    doubted: bool = False
    """Whether the site is not known to have it."""


class Frontier(Listed, SecondPosts, SettingsMarks):
    """What a crawl asks for, and when."""

    def record_list(  # noqa: PLR0913 - a list has this many sides
        self,
        url: str,
        site: str,
        validators: Validators,
        listed: Sequence[Article],
        scope: Mapping[str, str | None],
        worse: Collection[str] = (),
        *,
        full: bool = False,
    ) -> tuple[list[Task], int]:
        """Store a list page's validators and make what it names pending, in one transaction.

        What is to be fetched, and how many of all were not known.

        ``scope`` holds, for each code, None or the reason why the user's filters leave it out. A known article is
        asked for again only when its title or address changed, or nothing of the site told of it yet; a failed one
        waits for its next try, and one known from elsewhere only until it is due (``full``, ``worse`` as there).
        """
        time, tasks, adopted = now().isoformat(), list[Task](), list[str]()
        changed: dict[str, dict[str, Any]] = {}
        with self._transaction() as db:
            known = self._rows(db, [a.code for a in listed])
            before = {code: row["state"] for code, row in known.items()}
            for article in listed:
                untold, origin, reason = False, None, scope[article.code]
                state: State = "out_of_scope" if reason else "pending"
                shown = {"url": article.url, "site": site, "title": article.title}
                row = known.get(article.code)
                if row is None:
                    row = new_row(article.code, time) | shown | {"state": state, "reason": reason}
                elif not reason and (asks_again(row, article) or (untold := is_untold(row))):
                    origin = row["origin"] if untold and not is_late(row) else None
                    row |= shown | {"state": state, "reason": why_again(row, untold=untold), "last_seen": time}
                else:
                    if reason and has_more(row, article, site):
                        validators = Validators()  # so that a run without that filter reads of it
                    elif row["url"] != article.url or row["site"] != site:  # known from posts or files only
                        adopted += [article.code] if row["site"] != site and not reason else []
                        changed[article.code] = row | shown | no_doubt(row)
                    continue
                known[article.code] = changed[article.code] = row
                if not reason:
                    tasks.append(Task(article.code, article.url, article.title, origin))
            self._put_back(db, before, changed.values())
            self._of_lists(db, {one.code: said for one in listed if (said := of_pages([one]))})
            self._put(db, pages, [{"url": url, "site": site, "fetched": time, **asdict(validators)}])
        self.doubt(adopted)
        tasks += self.due(site, full=full, worse=worse, codes=adopted) if adopted else []
        return tasks, sum(article.code not in before for article in listed)

    def locate(self, tasks: Iterable[Task], site: str) -> None:
        """Note where articles may be that no list named; they are pending, if that is news."""
        here, elsewhere = {"site": site, "state": "pending", "next_try": None}, articles.c.site != site
        with self._transaction() as db:
            for task in tasks:
                db.execute(
                    update(articles).where(elsewhere & (articles.c.code == task.code)).values(url=task.url, **here)
                )

    def expect_list(self, url: str, site: str, *, guessed: bool = False) -> None:
        """Remember that there is such a list page before it was ever read: its only trace may be a footer."""
        with self._transaction() as db:
            self._put(db, pages, [{"url": url, "site": site, **({"sha256": GUESSED} if guessed else {})}])

    def is_named(self, url: str) -> None:
        """The site has named a list page that was guessed."""
        self._change(update(pages).where((pages.c.url == url) & (pages.c.sha256 == GUESSED)).values(sha256=None))

    def drop_list(self, url: str) -> None:
        """Ask for the list page no more, if it is one."""
        self._change(update(pages).where(pages.c.url == url).values(sha256=DROPPED, etag=None, last_modified=None))

    def forget_list(self, url: str) -> None:
        """There is no such list page."""
        self._change(delete(pages).where(pages.c.url == url))

    def list_pages(self, site: str) -> dict[str, Validators]:
        """The list pages of the site that answered before, with their validators."""
        query = select(pages.c.url, *(pages.c[one.name] for one in fields(Validators)))
        rows = self._found(query.where(pages.c.site == site).order_by(pages.c.url))
        return {url: Validators(*told) for url, *told in rows}

    def due(
        self, site: str, *, full: bool = False, worse: Collection[str] = (), codes: Sequence[str] = ()
    ) -> list[Task]:
        """What a run begins with: pending articles, those that filters left out, and those whose next try has come.

        An article whose body is of one of the ``worse`` origins, or whose pictures could not be had, is tried again
        like a failed one. ``full``: everything. ``codes``: of these alone, whatever site they are of; also those that
        are made with other settings.
        """
        state = articles.c.state
        # A written one has a next try when something of it is missing.
        retry = state.in_(["quarantined", "written"]) | articles.c.reason.startswith(WITHDRAWN)
        wanted = (state == "pending") | articles.c.reason.startswith(FILTERED) | (retry & is_due())
        not_yet = articles.c.origin.in_(worse) & articles.c.next_try.is_(None) & (articles.c.attempts == 0)
        wanted = wanted | ((state == "written") & not_yet)
        wanted = wanted & ~((state == "written") & is_of_doubt())  # the site alone is asked for those
        wanted = wanted if "share" in worse else IS_OPEN & wanted
        wanted = wanted | IS_OTHERWISE_MADE if codes else wanted  # those were named
        query = (select(articles) if full else select(articles).where(wanted)).order_by(articles.c.code)
        of_site, these = query.where(articles.c.site == site), query.where(among(articles.c.code))
        with self._transaction() as db:
            rows = in_parts(db, these, codes) if codes else db.execute(of_site).all()
        return [_task(row._asdict(), full=full) for row in rows]

    def expect(self, ids: Sequence[str], site: str) -> dict[str, State]:
        """The articles of these news ids, by code and with their state; those that nobody knows yet become pending."""
        time = now().isoformat()
        with self._transaction() as db:
            rows = self._rows(db, spellings(ids))
            known = {digits(code) for code in rows}
            new = {
                f"NW{number}": new_row(f"NW{number}", time) | {"site": site} for number in ids if number not in known
            }
            self._put_back(db, {}, new.values())
        return {code: row["state"] for code, row in (rows | new).items()}

    def retry(self, codes: Iterable[str] | None) -> int:
        """Make quarantined articles of the site due at once (None: all); how many. Files are reprocessed instead."""
        wanted = (articles.c.state == "quarantined") & (articles.c.site != "")
        if codes is not None:
            wanted = wanted & articles.c.code.in_(list(codes))
        with self._transaction() as db:
            return db.execute(
                update(articles).where(wanted).values(state="pending", attempts=0, next_try=None)
            ).rowcount

    def is_invented(self, *, new: bool, known: bool) -> bool:
        """Whether the articles are the stand-in's: as noted, else ``known`` of those there, ``new`` of none."""
        with self._transaction() as db:
            told = noted(db, "invented")
            if told is None:
                told = str(int(known if db.execute(select(articles.c.code).limit(1)).first() else new))
                self._note(db, "invented", told)
        return told == "1"

    def whose(self) -> tuple[bool | None, set[str]]:
        """Whether the articles are noted as the stand-in's, None where nothing is noted; the hosts of sites' lists."""
        with self._transaction() as db:
            told = noted(db, "invented")
            rows = db.execute(select(pages.c.url, pages.c.site).where(pages.c.sha256 != GUESSED)).all()
        return None if told is None else told == "1", {site for url, site in rows if urlsplit(url).hostname == site}


def _task(row: Mapping[str, Any], *, full: bool) -> Task:
    there = row["state"] == "written" or (row["state"] == "pending" and row["origin"] == "finews-page")
    lacks = there and not full and not is_late(row) and not str(row["reason"]).startswith(WITHDRAWN)
    rough = lacks and is_rough(recorded(row["sources"]))
    return Task(row["code"], row["url"], row["title"], row["origin"] if lacks else None, lacks, rough, is_doubted(row))
