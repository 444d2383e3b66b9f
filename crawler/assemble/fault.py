"""Which posts must not be written, and why."""

import re
from datetime import datetime
from functools import lru_cache

from crawler import post_format
from crawler.body.cleaning import is_safe
from crawler.body.digests import clean_digest
from crawler.body.document import text_of
from crawler.body.shows import shows
from crawler.body.titles import safe_name, safe_title
from crawler.items import Post
from crawler.patterns import compiled

_UNSAFE_NAME = compiled(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff<>{}`\\]")
"""Marks of direction are among them: they turn round what a layout prints behind the name."""
# Jekyll makes a path of the category: these leave the folder, are ignored by it, stop its build, or break its feed.
_UNSAFE_CATEGORY = compiled(r"/|\.\.|^[.#_~]|^(?![A-Za-z][A-Za-z0-9+.-]*:)[^:]*:|&(?!amp;)")
_LONGEST = 255 - len(".html")
"""Bytes of a name that disks take: a category is one, and that of its list page's stub."""
_SHORT, _CLOSING = 600, compiled(r"[（(]文章[来來]源\s*[：:][^（）()]{0,60}[）)]")
_CODE_NAME = compiled(r"[A-Za-z0-9_-]{1,64}")
_ADDRESS = compiled(r"(?:https?:)?//\w", re.IGNORECASE)
_UNSAFE_LINK = compiled(r"[\x00-\x20\x7f-\x9f<>\"\u2028\u2029\ud800-\udfff]|\{[{%:]")


def fault(post: Post) -> str | None:
    """Why the post cannot be written safely, or None: what stands bare in front matter, footer and file name.

    Nor can one that shows nothing, as when all of it was what cleaning takes out.
    """
    for name, value in (("category", post.category), ("tag", post.tag)):
        if not _is_name(value):
            return f"{name} {value[:80]!r} is not a name"
    if not post.digest and (not shows(post.body) or _closes_nothing(post.body)):
        reason = "no body: nothing of it is to be seen"
    elif not _CODE_NAME.fullmatch(post.code):
        reason = f"code {post.code[:80]!r} is no file name"
    elif not _is_time(post.time):
        reason = f"time {post.time[:40]!r} does not exist"
    elif not _is_path(post.category):
        reason = f"category {post.category[:80]!r} is not a name"
    elif post.link and not _is_address(post.link):
        reason = f"link {post.link[:80]!r} is not an address"
    else:
        return None
    return reason


def _closes_nothing(body: str) -> bool:
    """Whether the line that closes an article is all that there is of it."""
    if len(body) > _SHORT or "<img" in body.lower():
        return False
    return _CLOSING.fullmatch(text_of(body).strip()) is not None


# Names are those of many articles, and a post is asked twice: when it is joined, and when it is written.
@lru_cache(maxsize=1024)
def _is_name(value: str) -> bool:
    too_long = len(value) > 120 or (4 * len(value) > _LONGEST and len(value.encode("utf-8", "replace")) > _LONGEST)
    return bool(value.strip()) and not too_long and not _UNSAFE_NAME.search(value)


@lru_cache(maxsize=1024)
def _is_path(category: str) -> bool:
    return not _UNSAFE_CATEGORY.search(category)


@lru_cache(maxsize=16)
def _is_address(link: str) -> bool:
    return not _UNSAFE_LINK.search(link) and _ADDRESS.match(link) is not None


def unsafe_text(post: Post) -> str | None:
    """Which text of the post, though cleaned, a layout must not print as it stands; None: there is none."""
    safe: dict[str, str | None] = {"title": safe_title(post.title), "digest": post.digest}
    safe |= {name: safe_name(getattr(post, name)) for name in ("tag", "category")}
    if post.digest is not None:
        safe["digest"] = clean_digest(post.digest)
    wrong = [name for name, text in safe.items() if text != getattr(post, name)]
    return f"its {' and its '.join(wrong)} would not be safe to publish" if wrong else None


def stub_fault(text: str) -> str | None:
    """Why the stub of a category's list page must not stay: layouts print its title raw. None: it may."""
    try:
        fields, content = post_format.front_matter(text)
    except post_format.FormatError as error:
        return f"does not parse: {error}"
    title, category = fields.get("title", ""), fields.get("categories", "")
    if title and category and category == safe_name(category) and title == safe_name(title) and is_safe(content):
        return None
    return "its title, its category or its text would not be safe to publish"


@lru_cache(maxsize=16)
def _is_time(value: str) -> bool:
    """Whether ``value`` is a ``YYYY-MM-DD HH:MM:SS`` that exists."""
    try:
        return len(value) == 19 and datetime.fromisoformat(value).isoformat(" ") == value
    except ValueError:
        return False
