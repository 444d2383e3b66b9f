"""The nouns: Page, Article, KLine, Post. Frozen values that every other module speaks in."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple, TypeAlias, TypeVar

from crawler.markup import Span

PostKind: TypeAlias = Literal["media", "emnews", "site"]
"""``media``: an article of a medium, ``emnews``: an item of the rolling list, ``site``: the site's own notice."""

Origin: TypeAlias = Literal[
    "share",
    "post-file",
    "share-page",
    "article-api",
    "article-page",
    "wap",
    "finews-page",
    "extraction",
    "list",
    "none",
]
"""The kind of page that said something, in falling order of trust for bodies (``merge`` orders the other fields)."""
EAST_MONEY: frozenset[Origin] = frozenset({"article-api", "article-page", "wap", "extraction"})
"""What East Money itself says of an article, each in its way: ids without ``NW``, and no share link."""

WHOLE = (1, 1)
"""The one page of an article that has no others."""

Version: TypeAlias = tuple[int, int, int, str]
"""When a page says it was made (YYYYMMDDhhmm), when it was fetched (seconds since 1970), 0 where nothing tells; how
much it holds; and a digest of what it says, with a dot and a checksum of its bytes where they are a file's: of two
versions the greater one is later, or else fuller."""

Source: TypeAlias = tuple[Origin, Version, tuple[str, ...]]
"""A page, and which fields of a post are from it: names of fields of Article. What the ledger keeps of a merge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page as it was received: the seam between the live site and saved files.

    Nothing after it knows whether the bytes came from a socket a second ago or out of an archive of 2022.
    """

    url: str
    """Absolute URL, or "" when a saved file does not tell."""
    body: bytes
    """The payload, content encodings undone, character encoding untouched."""
    encoding: str | None = None
    """The character encoding that the transport declared, as it was spelled."""
    fetched: datetime | None = None
    """When it was received (aware), if known."""
    source: str = "live"
    """``live``, or the file (and member) it was found in; for reports only."""


@dataclass(frozen=True, kw_only=True)
class Article:
    """What one page says of one article; any field but the code may be missing.

    ``None`` means that the page does not say; ``""`` that it says there is none.
    """

    code: str
    """The article's name in file names: an infoCode (``NW`` + digits) or a news id (digits)."""
    origin: Origin
    """Which kind of page says so."""
    url: str = ""
    """The page that says so."""
    base: str = ""
    """What addresses in its body are relative to, where the page names another than its own."""
    kind: PostKind | None = None
    title: str | None = None
    """As the source spells it: markup in it is not decoded."""
    time: str | None = None
    """``YYYY-MM-DD HH:MM:SS``, Beijing time."""
    category: str | None = None
    tag: str | None = None
    link: str | None = None
    """The share link or ``url_w``, as it stands in the post; ``""`` for the empty link of old emnews posts."""
    digest: str | None = None
    text: str | None = None
    """Body of the media kind; pages with a single body fill this one."""
    content: str | None = None
    """Body of the emnews kind, where a page has both."""
    undone: bool = False
    """Whether it was decoded wrongly before we had it, and that was undone."""
    part: tuple[int, int] = WHOLE
    """Which of the article's pages it is, and the highest that it names: the body is that page's alone."""
    fetched: int = 0
    """When the page was received, in seconds since 1970; 0 when nothing tells."""
    version: Version | None = None
    """Of what an earlier run wrote: the version of the page that it is from. Pages themselves have none."""
    saved: str | None = None
    """When a page that holds pictures itself was received or saved (ISO 8601, with zone), if known: they show that."""
    checksum: str = ""
    """A checksum of the bytes of a saved page: they stay, whatever a later version of ours reads in them."""
    stocks: tuple[tuple[str, str], ...] = ()
    """What a list or an API files it under: each security as spelled there, and its name, "" where none is told."""


class Security(NamedTuple):
    """A security that an article is about."""

    secid: str
    """``<market>.<code>``, e.g. ``1.600050``."""
    way: Literal["list", "link", "kline"]
    """How that is known: a list or an API files the article under it; else it shows its K-line, or links to it."""
    name: str = ""
    """As the page has it, "" where it tells none."""
    position: int | None = None
    """Where the post's body first mentions it, in characters; None where it does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KLine:
    """One reference to a stock K-line picture, and what it means."""

    secid: str
    """``<market>.<code>``, e.g. ``1.600050``."""
    market: int
    code: str
    exchange: str
    """Short name of the market (``SH``, ``SZ``, ``HK``, ``NYSE`` ...), "" when the market is not in the table."""
    symbol: str
    """``600050.SH``, ``02338.HK``, ``NIO.N``; the secid when the market is not in the table."""
    kind: str
    """``kline`` or ``intraday``."""
    period: str
    """``D``, ``W``, ``M``, ``m5`` ... as the picture's ``type`` says; ``D`` by default."""
    url: str
    """Absolute https address of the live picture, current generation."""
    spelling: str
    """The address as the source spells it, "" when there is none."""
    span: Span
    """Where the ``img`` tag (or placeholder) stands in the body."""
    evidence: str = "nid"
    """The part that told the security, in falling order of trust: ``nid``, ``id``, ``data-code``, ``alt``, ``link``."""
    guessed: bool = False
    """Whether the code is told but its market is only the likeliest one."""
    foreign: bool = False
    """Whether the address is of a host without live stock pictures: such a picture is left as it is."""
    conflicts: tuple[str, ...] = ()
    """Contradictions between the parts of the reference, e.g. ``nid 1.600050, data-code 0.600050``."""


@dataclass(frozen=True, slots=True)
class OnDisk:
    """The file of a post as it lies on disk, and what the ledger knows of it."""

    code: str
    file: str
    data: bytes
    status: Literal["written", "edited", "unknown", "unreadable"]
    """``written``: what the last run put there; ``edited``: other bytes; ``unknown``: the ledger cannot tell."""
    articles: tuple[Article, ...] = ()
    """What was written says so much, page by page."""


@dataclass(frozen=True, kw_only=True)
class Post:
    """A complete and checked article: what ``post_format`` turns into bytes and back."""

    code: str
    kind: PostKind
    title: str
    time: str
    """``YYYY-MM-DD HH:MM:SS``, Beijing time."""
    category: str
    tag: str
    link: str | None
    """Share link or ``url_w``; ``""`` is written as ``<>``, None leaves the line out."""
    digest: str | None = None
    body: str = ""
    origin: Origin = "none"
    """Which kind of page the body was read from; ``none`` when there is only a digest."""
    klines: tuple[KLine, ...] = ()
    links: tuple[Security, ...] = field(default=(), compare=False)
    """Those to pages of securities in the body, in its order; no part of the format."""
    listed: tuple[Security, ...] = field(default=(), compare=False)
    """What lists and APIs file it under; no part of the format."""
    page: str = field(default="", compare=False)
    """The page that the body was read from, when addresses in it are relative to that; no part of the format."""
    notes: tuple[str, ...] = field(default=(), compare=False)
    """What the report counts and names the article for, e.g. ``time_unknown``; no part of the format."""
    earlier_body: bool = field(default=False, compare=False)
    """Whether the body is that of the post of an earlier run; no part of the format."""
    saved: str | None = field(default=None, compare=False)
    """When the page of the body was saved, where that holds pictures itself; no part of the format."""
    pictures_missing: int = 0
    """K-lines whose picture should be stored and could not be had: a later run tries again."""
    sources: tuple[Source, ...] = field(default=(), compare=False)
    """Which page told what."""
    on_disk: OnDisk | None = field(default=None, compare=False, repr=False)
    """The post's file from an earlier run, if it takes part."""
    replaces: tuple[str, ...] = field(default=(), compare=False)
    """Codes under which earlier runs wrote the same article: their posts go."""
    unused: tuple[Article, ...] = field(default=(), compare=False, repr=False)
    """What pages said and it is not made of: refused pages, and parts of an article that is not there as a whole."""


POST_FIELDS: Final = tuple(
    one.name for one in fields(Article) if one.name in {own.name for own in fields(Post)} - {"code", "origin", "saved"}
)
"""What pages say of an article and its post is made of, but for code and body: fields of both, by one name."""


@dataclass(frozen=True, slots=True, repr=False)
class Candidate:
    """What a crawl found of one article, ready to be merged: its code on the site, and what each page said."""

    code: str
    articles: tuple[Article, ...]
    page: Page | None = None
    """The page that says most, kept with a quarantine entry."""

    def __repr__(self) -> str:
        """Short: logs print it."""
        return f"Candidate({self.code!r}, {len(self.articles)} pages)"


_Noun = TypeVar("_Noun", Article, Post)


def changed(one: _Noun, **said: Any) -> _Noun:
    """The same with other values in these fields; raises TypeError for what is no field.

    ``dataclasses.replace`` asks each field what it is, and takes ten times as long.
    """
    if not said.keys() <= one.__dict__.keys():
        raise TypeError(f"no field of {type(one).__name__}: {', '.join(said.keys() - one.__dict__.keys())}")
    new = object.__new__(type(one))
    new.__dict__.update(one.__dict__, **said)
    return new
