"""The source post format: Post to bytes, bytes (of any variant that ever existed) to Post, file names."""

import re
import tomllib
from datetime import date
from functools import lru_cache
from typing import Any, Final

import yaml
from frontmatter.default_handlers import YAMLHandler

from crawler import footer, sites
from crawler.items import Post
from crawler.patterns import compiled
from crawler.times import beijing
from crawler.urls import post_path

ZONE: Final = "+0800"
_UNKNOWN = "00:00:00"
"""The time of day of a post that tells none."""
FILE_NAME = compiled(r"(?P<day>\d{4}-\d\d-\d\d)?-?(?P<code>[^/\\.][^/\\]*)\.md")

_HEADER = compiled(
    r"\A\ufeff?\s*(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<header>.*?)(?:\r?\n)(?P=fence)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_TOML, _LISTS_OF_ZOLA = "+++", "taxonomies"
_LONG_KEY = compiled(r"""(?<![\w'"-])(?:[\w'"-]++[ \t]*+\.[ \t]*+){9}""")
"""A key of so many parts that tomllib's time is the square of them."""
_FIELD = compiled(r"^(layout|title|date|categories|tags):[ \t]*+([^\n]*+)", re.MULTILINE)
_TIME = compiled(r"(?P<time>\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d)(?: ?(?:[+]08:?00)?)")
_BEYOND_PLAIN = compiled(r"""[\[{'"|>&*!]|.*\s#""")
"""What is more than a word or two in YAML: lists, quotes, blocks, anchors, tags, comments."""
_PLURALS = {"category": "categories", "tag": "tags"}
_LISTS = frozenset([*_PLURALS, *_PLURALS.values()])
_YAML = YAMLHandler()
_PLAIN_TITLE = compiled(r'"([^"\\]*)"')

# YAML 1.1 reads these breaks, and some readers reject the rest, inside double quotes too.
_ESCAPES = {ord('"'): '\\"', ord("\\"): "\\\\", 0x09: "\\t", 0x0A: "\\n", 0x0D: "\\r", 0xFEFF: "\\uFEFF"}
_ESCAPES |= {code: f"\\x{code:02X}" for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in _ESCAPES}
_ESCAPES |= {code: f"\\u{code:04X}" for code in (0x2028, 0x2029, 0xFFFE, 0xFFFF)}
# Lone surrogates are no text: they cannot be written at all.
_ESCAPES |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_NEEDS_ESCAPE = compiled(f"[{re.escape(''.join(map(chr, _ESCAPES)))}]")

# What PyYAML leaves a string and others do not. YAML 1.1 itself: y and n. Ruby's Psych (scalar_scanner.rb): numbers
# with commas and underscores, symbols, sexagesimals, dates in loose spelling.
_PSYCH = compiled(
    r"[yn]|---|\.\.\.|[-+]?[\d][\d,_]*|[-+]?(?:\d[\d,_]*)?\.[\d,_]*(?:e[-+]?\d+)?|[-+]?\d[\d,_]*(?:\.[\d,_]*)?e[-+]?\d+|:.*"
    r"|[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?|\d{4}-\d{1,2}-\d{1,2}.*|[-+]?0[xob]?[\da-f_,]+|[-+]?\.(?:inf|nan)",
    re.IGNORECASE,
)


class FormatError(ValueError):
    """The bytes are no post; the message says what is missing."""


@lru_cache(maxsize=4096)
def scalar(value: str) -> str:
    """``value`` as a YAML scalar: bare as the source writes it, quoted where any reader would misread it.

    >>> scalar("人民邮电报新闻"), scalar("2022"), scalar("a: b")
    ('人民邮电报新闻', '"2022"', '"a: b"')
    """
    if value and not _NEEDS_ESCAPE.search(value) and not _PSYCH.fullmatch(value):
        try:
            if yaml.safe_load(f"k: {value}\nz: 1\n") == {"k": value, "z": 1}:
                return value
        except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: a date such as 2022-13-40
            pass
    return quoted(value)


def quoted(value: str) -> str:
    """``value`` as a double-quoted YAML scalar on one line."""
    return f'"{value.translate(_ESCAPES) if _NEEDS_ESCAPE.search(value) else value}"'


def file_name(post: Post) -> str:
    """``<day>-<code>.md``."""
    return name_of(post.time[:10], post.code)


def name_of(day: str, code: str) -> str:
    """That of the article of that day (``YYYY-MM-DD``)."""
    return f"{day}-{code}.md"


def path_of(category: str, file: str) -> str:
    """Where a site has the post of this category in a file of this name, without the slash at its beginning."""
    named = FILE_NAME.fullmatch(file)
    day, code = named.group("day", "code") if named else ("", file)
    return post_path(category, day or sites.day_of(code.upper()), code)


def is_named(file: str) -> bool:
    """Whether the file is named as posts are; copies of one, and those that people renamed, are not."""
    named = FILE_NAME.fullmatch(file)
    return bool(named and named["day"] and sites.CODE.fullmatch(named["code"]))


def render(post: Post) -> bytes:
    """The post in the current format: LF only, no byte order mark, no newline at the end."""
    blocks = [] if post.digest is None else [f"> {post.digest}"]
    blocks += [post.body] if post.body else []
    blocks += [] if post.link is None else [f"<{post.link}>"]
    blocks.append(footer.line(post.category, post.tag))
    header = (
        f"---\nlayout: post\ntitle: {quoted(post.title)}\ndate: {post.time} {ZONE}\n"
        f"categories: {scalar(post.category)}\ntags: {scalar(post.tag)}\n---\n"
    )
    return (header + "\n\n".join(blocks)).encode("utf-8", "replace")


def parse(data: bytes | str, name: str = "") -> Post:
    """The post in ``data``; ``name`` is its file name, which alone knows the code of an emnews post without link.

    Reads the current format and every older one: no zone, digests as plain text, footers of two lines or none, a
    newline before the first ``---``, an empty date (the code's own day is taken), unescaped quotes in the title.
    Raises FormatError, also where the bytes are no UTF-8.
    """
    try:
        text = data.decode() if isinstance(data, bytes) else data
    except UnicodeDecodeError as error:
        raise FormatError(f"not UTF-8 at byte {error.start}") from None
    fields, blocks = front_matter(text)
    missing = [key for key in ("title", "categories", "tags") if key not in fields]
    if missing or not fields["categories"] or not fields["tags"]:
        raise FormatError(f"front matter without {', '.join(missing) or 'category or tag'}")
    header = text[: len(text) - len(blocks)]
    blocks, ending, link = footer.split(blocks)
    code = _code(name, link, fields["categories"])
    kind = sites.post_kind(code, fields["categories"])
    old = blocks.startswith("\n") and not _begins_with_line_end(blocks, kind, header, ending)
    blocks = blocks.strip("\n") if old or not ending else blocks
    digest, body = None, blocks
    if kind == "emnews":
        if blocks.startswith("> "):
            digest, _, body = blocks[2:].partition("\n\n")
        elif old:
            digest, body = blocks, ""
    return Post(
        code=code,
        kind=kind,
        title=fields["title"],
        time=_time(fields.get("date", ""), code),
        category=fields["categories"],
        tag=fields["tags"],
        link=link,
        digest=digest,
        body=body,
        origin="post-file" if body else "none",
    )


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields of a post, or of a list page's stub, and what stands behind them. Raises FormatError."""
    match = _HEADER.match(text)
    if not match:
        raise FormatError("no front matter")
    fields = _fields_of_toml(match["header"]) if match["fence"] == _TOML else _fields(match["header"])
    return fields, text[match.end() :]


def _begins_with_line_end(blocks: str, kind: str, header: str, ending: str) -> bool:
    """Whether the line end before the blocks is the body's own: the oldest formats have one, and a text behind it."""
    current = "｜[返回首页]" in ending and f" {ZONE}" in header
    return current and (kind != "emnews" or blocks.lstrip("\r\n").startswith("<"))


def _code(name: str, link: str | None, category: str) -> str:
    """The file's name tells it; for one that was renamed, the link. Only the site's own notices have other names."""
    named = FILE_NAME.fullmatch(name.rsplit("/", 1)[-1])
    stem = named["code"] if named else ""
    known = sites.CODE.search(stem.upper())
    linked = sites.code_of_url(link or "")
    renamed = linked if category != sites.SITENEWS else None
    code = known[0] if known else renamed or stem or linked
    if not code:
        raise FormatError("neither the file name nor a link names the article")
    return code


def _time(date: str, code: str) -> str:
    if match := _TIME.fullmatch(date):
        return match["time"].replace("T", " ")
    if told := beijing(date):
        return told
    if sites.CODE.fullmatch(code):
        unknown = f"{sites.day_of(code)} {_UNKNOWN}"
        if date.strip() in {"", ZONE} or beijing(f"{date} {_UNKNOWN}") == unknown:  # or it is the day alone
            return unknown
    raise FormatError(f"date {date!r} is not a time in Beijing")


def tells_time(text: str, post: Post) -> bool:
    """Whether the text tells the time that ``parse`` gave the post; some tell the day alone, or nothing."""
    return not post.time.endswith(_UNKNOWN) or beijing(front_matter(text)[0].get("date", "")) is not None


def _fields(header: str) -> dict[str, str]:
    """The fields as the site writes them, each on a line of its own; else as YAML has them. Raises FormatError."""
    found = {name: value.removesuffix("\r").rstrip(" \t") for name, value in _FIELD.findall(header)}
    title = _PLAIN_TITLE.fullmatch(found.get("title", ""))
    others = [value for key, value in found.items() if key != "title"]
    is_ours = len(found) == len(header.splitlines()) and not any(map(_BEYOND_PLAIN.match, others))
    if title and is_ours and found.get("categories") and found.get("tags"):
        return found | {"title": title[1]}
    try:
        loaded = _YAML.load(header, Loader=yaml.BaseLoader)  # makes strings only
    except (yaml.YAMLError, RecursionError):
        # The source never escaped its titles: what stands between the outer quotes is the title.
        raw = found.get("title", "")
        return found | {"title": raw[1:-1] if len(raw) > 1 and raw[0] == raw[-1] == '"' else raw}
    if not isinstance(loaded, dict):
        raise FormatError("front matter is not a mapping")
    return _texts(loaded)


def _fields_of_toml(header: str) -> dict[str, str]:
    """The fields as Hugo and Zola write them. Raises FormatError."""
    if _LONG_KEY.search(header):
        raise FormatError("front matter with keys of very many parts")
    try:
        loaded = tomllib.loads(header.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FormatError(f"front matter is no TOML: {error}") from None
    lists = loaded.pop(_LISTS_OF_ZOLA, {})
    return _texts(loaded | lists if isinstance(lists, dict) else loaded)


def _texts(loaded: dict[Any, object]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for key, value in loaded.items():
        name, said = _PLURALS.get(str(key), str(key)), _text(str(key), value)
        if said and texts.get(name, said) != said:  # ``tag`` beside ``tags``
            raise FormatError(f"several {name}: a post has one, the medium's, and the others would be lost")
        texts[name] = said or texts.get(name, "")
    return texts


def _text(key: str, value: object) -> str:
    """A field's text; of a list its one item. Raises FormatError for several: a post has one, the medium's."""
    several = [one for one in value if isinstance(one, str)] if isinstance(value, list) else [value]
    if key in _LISTS and len(set(map(str, several))) > 1:
        raise FormatError(f"several {key}: a post has one, the medium's, and the others would be lost")
    if several and isinstance(several[0], date):  # of TOML, whose times are values
        return several[0].isoformat()
    return several[0] if several and isinstance(several[0], str) else ""
