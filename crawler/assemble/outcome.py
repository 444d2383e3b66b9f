"""What becomes of an article."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from crawler import post_format
from crawler.assemble.securities import securities
from crawler.items import Article, OnDisk, Page, Post, Security

Outcome: TypeAlias = Literal["written", "unchanged", "quarantined", "out_of_scope"]


UNREADABLE: Final = "its file cannot be read"
"""Why a post of an earlier run is left as it is, and its article in quarantine: the disk fails at it."""


class Rejected(Exception):
    """No post is made of the article: the message is the reason, and ``outcome`` what is booked."""

    def __init__(self, reason: str, outcome: Outcome = "quarantined") -> None:
        super().__init__(reason)
        self.outcome: Outcome = outcome
        self.code = self.file = ""


class Edited(Rejected):
    """The post's file was changed by somebody: it is left as it is."""

    def __init__(self, on_disk: OnDisk) -> None:
        super().__init__("edited by hand", "unchanged")
        self.code, self.file = on_disk.code, on_disk.file


@dataclass(slots=True)
class Assembled:
    """An article at the end of the stages: a post with its bytes, or a rejection with its reason."""

    code: str
    outcome: Outcome
    """``written`` until the store finds that the file holds these bytes already: ``unchanged``."""
    reason: str = ""
    """Why there is no post."""
    post: Post | None = None
    """Its body goes when the bytes are on disk: what is booked travels between processes."""
    data: bytes = b""
    """The post's bytes, until the store prepared the file."""
    file: str = ""
    """The post's file; of one that was edited by hand, too."""
    sha256: str = ""
    """Of the post's bytes; of one that was edited by hand before it was known, of those that would be written."""
    instead: Post | None = None
    """Of such a one what would be written, but for its text: it may be a worse copy than what is there."""
    booked: bool = False
    """Whether an earlier run has put it in place and booked it, and nothing has changed since."""
    stamp: str = ""
    """Size and time of the file, when it is in place."""
    prepared: str = ""
    """Where the bytes wait on disk to be put in place, "" when there is nothing to do."""
    securities: tuple[Security, ...] = ()
    """What the post is about."""
    exchanges: tuple[str, ...] = ()
    """Of each of its K-lines: the short name, else the number of a market that is not known."""
    counts: Counter[str] = field(default_factory=Counter)
    page: Page | None = None
    """What is kept in quarantine with a rejection."""
    unused: tuple[Article, ...] = ()
    """What pages said and the post is not made of: a later run may need it."""


def of_post(post: Post, data: bytes) -> Assembled:
    """The post with its bytes, ready for the store."""
    digest = hashlib.sha256(data).hexdigest()
    made = Assembled(
        post.code, "written", post=post, data=data, file=post_format.file_name(post), sha256=digest, unused=post.unused
    )
    made.securities = securities(post)
    made.exchanges = tuple(kline.exchange or str(kline.market) for kline in post.klines)
    return made


def of_rejected(code: str, rejected: Rejected, page: Page | None = None, unused: Iterable[Article] = ()) -> Assembled:
    """The rejection, to be booked under the code; an edited post, under its own, needs nothing of what pages say."""
    kept = () if rejected.outcome == "unchanged" else tuple(unused)
    return Assembled(rejected.code or code, rejected.outcome, str(rejected), file=rejected.file, page=page, unused=kept)
