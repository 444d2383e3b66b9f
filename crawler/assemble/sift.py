"""Before pages are joined: those of other articles go, and damaged fields of which another page has sound ones."""

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from crawler.items import EAST_MONEY, Article, Post
from crawler.pages.damage import damage

_FIELDS = (("title",), ("tag",), ("digest",), ("text", "content"))
"""What is damaged or sound on its own; a body is one thing, whichever field it is in."""
_MARKUP = re.compile(r"<[^<>]*+>")
_SIGNS = re.compile(r"[\W_]+")
_MARKS = frozenset('<>"=&')
_PIECES, _LENGTH, _FEW = 16, 16, 5
"""So many pieces of a text, so long, are looked for as they are: most texts that belong together are known so."""
_LEAST_TITLE, _LEAST_TEXT = 4, 20
"""Letters and digits that a title or a text must have to tell one article from another."""
_COMMON, _COMMON_BODY = 0.15, 0.4
"""The part of the shorter text's runs of characters that two texts of one article have in common, at least."""


def sift(articles: Iterable[Article]) -> tuple[list[Article], list[str]]:
    """The pages that may speak for their article, and why others may not. The order of pages does not matter."""
    said = list(articles)
    refused: list[str] = []
    if len(said) < 2:
        return said, refused
    for rank in (("finews-page",), ("share", "share-page", *EAST_MONEY)):
        reasons = {id(one): anothers(one, said) for one in said if one.origin in rank}
        refused += sorted(filter(None, reasons.values()))
        said = [one for one in said if not reasons.get(id(one))]
    for fields in _FIELDS:
        said = _without_damaged(said, fields)
    return said, refused


def anothers(article: Article, others: Sequence[Article]) -> str:
    """What tells that the page is of another article; "" when nothing does.

    A post page has a title like that on a list; a reply, or an original, has text in common with the post page.
    """
    if article.origin == "finews-page":
        titles = [one.title for one in others if one.origin == "list" and one.title]
        if (
            article.title
            and titles
            and not any(_alike(title, article.title, 2, _LEAST_TITLE, _COMMON) for title in titles)
        ):
            return f"the list has {article.code} as “{titles[0][:60]}”, not “{article.title[:60]}”"
        return ""
    if not (article.text or article.content):  # what is left of a page whose body another one gave
        return ""
    told = " ".join(filter(None, (article.title, article.text, article.content)))
    for post in others:
        if post.origin == "finews-page" and (post.text or post.content or post.digest) and not _in_common(post, told):
            return f"its text has nothing in common with the post page of {post.code}"
    return ""


def text_fault(post: Post) -> str:
    """Why the post is no text for people; "" when it is sound."""
    for name, value in (("title", post.title), ("tag", post.tag), ("digest", post.digest), ("body", post.body)):
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
        sound.append(replace(one, **without) if without else one)
    return sound


def _in_common(post: Article, other: str) -> bool:
    """Whether a text may be of the post page's article; where that has a body, longer runs of it are looked for."""
    body = post.text or post.content
    if body is None:
        return _alike(" ".join(filter(None, (post.title, post.digest))), other, 4, _LEAST_TEXT, _COMMON)
    places = range(0, max(len(body) - _LENGTH, 1), max(len(body) // _PIECES, 1))
    pieces = [piece for piece in (body[place : place + _LENGTH] for place in places) if _MARKS.isdisjoint(piece)]
    known = sum(piece in other for piece in pieces)
    return known > max(len(pieces) * 0.9, _FEW) or _alike(body, other, 12, _LEAST_TEXT, _COMMON_BODY)


def _alike(one: str, other: str, number: int, least: int, common: float) -> bool:
    """Whether enough runs of so many characters are in both; too little text and damaged text tell nothing."""
    spelled = [_plain(text) for text in (one, other)]
    if min(map(len, spelled)) < least or damage(one) or damage(other):
        return True
    runs = [{text[i : i + number] for i in range(len(text) - number + 1)} for text in spelled]
    return len(runs[0] & runs[1]) >= common * min(map(len, runs))


def _plain(text: str) -> str:
    """Letters and digits alone, the line that names the source left out: articles of one medium share it."""
    shown = unicodedata.normalize("NFKC", html.unescape(_MARKUP.sub("", text))).lower()
    before, mark, after = shown.rpartition("文章来源")
    return _SIGNS.sub("", before if mark and len(after) < 60 else shown)
