"""Joining what several pages say of the same article, field by field, in a stated order of trust."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TypeAlias

from crawler import origins, sites
from crawler.assemble.as_html import as_html
from crawler.assemble.fault import fault
from crawler.assemble.outcome import Rejected
from crawler.assemble.parts import joined
from crawler.assemble.rolling import is_item, kind_of_item, tellers
from crawler.assemble.securities import listed
from crawler.assemble.versions import breaks_off, disagree, fullest, in_order, sources, whole
from crawler.items import EAST_MONEY, Article, Origin, Post, PostKind, Version
from crawler.pages.eastmoney.media_names import closing_medium
from crawler.patterns import compiled

BODY_TRUST: tuple[Origin, ...] = (
    "share", "post-file", "share-page", "article-api", "article-page", "wap", "finews-page", "extraction"
)  # fmt: skip
"""The original before any copy of it; then a rendered page, as kramdown's changes cannot all be undone; text last."""

_Teller: TypeAlias = tuple[Article, Version]
_Known: TypeAlias = Sequence[_Teller]
_NAMES_LINKS = frozenset({"post-file", "finews-page", "list"})
"""Only the site says under which host it shares an article; any other post names the first known one."""
_NUMBERED = compiled(r"[A-Z]{0,4}\d{12,}", re.ASCII)
"""What is numbered as articles are, be it in a way that came later."""
_FOREIGN = frozenset({"share", "share-page", *EAST_MONEY})
"""Pages that are not of the site's own making: its posts have the bodies that they have."""


def body_trust(wish: str | list[str] | None) -> tuple[Origin, ...]:
    """The order of trust for bodies: those of FINEWS_ORIGINS in its order, the others in their places. ValueError."""
    chosen = origins.chosen(wish)
    order = iter(chosen)
    return tuple(next(order) if origin in chosen else origin for origin in BODY_TRUST)


def worse_origins(wish: str | list[str] | None) -> frozenset[Origin]:
    """The origins of bodies that do only as long as no better one can be had; raises ValueError."""
    trust = body_trust(wish)
    return frozenset(trust[trust.index(origins.chosen(wish)[0]) + 1 :]) & {*origins.ORIGINS, "extraction"}


def merge(
    articles: Iterable[Article], share_host: str = sites.SHARE_HOST, trust: Sequence[Origin] = BODY_TRUST
) -> Post:
    """The post that all these pages of one article make; raises Rejected.

    The same pages give the same post in any order, in one run or in several.
    """
    known = in_order(pages := joined(articles))
    if all(article.origin == "list" for article, _ in known):
        raise Rejected("only named on a list: no page of it was read", "out_of_scope")
    kind = _kind(known, told := dict[str, _Teller]())
    title, (time, notes) = _title(known, kind, told), _time_and_notes(known, told)
    body, origin, page = _body(known, kind, told, trust)
    is_earlier = bool(body and told["text"][0].version)
    if origin in _FOREIGN and not is_earlier:  # what an earlier run wrote is what was meant
        body, was = as_html(body)
        notes += (was,) if was else ()
    notes += ("unverified",) * (origin == "wap") + ("versions",) * disagree(article for article, _ in known)
    digest = _first(known, "digest", told) if kind == "emnews" else None
    category, tag = _category_and_tag(known, kind, told)
    notes += ("medium_unknown",) if kind == "emnews" and "category" in told and "tag" not in told else ()
    code = _code(known, kind)
    if title is None:
        raise Rejected("no title")
    if not body and not digest:
        raise Rejected("no body")
    post = Post(
        code=code,
        kind=kind,
        title=title,
        time=time or (f"{sites.day_of(code)} 00:00:00" if sites.CODE.fullmatch(code) else ""),
        category=category,
        tag=tag,
        link=_link(known, kind, told, code, share_host),
        digest=digest,
        body=body,
        origin=origin,
        page=page,
        notes=notes,
        listed=listed(pages),
        saved=told["text"][0].saved if body else None,
        earlier_body=is_earlier,
        sources=sources(told),
    )
    if reason := fault(post):
        raise Rejected(reason)
    if kind == "site":
        raise _no_article(code, category)
    return post


def _no_article(code: str, category: str) -> Rejected:
    """Why there is no post under a code that is none of East Money's: it may be one of a kind that came later."""
    if category != sites.SITENEWS and not sites.CODE.fullmatch(code) and _NUMBERED.fullmatch(code):
        return Rejected("its code cannot be read")
    return Rejected("the site's own notice, no article", "out_of_scope")


def by_article(articles: Iterable[Article]) -> list[list[Article]]:
    """The articles grouped by what becomes one post.

    Pages that name the article with and without ``NW`` belong together, but the site can hold it twice, as an item of
    the rolling list and as an article of its medium: then each post takes its own pages, and both the pages of others.
    Kinds that would give their posts the same name are one article all the same.
    """
    articles = list(articles)
    if len(articles) == 1:
        return [articles]
    groups = []
    for _, same in groupby(sorted(articles, key=lambda a: sites.digits(a.code)), lambda a: sites.digits(a.code)):
        known = list(same)
        kinds = sorted({a.kind for a in known if a.kind})
        named = {kind: [a for a in known if a.kind in (kind, None)] for kind in kinds}
        if len(kinds) > 1:
            codes = {_code(in_order(group), kind) for kind, group in named.items()}
            named = named if len(codes) == len(kinds) else {}
        groups += list(named.values()) or [known]
    return groups


def _time(known: _Known, told: dict[str, _Teller]) -> str | None:
    """The time: one of which more than the day is known, and to the second where any page knows it."""
    tellers = [teller for teller in known if teller[0].time]
    if not tellers:
        return None
    best = next((one for one in tellers if not str(one[0].time).endswith(" 00:00:00")), tellers[0])
    told["time"] = best
    time = str(best[0].time)
    return max(str(a.time) for a, _ in tellers if str(a.time)[:16] == time[:16]) if time.endswith(":00") else time


def _first(known: _Known, field: str, told: dict[str, _Teller]) -> str | None:
    """What the most trusted page says; that there is none, only where no page has any."""
    said = None
    for teller in known:
        value: str | None = getattr(teller[0], field)
        if value is None or (field == "title" and not any(map(str.isalnum, value))):
            continue
        if said is None or value:
            said = value
            told[field] = teller
        if value:
            break
    return said


def _title(known: _Known, kind: PostKind, told: dict[str, _Teller]) -> str | None:
    """The title; of an article of its medium, items of the rolling list may say it in short."""
    titles = [one.title for one, _ in known]
    whole = sorted(known, key=lambda t: breaks_off(t[0].title, titles) or (kind == "media" and is_item(t[0])))
    return _first(whole, "title", told)


def _time_and_notes(known: _Known, told: dict[str, _Teller]) -> tuple[str | None, tuple[str, ...]]:
    """The time, and what is to be told of it. The site's own posts have the time that they have."""
    believed = [
        (article, version)
        for article, version in known
        if not article.time
        or article.origin in {"post-file", "finews-page"}
        or sites.may_be_time_of(article.code, article.time)
    ]
    time = _time(believed, told) if believed else None
    said = {"time_unknown": time is None, "time_not_believed": len(believed) < len(known)}
    return time, tuple(note for note, is_so in said.items() if is_so)


def _link(known: _Known, kind: PostKind, told: dict[str, _Teller], code: str, share_host: str) -> str | None:
    link = _first([teller for teller in known if teller[0].origin in _NAMES_LINKS], "link", told)
    if link is None and kind != "site":
        return sites.share_link(code, share_host) if kind == "media" else sites.article_url(code)
    return link


def _kind(known: _Known, told: dict[str, _Teller]) -> PostKind:
    said = next((teller for teller in known if teller[0].kind), None)
    if said and said[0].kind:
        told["kind"] = said
        return said[0].kind
    tag = _first(known, "tag", {})
    if tag:
        return "emnews" if tag == sites.EMNEWS_TAG else "media"
    if item := kind_of_item([article for article, _ in known]):
        return item
    if all(article.origin in EAST_MONEY and article.digest is None for article, _ in known):
        return "media"  # and without a tag no post: whose article it is nothing tells
    return sites.post_kind(max((a.code for a, _ in known), key=len), _first(known, "category", {}))


def _code(known: _Known, kind: PostKind) -> str:
    """The name that the site gave its post; else as it gives them: ``NW`` and digits for media, digits for emnews."""
    code, origin = known[0][0].code, known[0][0].origin
    named = origin in {"post-file", "finews-page"} or (origin == "list" and (kind == "emnews") == code.isdigit())
    if named or not sites.CODE.fullmatch(code):
        return code
    return sites.digits(code) if kind == "emnews" else f"NW{sites.digits(code)}"


def _body(known: _Known, kind: PostKind, told: dict[str, _Teller], trust: Sequence[Origin]) -> tuple[str, Origin, str]:
    """The body, the kind of page it is from, and the page that addresses in it are relative to, "" for the link.

    Of versions from the same kind of page the later one, but none that is only the beginning of another; nor one
    without its source line that is only the beginning of what a less trusted page has.
    """
    having, others = list[tuple[str, _Teller]](), list[tuple[str, _Teller]]()
    for origin in trust:
        for teller in known:
            if teller[0].origin == origin and (body := _of_kind(teller[0], kind)):
                alike = not having or {origin, having[0][1][0].origin} <= EAST_MONEY - {"extraction"}
                (having if alike else others).append((body, teller))
    if not having and kind == "emnews":
        having = [(str(teller[0].text), teller) for teller in known if teller[0].text]
    if not having:
        return "", "none", ""
    body, told["text"] = having[whole([body for body, _ in having])]
    if (number := fullest(body, [other for other, _ in others])) is not None:
        body, told["text"] = others[number]
    article = told["text"][0]
    return body, article.origin, article.base or article.url if article.origin in EAST_MONEY else ""


def _of_kind(article: Article, kind: PostKind) -> str | None:
    """The body for a post of the kind; the share host has one for each, and what was made of the other is none."""
    if kind == "emnews":
        return article.content or (None if article.version and article.origin == "share" else article.text)
    return article.text or (None if article.version else article.content)


def _category_and_tag(known: _Known, kind: PostKind, told: dict[str, _Teller]) -> tuple[str, str]:
    """A slug read from a page wins over a computed one; a last paragraph names the medium when nothing else does."""
    if kind == "emnews":
        if "kind" not in told:
            by_page = dict(known)
            told |= {name: (page, by_page[page]) for name, page in tellers([*by_page]).items()}
        return sites.EMNEWS, sites.EMNEWS_TAG
    of_media = [teller for teller in known if teller[0].category != sites.EMNEWS]
    category, tag = _first(of_media, "category", told), _first(known, "tag", told)
    for teller in () if tag else (*filter(None, [told.get("text")]), *known):
        if not tag and (medium := closing_medium(teller[0].text or teller[0].content or "")):
            tag, told["tag"] = sites.tag_of(medium), teller
    if not tag:
        raise Rejected("no tag: neither a footer nor a source line names the medium")
    return category or sites.slug(sites.medium_of(tag)), tag
