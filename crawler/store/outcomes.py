"""The crawl's memory: what became of every article."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, case, delete, func, select, update

from crawler import sites
from crawler.assemble.merge import worse_origins
from crawler.assemble.outcome import Assembled
from crawler.assemble.versions import is_of_site, recorded, unrecorded
from crawler.items import Source
from crawler.store.engine import among, in_parts, now
from crawler.store.filed import Filed
from crawler.store.history import History, booking
from crawler.store.retry import IS_LATE, MADE, WAITS, Asked, is_gone, lacks, late_for, next_try
from crawler.store.second_posts import UNTOLD, is_doubted, is_of_doubt
from crawler.store.securities import Securities
from crawler.store.tables import DOUBTED, EDITED, FILTERED, WITHDRAWN, State, articles, new_row, pages, securities


class Record(NamedTuple):
    """A file that a run wrote, as the ledger knows it."""

    code: str
    file: str
    sha256: str | None
    """None where nothing tells what was written."""
    sources: tuple[Source, ...]
    listed: bool = False
    """Whether a list of the site names it."""
    settled: bool = False
    """Whether its article is written, and no list has named it anew since."""
    doubted: bool = False
    """Whether the site is asked for it, and is not known to have it."""


_THESE: Final = among(articles.c.code)
_RECORDS: Final = (
    select(*(articles.c[name] for name in ("code", "file", "sha256", "url", "sources", "origin", "state", "reason")))
    .where(_THESE & articles.c.file.is_not(None))
    .order_by(articles.c.code)
)


class Outcomes(Securities, History, Filed):
    """What articles are by now: their states, files and reasons."""

    def written(
        self, done: Sequence[Assembled], worse: Collection[str] = worse_origins(None), *, asked: Asked = "news"
    ) -> dict[str, list[str]]:
        """The files of all these posts are durably in place; ``worse``: origins of bodies that are asked for again.

        Returns those that were to have another body, and have that of before, by the reasons for it.
        """
        time, late = now().isoformat(), dict[str, list[str]]()
        with self._transaction() as db:
            known = self._rows(db, [one.code for one in done])
            rows = []
            for one in done:
                assert one.post
                row = known.get(one.code) or new_row(one.code, time) | {"title": one.post.title}
                fields = booking(one) | {"stamp": one.stamp}
                if reason := late_for(row, one.post, asked):
                    late.setdefault(reason, []).append(one.code)
                elif str(row["reason"]).startswith(WITHDRAWN) and not is_of_site(one.post.sources):
                    reason = row["reason"]  # others gave it: the site's page may come back, and tell more
                fields |= {"state": "written", "reason": reason, "last_seen": time}
                fields |= {"title": one.post.title} if row["title"] is None else {}
                again = next_try(row, asked)
                fields |= again if reason or lacks(one.post, worse) else {"attempts": 0, "next_try": None}
                fields |= {name: row[name] for name in ("reason", *again) if is_gone(row, asked)}
                rows.append(row | fields | (UNTOLD | {"next_try": time} if is_doubted(row) else {}))
            self._put(db, articles, rows)
            self._of_posts(db, {one.code: one.securities for one in done})
            self._came(db, [one.code for one in done])
        return late

    def replaced(self, codes: Collection[str]) -> None:
        """These articles have other codes now: forgotten, but for those on a list, which are asked for again."""
        with self._transaction() as db:
            db.execute(delete(articles).where(articles.c.code.in_(codes) & (articles.c.url == "")))
            nothing = dict.fromkeys(("reason", "file", "sha256", "sources", "origin", "next_try"))
            db.execute(
                update(articles).where(articles.c.code.in_(codes)).values(**nothing, state="pending", attempts=0)
            )

    def left_alone(
        self, edited: Sequence[Assembled], worse: Collection[str] = worse_origins(None), *, asked: Asked = "news"
    ) -> None:
        """These posts were edited by hand: what was written last stays known, and they are not asked for again.

        They are, once somebody takes the edit back: every run looks whether that is so (``stamped``).
        Of one that nobody knew, what would have been written stands for that, unless better is to be had (``worse``):
        then nothing is known yet, and a later run asks.
        """
        time, rows = now().isoformat(), list[dict[str, Any]]()
        fields: dict[str, Any] = {"state": "written", "reason": EDITED, "last_seen": time, "stamp": None}
        fields |= {"attempts": 1, "next_try": None}  # none is what a worse body has that no run has tried to better
        with self._transaction() as db:
            known = self._rows(db, [one.code for one in edited])
            for one in edited:
                row = known.get(one.code) or new_row(one.code, time)
                told: dict[str, Any] = {"file": row["file"] or one.file}
                if one.instead and not row["sha256"]:
                    told = booking(one) | told
                    told |= {"sha256": None, **next_try(row, asked)} if lacks(one.instead, worse) else {}
                rows.append(row | fields | told)
            self._put(db, articles, rows)

    def ask_again(self, codes: Sequence[str]) -> None:
        """These articles are pending: their files are gone, or a better copy could not be asked for."""
        reason = case((is_of_doubt(), articles.c.reason))
        self._set(codes, {"state": "pending", "reason": reason, "attempts": 0, "next_try": None})

    def wait_no_longer(self, codes: Sequence[str]) -> None:
        """These articles may lack something because a host was down: the next run asks, however often that was so."""
        lacking = (articles.c.state == "written") & (articles.c.attempts > 0)
        self._set(codes, {"attempts": 1, "next_try": now().isoformat()}, lacking)

    def found_again(self, codes: Sequence[str]) -> None:
        """The files of these articles were lost, and are there."""
        self._set(codes, {"state": "written", "reason": None, "attempts": 0, "next_try": None})

    def _set(self, codes: Sequence[str], fields: Mapping[str, Any], *only: ColumnElement[bool]) -> None:
        with self._transaction() as db:
            in_parts(db, update(articles).where(_THESE, *only).values(**fields), codes)

    def failed(self, code: str, reason: str, asked: Asked = "news") -> None:
        """The article could not be made into a post in this run."""
        time = now().isoformat()
        with self._transaction() as db:
            row = self._rows(db, [code]).get(code) or new_row(code, time)
            reason = f"{DOUBTED}: {reason}" if is_doubted(row) else reason
            fields = {"state": "quarantined", "reason": reason, "last_seen": time}
            self._put(db, articles, [row | fields | next_try(row, asked)])

    def withdrawn(self, words: str, codes: Sequence[str], kept: Mapping[str, str], asked: Asked = "news") -> bool:
        """The site no longer has the article: since today, if that is news. ``kept``: the files that there are of it.

        Later runs ask again, at growing distances: a site that is put together anew may miss what it will have.
        """
        time = now()
        with self._transaction() as db:
            known = {code: new_row(code, time.isoformat()) | {"file": file} for code, file in kept.items()}
            known |= self._rows(db, codes)
            is_news = not any(str(row["reason"]).startswith(WITHDRAWN) for row in known.values())
            for code, row in known.items():
                if is_news:
                    row.update(reason=f"{WITHDRAWN}{time:%Y-%m-%d}: {words}", attempts=0)
                row.update(next_try(row, asked), state="written" if code in kept else "out_of_scope")
            self._put(db, articles, known.values())
        return is_news

    def left_out(self, code: str, reason: str, asked: Asked = "news") -> None:
        """The article, if it is known at all, is none of ours: the user's filters, or what it is.

        What was saved, or asked of others, does not end the waiting of a crawl: a list may be all that there is of the
        article. Nor do filters end that for what a post there is lacks.
        """
        which = articles.c.code == code
        which = which & ~(WAITS & (articles.c.site != "")) if asked in {"saved", "elsewhere"} else which
        waits = (WAITS | func.coalesce(IS_LATE, False)) & articles.c.file.is_not(None)
        which = which & ~waits if reason.startswith(FILTERED) else which
        self._change(update(articles).where(which).values(state="out_of_scope", reason=reason))

    def shown(self, code: str) -> tuple[str, str]:
        """The article's title and address as a list showed them last, "" when none did."""
        rows = self._found(select(articles.c.title, articles.c.url).where(articles.c.code == code))
        return next(((title or "", url) for title, url in rows), ("", ""))

    def records(self, codes: Sequence[str]) -> dict[str, Record]:
        """What the ledger knows of the files of these articles, where there are any."""
        if self._without_files.issuperset(codes):  # of each new article of a crawl: a query is a thirtieth of its time
            return {}
        with self._transaction() as db:
            return {row[0]: _record(row, self.opened) for row in in_parts(db, _RECORDS, codes)}

    def categories(self) -> list[str]:
        """The categories that written posts point to."""
        query = select(articles.c.category).where(articles.c.category.is_not(None), articles.c.state == "written")
        return sorted(category for (category,) in self._found(query.distinct()))

    def arrivals(self) -> dict[str, list[date]]:
        """By category the days on which articles of it became known, in their order."""
        day = func.substr(articles.c.first_seen, 1, 10)
        query = select(articles.c.category, day).where(articles.c.category.is_not(None)).distinct().order_by(day)
        found: dict[str, list[date]] = {}
        for category, day in self._found(query):
            found.setdefault(category, []).append(date.fromisoformat(day))
        return found

    def states(self, site: str | None = None) -> dict[str, State]:
        """State by code, of one site or of all."""
        query = select(articles.c.code, articles.c.state)
        return dict(self._found(query if site is None else query.where(articles.c.site == site)))

    def counted(self, site: str | None, apart: Iterable[str]) -> tuple[Counter[str], dict[str, str]]:
        """How many articles of the site are in which state, but for those ``apart``; and the states of these.

        Of no site there are none.
        """
        state, number = articles.c.state, func.count()
        states = dict[str, str]()
        with self._transaction() as db:
            query = select(state, number).where(articles.c.site == site).group_by(state)
            counted = Counter[str](dict(db.execute(query).all()) if site is not None else {})
            there = select(articles.c.code, state, articles.c.site).where(_THESE)
            for code, found, of in in_parts(db, there, apart):
                states[code] = found
                counted[found] -= of == site
        return counted, states

    def rebuild(self, posts: Iterable[Assembled], missing: Sequence[str] = ()) -> int:
        """Forget all articles and take them from the posts instead; how many. Whether one was edited is forgotten too.

        Of posts that are what was last written it stays known which pages they are made of, and what they lack. Those
        ``missing``, of which a run wrote a post and none is there, stay as they are. What lists say of the others
        (addresses) comes back with the next crawl, since the validators are forgotten too.
        """
        time, codes = now().isoformat(), set[str]()
        with self._transaction() as db:
            lost = self._rows(db, missing)
            made = {row["code"]: dict(row) for row in db.execute(MADE).mappings()}
            for table in (articles, pages, securities):
                db.execute(delete(table))
            for one in posts:
                assert one.post
                known = {"title": one.post.title, "file": one.file, "category": one.post.category}
                known |= made[one.code] if made.get(one.code, {}).get("sha256") == one.sha256 else {}
                self._put(db, articles, [new_row(one.code, time) | known | {"state": "written"}])
                self._of_posts(db, {one.code: one.securities})
                codes.add(one.code)
            there = set(map(sites.digits, codes))
            lost = {code: row for code, row in lost.items() if sites.digits(code) not in there}
            self._put(db, articles, list(lost.values()))
        return len(codes) + len(lost)


def _record(row: Sequence[Any], opened: int) -> Record:
    code, file, sha256, url, sources, origin, state, reason = row
    told = recorded(sources, opened) or unrecorded(origin or "post-file")
    return Record(code, file, sha256, told, bool(url), state == "written", str(reason).startswith(DOUBTED))
