"""What East Money's lists name, in the ledger: with all that they tell, since a later run may see no list that does."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete

from crawler import sites
from crawler.assemble.securities import listed as of_pages
from crawler.assemble.versions import is_of_site, is_rough, recorded
from crawler.items import Article
from crawler.store.engine import now
from crawler.store.filed import Filed
from crawler.store.retry import is_late
from crawler.store.said import Said
from crawler.store.second_posts import is_doubted
from crawler.store.securities import Securities
from crawler.store.tables import DOUBTED, FILTERED, articles, new_row, pages


@dataclass(frozen=True, slots=True)
class Named:
    """What a page of a list names, as the ledger knows it."""

    codes: frozenset[str]
    """Of all that it names."""
    wanted: Mapping[str, tuple[Article, ...]]
    """By code what lists say of those that are to be asked for."""
    have: Mapping[str, str]
    """The origins of the bodies of those of them that there are posts of."""
    known: frozenset[str]
    """What was there before: the news ids of articles, and the codes of what is none of ours."""


_AS_BEFORE: Final = articles.c.state == bindparam("before")


class Listed(Said, Securities, Filed):
    """The articles of lists that tell when, by whom and in short what each is."""

    def _put_back(self, db: Connection, before: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> None:
        """Write rows of articles whose states are still what they were ``before``, by code; of those not there all.

        What somebody else booked meanwhile stays.
        """
        told = [{**row, "before": before.get(row["code"], "")} for row in rows]
        self._put(db, articles, told, _AS_BEFORE)
        self._named_first(db, [row["code"] for row in told if row["code"] not in before])

    def heard_of(self, codes: Iterable[str] | None = None) -> None:
        """Others may have kept something of these articles since, or of any, and written posts."""
        super().heard_of(codes)
        if codes is None:
            self._without_files.clear()
        else:
            self._without_files.difference_update(sites.spellings(codes))

    def record_listed(
        self,
        site: str,
        listed: Iterable[Article],
        outside: Mapping[str, str],
        *,
        full: bool = False,
        worse: Collection[str] = (),
    ) -> Named:
        """Make what a page of a list names pending, with what it tells.

        ``outside``: by code why something is out of scope. A known article is wanted as long as it is pending or left
        out by filters; one that failed, when the list tells something new; one of whose time only the minute is known;
        one that was known from files only, when its body is of one of the ``worse`` origins.
        One that the finews site has is that site's, once it is written. ``full``: all others are wanted.
        """
        time, said = now().isoformat(), {sites.digits(article.code): article for article in listed}
        rows, known, told = dict[str, dict[str, Any]](), set[str](), dict[str, Article]()
        with self._transaction() as db:
            there = self._rows(db, [*outside, *sites.spellings(said)])
            before = {code: row["state"] for code, row in there.items()}
        for number, article in said.items():
            if row := _row_of(article, there.get(f"NW{number}"), there.get(number)):
                known.add(number)
            row = row or new_row(f"NW{number}", time) | {"site": site}
            rows[row["code"]] = row
            told[row["code"]] = replace(article, code=row["code"], url="", fetched=0)
        kept = self.kept(list(rows))
        wanted = {
            code: tuple(dict.fromkeys((*kept.get(code, ()), article)))
            for code, article in told.items()
            if _is_wanted(rows[code], article, kept.get(code, ()), worse, full=full)
        }
        written = {code: str(rows[code]["origin"]) for code in wanted if rows[code]["state"] == "written"}
        pending = wanted.keys() - written.keys()
        self.keep({code: wanted[code] for code in pending})  # first: of one that is not pending yet it does no harm
        adopted = {code for code, row in rows.items() if row["site"] == "" and not is_doubted(row)}  # known from files
        for code in adopted:
            rows[code]["site"] = site
        for code in pending:
            reason = rows[code]["reason"] if is_late(rows[code]) else DOUBTED if is_doubted(rows[code]) else None
            title = rows[code]["title"] or told[code].title
            rows[code] |= {"title": title, "state": "pending", "reason": reason, "last_seen": time}
        left_out = {"site": site, "state": "out_of_scope"}
        new = [new_row(code, time) | left_out | {"reason": why} for code, why in outside.items() if code not in there]
        with self._transaction() as db:
            self._put_back(db, before, [*(rows[code] for code in pending | adopted), *new])
            self._of_lists(db, {code: some for code in rows if (some := of_pages([said[sites.digits(code)]]))})
        known |= outside.keys() & there.keys()
        return Named(frozenset(rows.keys() | outside.keys()), wanted, {} if full else written, frozenset(known))

    def becomes(self, code: str, other: str) -> None:
        """An article that is pending under one spelling of its code is a post under the other one."""
        with self._transaction() as db:
            rows = self._rows(db, [code, other])
            if (row := rows.get(code)) and other not in rows:
                self._put(
                    db, articles, [new_row(other, row["first_seen"]) | {"site": row["site"], "title": row["title"]}]
                )
            if row and not row["file"] and not row["url"]:
                db.execute(delete(articles).where(articles.c.code == code))

    def list_was_read(self, url: str, site: str, newest: str, down_to: str) -> None:
        """Note how far the list whose first page is at the address is known."""
        row = {"url": url, "site": site, "fetched": now().isoformat(), "newest": newest, "down_to": down_to}
        with self._transaction() as db:
            self._put(db, pages, [row])


def _row_of(article: Article, media: dict[str, Any] | None, bare: dict[str, Any] | None) -> dict[str, Any] | None:
    """The row of the article, be it spelled as infoCode or as id; None where it is new.

    What the finews site holds as an item of its rolling list, and nobody has written yet, comes out as an article here.
    An item of East Money's rolling list for which a medium is told now becomes that medium's.
    """
    if media or not bare:
        return media
    if bare["state"] != "written":
        return None if bare["url"] else bare
    return None if article.tag and _is_rolling(bare["sources"]) else bare


def _is_wanted(
    row: Mapping[str, Any], article: Article, kept: Iterable[Article], worse: Collection[str], *, full: bool
) -> bool:
    if row["state"] == "written":
        sources = recorded(row["sources"])
        if full:
            return not row["url"] and not is_of_site(sources)
        if row["site"] == "" and row["origin"] in worse:  # from the next run on it is due by itself
            return not is_doubted(row)
        return is_rough(sources) and not is_of_site(sources) and not (article.time or ":00").endswith(":00")
    if row["state"] == "quarantined":
        return article not in kept
    return row["state"] == "pending" or str(row["reason"]).startswith(FILTERED)


def _is_rolling(sources: str | None) -> bool:
    """Whether a post has the form of East Money's rolling list because nothing named a medium."""
    told = recorded(sources)
    return not is_of_site(told) and any(origin == "list" and "category" in names for origin, _, names in told)
