"""Joining what several pages say of the same article, field by field, in a stated order of trust."""

import re
from collections.abc import Iterable
from itertools import groupby

from crawler import sites
from crawler.assemble.fault import fault
from crawler.assemble.meant import meant
from crawler.assemble.outcome import Rejected
from crawler.assemble.parts import joined
from crawler.items import WHOLE, Article, Origin, Post, PostKind
from crawler.pages.eastmoney.media_names import closing_medium

BODY_TRUST: tuple[Origin, ...] = ("share-json", "post-file", "share-page", "eastmoney", "post-page")
"""The original before any copy of it; a rendered page last, because kramdown's changes cannot all be undone."""
FIELD_TRUST: tuple[Origin, ...] = ("post-file", "post-page", "list", "eastmoney", "share-page", "share-json")

_FOREIGN = frozenset({"share-json", "share-page", "eastmoney"})
"""Pages that are not of the site's own making: its posts have the bodies that they have."""
_PICTURE_WORTH = 200
"""Characters that a body may lack and still hold more than one with a picture lost."""
_SAVED_PICTURE = re.compile(r"""\bsrc\s*=\s*["']?[^"'<>\s:]*_files/""", re.IGNORECASE)


def merge(articles: Iterable[Article], share_host: str = sites.SHARE_HOST) -> Post:
    """The post that all these pages of one article make; raises Rejected.

    The same pages give the same post in any order: pages of equal trust are ordered by what they say.
    """
    known = joined(articles)
    if all(article.origin == "list" for article in known):
        raise Rejected("only named on a list: no page of it was read", "out_of_scope")
    if len(known) > 1:
        known.sort(key=_order)
    kind = _kind(known)
    title, (time, notes) = _first(known, "title"), _time_and_notes(known)
    body, origin, page = _body(known, kind)
    if origin in _FOREIGN:
        body, was = meant(body)
        notes += (was,) if was else ()
    digest = _first(known, "digest") if kind == "emnews" else None
    category, tag = _category_and_tag(known, kind, body)
    code = _code(known, kind)
    if title is None:
        raise Rejected("no title")
    if not body and not digest:
        raise Rejected("no body")
    if time is None and sites.CODE.fullmatch(code):
        time = f"{sites.day_of(code)} 00:00:00"
    link = _first(known, "link")
    if link is None and kind != "site":
        link = sites.share_link(code, share_host) if kind == "media" else sites.article_url(code)
    post = Post(
        code=code,
        kind=kind,
        title=title,
        time=time or "",
        category=category,
        tag=tag,
        link=link,
        digest=digest,
        body=body,
        origin=origin,
        page=page,
        notes=notes,
        saved=next((a.saved for a in known if a.saved and body in (a.text, a.content)), None),
    )
    if reason := fault(post):
        raise Rejected(reason)
    if kind == "site":
        raise Rejected("the site's own notice, no article", "out_of_scope")
    return post


def by_article(articles: Iterable[Article]) -> list[list[Article]]:
    """The articles grouped by what becomes one post.

    Pages that name the article with and without ``NW`` belong together, but the site can hold it twice, as an item of
    the rolling list and as an article of its medium: then each post takes its own pages, and both the pages of others.
    """
    groups = []
    for _, same in groupby(sorted(articles, key=lambda a: sites.digits(a.code)), lambda a: sites.digits(a.code)):
        known = list(same)
        kinds = {a.kind for a in known if a.kind}
        groups += [[a for a in known if a.kind in (kind, None)] for kind in sorted(kinds)] if kinds else [known]
    return groups


def disagree(articles: Iterable[Article]) -> bool:
    """Whether two pages of the same kind give the article different bodies, titles or times."""
    seen: dict[tuple[Origin, str], object] = {}
    for article in articles:
        for field in () if article.part != WHOLE else ("text", "content", "title", "time"):
            value = getattr(article, field)
            if value is not None and seen.setdefault((article.origin, field), value) != value:
                return True
    return False


def _order(article: Article) -> tuple[int, int, int, str, str]:
    """Trust; where two copies of a page disagree, the one that was read without errors, then the one with more in it.

    A copy that a browser saved with its pictures beside it has lost where they are from. Of those that hold as much,
    any will do that is the same each time.
    """
    spelled = repr(article)
    bodies = (article.text or "", article.content or "")
    held = sum(len(body) - len(_SAVED_PICTURE.findall(body)) * _PICTURE_WORTH for body in bodies)
    return FIELD_TRUST.index(article.origin), spelled.count("\ufffd"), -held, article.url, spelled


def _time_and_notes(known: list[Article]) -> tuple[str | None, tuple[str, ...]]:
    """The time, and what is to be told of it. The site's own posts have the time that they have."""
    believed = [
        article
        for article in known
        if not article.time
        or article.origin in {"post-file", "post-page"}
        or sites.may_be_time_of(article.code, article.time)
    ]
    time = _time(believed) if believed else None
    said = {"time_unknown": time is None, "time_not_believed": len(believed) < len(known)}
    return time, tuple(note for note, is_so in said.items() if is_so)


def _time(known: list[Article]) -> str | None:
    """The time; of pages that are trusted alike one may tell the second, where others end with the minute."""
    time = _first(known, "time")
    if len(known) == 1 or not time or not time.endswith(":00"):
        return time
    origin = next(article.origin for article in known if article.time == time)
    return max(a.time for a in known if a.time and a.origin == origin and a.time[:16] == time[:16])


def _first(known: list[Article], field: str) -> str | None:
    if len(known) == 1:
        return getattr(known[0], field)  # type: ignore[no-any-return]
    values = [getattr(article, field) for article in known]
    said = [value for value in values if value is not None]
    return next((value for value in said if value), said[0] if said else None)


def _kind(known: list[Article]) -> PostKind:
    said = next((a.kind for a in known if a.kind), None)
    if said:
        return said
    tag = _first(known, "tag")
    if tag:
        return "emnews" if tag == sites.EMNEWS_TAG else "media"
    if all(article.origin == "eastmoney" and article.digest is None for article in known):
        return "media"  # and without a tag no post: whose article it is nothing tells
    return sites.kind_of(max((a.code for a in known), key=len), _first(known, "category"))


def _code(known: list[Article], kind: PostKind) -> str:
    """The name that the site gave its post; else as it gives them: ``NW`` and digits for media, digits for emnews."""
    code, origin = known[0].code, known[0].origin
    named = origin in {"post-file", "post-page"} or (origin == "list" and (kind == "emnews") == code.isdigit())
    if named or not sites.CODE.fullmatch(code):
        return code
    return sites.digits(code) if kind == "emnews" else f"NW{sites.digits(code)}"


def _body(known: list[Article], kind: PostKind) -> tuple[str, Origin, str]:
    """The body, the kind of page it is from, and the page that addresses in it are relative to, "" for the link."""
    for origin in BODY_TRUST:
        for article in known:
            if article.origin == origin:
                first, second = article.text, article.content
                if body := ((second or first) if kind == "emnews" else (first or second)):
                    return body, origin, article.url if origin == "eastmoney" else ""
    return "", "none", ""


def _category_and_tag(known: list[Article], kind: PostKind, body: str) -> tuple[str, str]:
    """A slug read from a page wins over a computed one; the last paragraph names the medium when nothing else does."""
    if kind == "emnews":
        return sites.EMNEWS, sites.EMNEWS_TAG
    category, tag = _first(known, "category"), _first(known, "tag")
    if not tag and (medium := closing_medium(body)):
        tag = sites.tag_of(medium)
    if not tag:
        raise Rejected("no tag: neither a footer nor a source line names the medium")
    return category or sites.slug(sites.medium_of(tag)), tag
