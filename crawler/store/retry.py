"""When an article is asked for again that could not be had, or of whose post a later run may have more."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any, Final, Literal, TypeAlias

from sqlalchemy import ColumnElement, case, func, select

from crawler.assemble.changes import teller
from crawler.assemble.sift import plain
from crawler.assemble.versions import is_of_site, is_rough, recorded
from crawler.items import Article, Post
from crawler.post_format import path_of
from crawler.sites import PostAddress, post_address
from crawler.store.engine import now
from crawler.store.tables import (
    BODY_WANTED,
    FILTERED,
    IS_OTHERWISE_MADE,
    OTHERWISE_MADE,
    REMOVED_MORE,
    WITHDRAWN,
    articles,
)

Asked: TypeAlias = Literal["news", "all", "saved", "elsewhere"]
"""What a run goes through: what is new or changed, all that there is, pages that somebody saved, or what other lists
than the site's, or its user, name: it reads no page of the site."""
RETRY_GAPS: Final = tuple(timedelta(hours=h) for h in (0, 0, 0, 1, 6, 24, 72, 168))
"""How long after each failure later runs wait before they ask again; after the last, only ``quarantine retry`` asks."""


IS_LATE: Final = IS_OTHERWISE_MADE | (articles.c.reason == BODY_WANTED)
WAITS: Final = articles.c.state.in_(["pending", "quarantined"])
MADE: Final = select(
    *(articles.c[name] for name in ("code", "sha256", "origin", "sources", "attempts", "first_seen")),
    case((WAITS, func.coalesce(articles.c.next_try, "")), else_=articles.c.next_try).label("next_try"),
    case((IS_LATE, articles.c.reason), (WAITS, BODY_WANTED)).label("reason"),
).where(((articles.c.state == "written") | WAITS) & articles.c.sha256.is_not(None))
"""What a rebuilt ledger knows of posts: what they are made of, and when they are asked for, whether as if new."""


def is_due() -> ColumnElement[bool]:
    """Whether an article's next try has come: one that is further off than any gap was booked by a clock gone wrong."""
    time, told = now(), articles.c.next_try
    return (told <= time.isoformat()) | (told > (time + RETRY_GAPS[-1]).isoformat())


def lacks(post: Post, worse: Collection[str]) -> bool:
    """Whether a later run may have more of it."""
    by_list = post.origin == "none" and any(origin == "list" for origin, *_ in post.sources)
    is_poor = post.origin in worse or is_rough(post.sources) or bool(post.pictures_missing)
    return is_poor or by_list or "medium_unknown" in post.notes


def is_late(row: Mapping[str, Any]) -> bool:
    """Whether the written article is asked for as if there were no post."""
    return str(row["reason"]).startswith((OTHERWISE_MADE, BODY_WANTED))


def late_for(row: Mapping[str, Any], post: Post, asked: Asked) -> str | None:
    """Why another body is wanted than the one that the post has now, None where it is not.

    It has the body of before where no host gave one as good; one that had failed was asked for because it changed. What
    was saved tells nothing of a change that a list told meanwhile, and other hosts than the site not all of it.
    Nor does a page of before: caches may hold it for longer than the list.
    """
    waits = {"saved": {"pending", "quarantined"}, "elsewhere": {"quarantined"}}.get(asked, set())
    is_due = row["state"] in waits and row["url"] and post.on_disk
    if is_due or (row["reason"] == BODY_WANTED and (asked == "saved" or (waits and row["url"]))):
        return BODY_WANTED
    if row["reason"] == BODY_WANTED and _is_titled_as_before(row, post):
        return BODY_WANTED
    if not post.earlier_body:
        return None
    if row["reason"] in {REMOVED_MORE, BODY_WANTED}:
        return str(row["reason"])
    return BODY_WANTED if asked == "all" or row["state"] == "quarantined" else None


def _is_titled_as_before(row: Mapping[str, Any], post: Post) -> bool:
    """Whether the page that names the post has not changed, and lists name it otherwise by now, not in signs alone."""
    if plain(post.title) == plain(row["title"] or post.title):
        return False
    return teller("title", post.sources) == teller("title", recorded(row["sources"]))


def is_news(row: Mapping[str, Any], shown: Article) -> bool:
    """Whether a list of the site shows a known article otherwise than before: its title, its day, its category."""
    here = post_address(shown.url)
    if row["url"] and post_address(row["url"]) != here:
        return True
    if row["file"] and not row["url"] and here and _address_of(row, here) != here:  # known from its post alone
        return True
    # The home page is Markdown, where kramdown writes `&amp;`; the other lists print titles raw.
    return None not in {shown.title, row["title"]} and unescape(str(shown.title)) != unescape(row["title"])


def _address_of(row: Mapping[str, Any], here: PostAddress) -> PostAddress | None:
    """Where the site had the post, as its file tells; its category only where the site told it."""
    category = row["category"] if is_of_site(recorded(row["sources"])) else here.category
    there = post_address(f"/{path_of(category or here.category, row['file'])}")
    return there and replace(there, code=here.code)


def asks_again(row: Mapping[str, Any], shown: Article) -> bool:
    """Whether a list that names a known article is a reason to ask for it again."""
    if row["state"] == "pending":
        return True
    if row["state"] == "out_of_scope" and not str(row["reason"]).startswith(WITHDRAWN):
        return str(row["reason"]).startswith(FILTERED)
    return is_news(row, shown)


def is_untold(row: Mapping[str, Any]) -> bool:
    """Whether there is a post of which the site told nothing, or of which nothing tells what was written."""
    told, is_taken_in = recorded(row["sources"]), row["sha256"] is None and not row["url"]
    return row["state"] == "written" and (is_taken_in or (bool(told) and not is_of_site(told)))


def has_more(row: Mapping[str, Any], shown: Article, site: str) -> bool:
    """Whether a run that leaves nothing out would ask for a known article that a list of the site names."""
    waits = is_late(row) or row["state"] in {"pending", "quarantined"}
    if row["site"] != site and waits:  # for others, who are to ask until a run asks this site
        return True
    return bool(row["file"]) and (is_news(row, shown) or is_untold(row))


def is_gone(row: Mapping[str, Any], asked: Asked) -> bool:
    """Whether the site had the article no more, and this run did not ask the site."""
    return asked in {"saved", "elsewhere"} and bool(row["url"]) and str(row["reason"]).startswith(WITHDRAWN)


def why_again(row: Mapping[str, Any], *, untold: bool) -> str | None:
    """The reason of an article that is asked for again: of one that changed, and has a post, another body is wanted."""
    if row["file"] and row["state"] != "pending" and not untold:
        return BODY_WANTED
    return str(row["reason"]) if is_late(row) else None


def next_try(row: Mapping[str, Any], asked: Asked = "news") -> dict[str, Any]:
    """What changes of an article's row when it is to be asked for once more, at growing distances; in the end never.

    The attempts are a crawl's: what was saved uses up none, and a crawl asks at once for what waits for no other try.
    """
    if asked == "saved":
        waits = row["attempts"] and row["state"] != "pending"
        return {"attempts": row["attempts"], "next_try": row["next_try"] if waits else now().isoformat()}
    attempts = row["attempts"] + 1
    gap = RETRY_GAPS[attempts - 1] if attempts <= len(RETRY_GAPS) else None
    return {"attempts": attempts, "next_try": (now() + gap).isoformat() if gap is not None else None}
