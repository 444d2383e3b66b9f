"""Elements in which a script puts a player: a link in them leads to what it would have played."""

import re
from collections.abc import Iterator

from crawler.body.document import Document
from crawler.body.policy import decode_attribute
from crawler.body.rule import TagRule
from crawler.body.safety.backgrounds import HOLDERS as PLACES
from crawler.body.safety.backgrounds import is_empty, leads_somewhere, quotable
from crawler.markup import Edit, Token
from crawler.patterns import compiled

_ADDRESSES = (
    *("data-src", "data-url", "data-video", "data-video-src", "data-video-url", "data-mp4", "data-file"),
    *("data-audio", "data-mp3"),
)
_PLAYED = compiled(r"[^\s?#]+\.(?:(?P<film>m3u8|mp4|m4v|flv|webm|mov)|mp3|m4a)(?:[?#]\S*+)?", re.IGNORECASE)


def _player(document: Document, tag: Token) -> Iterator[Edit]:
    if not is_empty(document, tag):
        return
    held = document.values(tag)
    for address in filter(None, map(held.get, _ADDRESSES)):
        plain = decode_attribute(address).strip()
        played = _PLAYED.fullmatch(plain) if "/" in plain and leads_somewhere(plain) else None
        if played and not document.is_linked(tag) and tag.name != "a":
            label = "视频" if played["film"] else "音频"
            yield Edit(tag.end, tag.end, f'<a href="{quotable(plain)}">{label}</a>')
            return


PLAYERS = TagRule(
    "players",
    "elements in which a script puts a player hold a link to what it plays",
    (
        (
            '<div data-src="https://a.cn/b.mp4"></div>',
            '<div data-src="https://a.cn/b.mp4"><a href="https://a.cn/b.mp4">视频</a></div>',
        ),
    ),
    _player,
    _ADDRESSES,
    PLACES,
)
