"""One post to build a site with, and what a reader must see of it; and the project's own way from it to a file."""

import html
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crawler import merge, post_format, sites
from crawler.items import Post
from crawler.stages import Stage, stages
from crawler.store.posts import PostStore
from crawler.verify import check_post

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp", "Mn"}
_SMART = "\"'“”‘’-–—.…\ufffd"
"""Quotes, dashes and dots, which kramdown sets; and what stands for what no text can hold."""


@dataclass(frozen=True)
class Case:
    """A post as it is before cleaning."""

    name: str
    """The sort of case before the colon, what it is made of after it."""
    post: Post
    profile: str = "standard"
    hostile: bool = False
    shows: tuple[str, ...] = ()
    """Text of the body that stands on the page, as a reader sees it."""

    @property
    def sort(self) -> str:
        return self.name.partition(":")[0]


@dataclass(frozen=True)
class Written:
    """What became of a case: the post in its file."""

    case: Case
    post: Post

    @property
    def url(self) -> str:
        """Where Jekyll puts the page (measured: the category in lower case, split at blanks)."""
        day = self.post.time[:10].replace("-", "/")
        return "/".join(["", *dict.fromkeys(self.post.category.lower().split()), day, f"{self.post.code}.html"])


def post(number: int, title: str, body: str, category: str = "", tag: str = "", digest: str | None = None) -> Post:
    """A post of the medium that ``tag`` names, or of the rolling list when there is a digest."""
    day, time = f"2022-{1 + number // 28 % 12:02}-{1 + number % 28:02}", f"{number % 24:02}:{number % 60:02}:00"
    digits = f"{day.replace('-', '')}22{number:08}"
    if digest is not None:
        link = f"http://finance.eastmoney.com/news/1350,{digits}.html"
        return Post(
            code=digits, kind="emnews", title=title, time=f"{day} {time}", category=sites.EMNEWS,
            tag=sites.EMNEWS_TAG, link=link, digest=digest, body=body,
        )  # fmt: skip
    tag = tag or "某某日报新闻"
    return Post(
        code=f"NW{digits}", kind="media", title=title, time=f"{day} {time}", category=category or "moumouribao", tag=tag,
        link=sites.share_link(digits), body=body,
    )  # fmt: skip


@cache
def _stages(profile: str) -> tuple[Stage, ...]:
    return stages({"FINEWS_CLEANING": profile})


def write(cases: Iterable[Case], output: Path) -> tuple[list[Written], list[tuple[Case, str]]]:
    """Send the cases the project's own way into the output folder; what was written, and what was refused with why."""
    store, written, refused = PostStore(output), [], []
    for case in cases:
        made = case.post
        for stage in _stages(case.profile):
            made = stage(made, Counter())
        if reason := merge.fault(made):
            refused.append((case, reason))
            continue
        keep(store, made, post_format.render(made))
        if faults := list(check_post(store.path(made))):
            refused.append((case, f"verify says: {faults}"))
        written.append(Written(case, made))
    return written, refused


def keep(store: PostStore, post: Post, data: bytes) -> None:
    """The post's file, and the stub of its list page, as a run writes them."""
    store.write(post, data)
    store.write_stub(post)


def letters(text: str) -> str:
    """What of a text is seen and stays: no white space, nothing invisible, no signs that typography changes."""
    return "".join(char for char in text if char not in _SMART and unicodedata.category(char) not in _INVISIBLE)


def shown(source: str) -> str:
    """What is seen of HTML text without tags."""
    return letters(html.unescape(source))
