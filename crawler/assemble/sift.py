"""Before pages are joined: those of other articles go, and damaged fields of which another page has sound ones."""

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from crawler.items import WHOLE, Article, Origin, Post, changed
from crawler.pages.damage import KNOWN_LOSS, damage, speaks_of_loss
from crawler.patterns import compiled

_FIELDS = (("title",), ("tag",), ("digest",), ("text", "content"))
"""What is damaged or sound on its own; a body is one thing, whichever field it is in."""
_SITE: tuple[Origin, ...] = ("list", "post-file", "finews-page")
_FROM_SURE: tuple[Origin, ...] = (*_SITE, "article-api", "article-page", "wap", "extraction", "share-page", "share")
_PROOF = {origin: place for place, origin in enumerate(_FROM_SURE)}
"""How much a page tells of whose it is: the site's own the code and the title, a reply nothing but where it was had."""
_MARKUP = compiled(r"<[^<>]*+>")
_PICTURE = compiled("<img", re.IGNORECASE)
_SIGNS = compiled(r"[\W_]+")
_MARKS = compiled('[<>"=&]')
_PIECES, _LENGTH, _FEW = 16, 16, 5
"""So many pieces of a text, so long, are looked for as they are: most texts that belong together are known so."""
_LEAST_TITLE, _LEAST_TEXT = 4, 20
"""Letters and digits that a title or a text must have to tell one article from another."""
_SHORT = 200
"""Characters of a body, markup and all, that may hold less text than that."""
_COMMON, _COMMON_BODY = 0.15, 0.4
"""The part of the shorter text's runs of characters that two texts of one article have in common, at least."""


def sift(articles: Iterable[Article]) -> tuple[list[Article], list[tuple[str, Article]]]:
    """The pages that may speak for their article; and those that may not, with the reasons.

    Their order does not matter. Of two that contradict each other the one stays that tells more of whose it is, else
    the one that was known before.
    """
    said = list(articles)
    refused: list[tuple[str, Article]] = []
    if len(said) < 2:
        return said, refused
    known: list[Article] = []
    for one in sorted(said, key=_proof):
        if reason := anothers(one, known):
            refused.append((reason, one))
        else:
            known.append(one)
    said = known
    for fields in _FIELDS:
        said = _without_damaged(said, fields)
    return said, refused


def anothers(article: Article, others: Sequence[Article]) -> str:
    """What tells that the page is of another article; "" when nothing does.

    A post page has a title like that on a list. A reply, or an original, has text in common with the post page, else
    with what tells more of whose it is, else a title like one that is known.
    """
    if article.origin == "finews-page":
        return _otherwise_titled(article, [one for one in others if one.origin == "list"])
    if article.origin in _SITE:
        return ""
    if article.part[0] > 1:
        firsts = [one.title for one in others if one.origin == article.origin and one.part[0] == 1 < one.part[1]]
        if firsts and not any(same_title(title, article.title) for title in firsts):
            return f"its title is not that of the first page of {article.code}"
    having = [one for one in others if one.text or one.content or (one.digest and one.origin == "finews-page")]
    posts = [one for one in having if one.origin == "finews-page"]
    proof = _PROOF[article.origin]
    surer = [one for one in having if _PROOF[one.origin] <= proof and one.part == article.part == WHOLE]
    known = posts or sorted(surer, key=lambda one: len(_said(one)))[-1:]
    if not known or not (article.text or article.content):
        return _otherwise_titled(article, [one for one in others if one.origin in _SITE or one.version])
    for one in known:
        if _says_nothing(article, one) or not (_of_post if posts else _of_same)(one, article):
            where = "post page" if posts else one.origin
            return f"its text has nothing in common with the {where} of {one.code}"
    return ""


def _otherwise_titled(article: Article, others: Sequence[Article]) -> str:
    """How the page's title has nothing in common with any that another one gives; "" when it has, or there is none."""
    title, named = article.title, [(one.title, one.origin) for one in others if one.title]
    if not title or not named or any(_alike(one, title, 2, _LEAST_TITLE, _COMMON) for one, _ in named):
        return ""
    other, origin = named[0]
    where = "list" if origin == "list" else "post"
    return f"the {where} has {article.code} as “{other[:60]}”, not “{title[:60]}”"


def same_title(one: str | None, other: str | None) -> bool:
    """Whether pages of one article may have these titles: one may be longer, by the number of its page."""
    short, long = sorted((plain(one or ""), plain(other or "")), key=len)
    return long.startswith(short) or bool(damage(one) or damage(other))


def _says_nothing(article: Article, other: Article) -> bool:
    """Whether a bare reply is too short to be known, and not from the much longer text of the other page either.

    A picture may be all that an article is, and what closes as articles do is no message of a server.
    """
    longer = plain(_said(other)) if article.origin == "share" and not _PICTURE.search(_said(article)) else ""
    if len(longer) < _LEAST_TEXT * 2:
        return False
    short = plain(_said(article))
    least = _LEAST_TITLE if "em_media" in _said(article) else _LEAST_TEXT
    return len(short) < least and (len(short) < _LEAST_TITLE or short not in longer)


def _said(article: Article) -> str:
    """The body; of an item that has none, what there is."""
    if article.text or article.content:
        return max(article.text or "", article.content or "", key=len)
    return " ".join(filter(None, (article.title, article.digest)))


def _proof(article: Article) -> tuple[int, int, int, bool, tuple[str, ...]]:
    """Of the same proof a few words come last, what an earlier run wrote first, then what was made earlier."""
    said = article.time or "~", article.title or "", article.text or "", article.content or ""
    held = len(article.text or article.content or "") or _SHORT
    return _PROOF[article.origin], article.part[0], -min(held, _SHORT), article.version is None, said


def text_fault(post: Post) -> str:
    """Why the post is no text for people; "" when it is sound."""
    title = post.title.replace(KNOWN_LOSS, "") if speaks_of_loss(post.body) else post.title
    for name, value in (("title", title), ("tag", post.tag), ("digest", post.digest), ("body", post.body)):
        if reason := damage(value, name):
            return f"{reason}: its {name}"
    return ""


def _without_damaged(said: list[Article], fields: tuple[str, ...]) -> list[Article]:
    """The articles without those of the fields that are damaged, if one has them sound."""
    values = {(id(one), name): getattr(one, name) for one in said for name in fields}
    damaged = {key for key, value in values.items() if damage(value, key[1])}
    if not damaged or not any(value for key, value in values.items() if key not in damaged):
        return said
    sound = []
    for one in said:
        without: dict[str, Any] = {name: None for name in fields if (id(one), name) in damaged}
        sound.append(changed(one, **without) if without else one)
    return sound


def _of_post(post: Article, article: Article) -> bool:
    """Whether a text may be of the post page's article; where that has a body, longer runs of it are looked for."""
    told = " ".join(filter(None, (article.title, article.text, article.content)))
    if (post.text or post.content) is None:
        return _alike(_said(post), told, 4, _LEAST_TEXT, _COMMON)
    return _in_common(_said(post), told, 12, _COMMON_BODY)


def _of_same(one: Article, article: Article) -> bool:
    """Whether two pages may be of one article, of which there may be versions: by their titles, else by their texts."""
    if one.title and article.title and not _otherwise_titled(article, [one]):
        return True
    return _in_common(_said(one), f"{article.text} {article.content}", 4, _COMMON)


@lru_cache(32)  # a page of an article is compared when it comes, and once more when all are joined
def _in_common(body: str, other: str, number: int, common: float) -> bool:
    places = range(0, max(len(body) - _LENGTH, 1), max(len(body) // _PIECES, 1))
    pieces = [piece for piece in (body[place : place + _LENGTH] for place in places) if not _MARKS.search(piece)]
    known = at = 0
    for piece in pieces:  # in two texts of one article they stand in one order: most are found near the one before
        found = other.find(piece, at)
        found = other.find(piece, 0, at + _LENGTH) if found < 0 < at else found
        known, at = known + (found >= 0), max(found, at)
    return known > max(len(pieces) * 0.9, _FEW) or _alike(body, other, number, _LEAST_TEXT, common)


def _alike(one: str, other: str, number: int, least: int, common: float) -> bool:
    """Whether enough runs of so many characters are in both; too little text and damaged text tell nothing."""
    if one == other:
        return True
    spelled = [plain(text) for text in (one, other)]
    if min(map(len, spelled)) < least or damage(one) or damage(other):
        return True
    runs = [{text[i : i + number] for i in range(len(text) - number + 1)} for text in spelled]
    return len(runs[0] & runs[1]) >= common * min(map(len, runs))


@lru_cache(4)  # as above
def plain(text: str) -> str:
    """Letters and digits alone, the line that names the source left out: articles of one medium share it."""
    shown = unicodedata.normalize("NFKC", html.unescape(_MARKUP.sub("", text))).lower()
    before, mark, after = shown.rpartition("文章来源")
    return _SIGNS.sub("", before if mark and len(after) < 60 else shown)
