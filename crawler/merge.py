"""Joining what several pages say of the same article, field by field, in a stated order of trust."""

import re
from collections.abc import Iterable
from itertools import groupby

from crawler import sites
from crawler.body.shows import shows
from crawler.items import Article, Origin, Post, PostKind
from crawler.post_format import is_time

BODY_TRUST: tuple[Origin, ...] = ("share-json", "post-file", "share-page", "eastmoney", "post-page")
"""The original before any copy of it; a rendered page last, because kramdown's changes cannot all be undone."""
FIELD_TRUST: tuple[Origin, ...] = ("post-file", "post-page", "list", "eastmoney", "share-page", "share-json")

_UNSAFE_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff<>{}`\\]")
# Jekyll makes a path of the category: these leave the folder, are ignored by it, stop its build, or break its feed.
_UNSAFE_CATEGORY = re.compile(r"/|\.\.|^[.#_~]|^(?![A-Za-z][A-Za-z0-9+.-]*:)[^ :]*:|&(?!amp;)")
_CODE_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_PICTURE_WORTH = 200
"""Characters that a body may lack and still hold more than one with a picture lost."""
_SAVED_PICTURE = re.compile(r"""\bsrc\s*=\s*["']?[^"'<>\s:]*_files/""", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?:)?//\w", re.IGNORECASE)
_UNSAFE_LINK = re.compile(r"[\x00-\x20\x7f-\x9f<>\"\u2028\u2029\ud800-\udfff]|\{[{%:]")


class Incomplete(Exception):
    """What is known of the article makes no post; the message is the reason."""


def merge(articles: Iterable[Article], share_host: str = sites.SHARE_HOST) -> Post:
    """The post that all these pages of one article make; raises Incomplete.

    The same pages give the same post in any order: pages of equal trust are ordered by what they say.
    """
    known = list(articles)
    if len(known) > 1:
        known.sort(key=_order)
    kind = _kind(known)
    title, time = _first(known, "title"), _time(known)
    body, origin, page = _body(known, kind)
    digest = _first(known, "digest") if kind == "emnews" else None
    category, tag = _category_and_tag(known, kind, body)
    code = _code(known, kind)
    if title is None:
        raise Incomplete("no title")
    if not body and not digest:
        raise Incomplete("no body")
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
    )
    if reason := fault(post):
        raise Incomplete(reason)
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
        for field in ("text", "content", "title", "time"):
            value = getattr(article, field)
            if value is not None and seen.setdefault((article.origin, field), value) != value:
                return True
    return False


def fault(post: Post) -> str | None:
    """Why the post cannot be written safely, or None: what stands bare in front matter, footer and file name.

    Nor can one that shows nothing, as when all of it was what cleaning takes out.
    """
    for name, value in (("category", post.category), ("tag", post.tag)):
        if not value.strip() or len(value) > 120 or _UNSAFE_NAME.search(value):
            return f"{name} {value[:80]!r} is not a name"
    if not post.digest and not shows(post.body):
        reason = "no body: nothing of it is to be seen"
    elif not _CODE_NAME.fullmatch(post.code):
        reason = f"code {post.code[:80]!r} is no file name"
    elif not is_time(post.time):
        reason = f"time {post.time[:40]!r} does not exist"
    elif _UNSAFE_CATEGORY.search(post.category) or "](" in post.tag:
        reason = f"category {post.category[:80]!r} is not a name"
    elif post.link and (_UNSAFE_LINK.search(post.link) or not _ADDRESS.match(post.link)):
        reason = f"link {post.link[:80]!r} is not an address"
    else:
        return None
    return reason


def _order(article: Article) -> tuple[int, int, int, str, str]:
    """Trust; where two copies of a page disagree, the one that was read without errors, then the one with more in it.

    A copy that a browser saved with its pictures beside it has lost where they are from. Of those that hold as much,
    any will do that is the same each time.
    """
    spelled = repr(article)
    bodies = (article.text or "", article.content or "")
    held = sum(len(body) - len(_SAVED_PICTURE.findall(body)) * _PICTURE_WORTH for body in bodies)
    return FIELD_TRUST.index(article.origin), spelled.count("\ufffd"), -held, article.url, spelled


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
    if not tag and (medium := sites.closing_medium(body)):
        tag = sites.tag_of(medium)
    if not tag:
        raise Incomplete("no tag: neither a footer nor a source line names the medium")
    return category or sites.slug(sites.medium_of(tag)), tag
