"""What a tool or a person took off an article's page: plain text or Markdown, headed by address, title and time."""

import re
from itertools import takewhile
from typing import NamedTuple

from crawler import sites
from crawler.items import Article
from crawler.pages.eastmoney.media_names import closing_medium, medium
from crawler.pages.eastmoney.page_head import A_NAME, is_in_words
from crawler.pages.eastmoney.prose import without_site
from crawler.pages.identity import code_at, one_code
from crawler.pages.markdown_line import CLOSING, linked_heading, paragraph
from crawler.pages.record_fields import CUT_OFF
from crawler.pages.unreadable import Unreadable
from crawler.patterns import compiled
from crawler.times import beijing
from crawler.urls import hostname

_HEAD = 4096
_FIELD = compiled(
    r"(?:[->*+] )?(?:\*\*)?[\"']?(?P<key>[A-Za-z\u4e00-\u9fff][\w -]{0,24}?)[\"']?(?:\*\*)?[ \t]*[:：](?:\*\*)?[ \t]*"
    r"(?P<value>.*)"
)
_ADDRESS = compiled(r"<?(?P<url>https?://[^\s<>\"]{5,300})>?", re.IGNORECASE)
_KEYS = {
    name: frozenset(keys.split("|"))
    for name, keys in {
        "url": "url|url source|source url|source_url|link|source|permalink|canonical|original_url|sourceurl|original"
        "|链接|原文链接|原文地址|文章链接|新闻链接|原文|网址|地址|来源",
        "title": "title|标题",
        "time": "published time|published|publish_time|pubdate|pub_date|published_at|date|time"
        "|发布时间|发布日期|发表时间|时间|日期",
        "medium": "media|medium|来源|文章来源|媒体|source",
        "": "author|作者|description|hostname|sitename|site|tags|categories|id|fingerprint|language|markdown content"
        "|editor|责任编辑|编辑|created",
    }.items()
}
"""What the lines of a head are called: of an address, a title, a time, a medium, and of what is no matter here."""
_LINES, _LINE = 12, 100
"""Lines of a head, and characters of a line in it that has no name."""
_SENTENCE_ENDS = ("。", "！", "？", "；")
_BLOCK = compiled(r"<(?:p|div|br|table|img)\b", re.IGNORECASE)
_PROSE, _PHRASE = compiled("[，。！？；]|.{61}"), compiled("[，。！？；]|[\u4e00-\u9fff]{5}|.{61}")
"""What stands in no field of a head but the title; and in none with a Chinese name of what is no matter here."""
_OF_MACHINE = compiled(r"[A-Z][a-z]{2,8} \d{1,2}, 20\d\d,? (?:at )?\d{1,2}:\d\d(?::\d\d)?\s[AP]M\Z")
"""How a program writes a time of the zone in which its machine stands."""
_ROW = compiled(r"\|.*\||```|~~~")
_LINKS = compiled(r"(?:[*+-] +)?(?:\[[^\[\]]{0,100}\]\([^()\s]{0,300}\)[ |｜·>]*)+")
_BLOCK_FIELD = compiled(r"(?:content|text|body|html|article|正文|内容)[ \t]*:[ \t]*[|>][+-]?[1-9]?", re.IGNORECASE)
"""A field of YAML whose value is in the lines behind it."""
_ZONE = "(GMT+8, Asia/Shanghai, CST)"  # before the time of a post's page
_TOML, _VALUE = "+++", compiled(r"\A(\w{1,24}) ?= ?")
_MARKED = compiled(r"(?:【|\*\*)(?P<title>[^【】*]+)(?:】|\*\*)")
"""A title that somebody put in signs of its own."""
_SIGNPOST = compiled(r"[^，。！？；：]{1,60}")
"""What stands above a page's heading: its way there, names of columns."""
_TEXT = "(?:正文|正文内容|文章内容|新闻内容|内容|content)"
_BETWEEN = compiled(
    rf"[-=_*—]{{3,}}|(?:文章)?[来來]源\s*[：:]\s*[^，。！？；]{{1,20}}|(?:#+ |\*\*|[【\[]){_TEXT}[\W_]*"
    r"|\[(?:Read|阅读|查看|打开)[^\[\]]{0,20}\]\([^()\s]{1,300}\)|#+ \[[^\[\]]{1,40}\]\(https?://[^/()\s]+/?\)",
    re.IGNORECASE,
)
"""What stands between a head and its text: a rule, the medium again, a heading that says no more than what follows, a
clipper's link, and the site's name, which leads home."""
_LABEL = compiled(rf"{_TEXT}\s*[：:]\s*", re.IGNORECASE)
_LEAST_TEXT, _NOTICE = 40, compiled("声明|风险|免责|立场|版权")
"""Letters of a line behind the closing one that may be the article's, if it is no notice of the page's."""
_EXCERPT = compiled(r">\s*(?:#+\s*)?(?:Excerpt|摘要)", re.IGNORECASE)
_UNCLEAR = "a text with an article's address, of which nobody can tell title and time: save the page itself"

_OF = "http://finance.eastmoney.com/a/202201142248170578.html"
EXAMPLES = (
    ("", f"---\ntitle: 题\nurl: {_OF}\ndate: 2022-01-14 13:02\n---\n正文一段。\n（文章来源：甲报）"),
    ("", f'+++\ntitle = "题"\nurl = "{_OF}"\ndate = 2022-01-14\n+++\n正文一段。\n（文章来源：甲报）'),
    ("", f"{_OF}\n题\n2022年01月14日 13:02 来源：甲报\n正文一段。\n"),
)


class _Head(NamedTuple):
    """What the first lines say, by the names of ``_KEYS``, and the lines behind them."""

    said: dict[str, str]
    rest: list[str]


def matches(url: str, text: str) -> bool:
    """Whether the text begins with the address of an article, in a line or a field of its own."""
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    if head[:1] in {"", "<", "{", "["} or "://" not in head or "\nlayout:" in head:
        return False
    said, rest = _head(head)
    return "url" in said and ("title" in said or any(len(line) > _LINE for line in rest))


def read(url: str, text: str) -> tuple[Article, ...]:
    """The article of such a text; raises Unreadable where it is not clear which it is, or whether the text is whole."""
    said, rest = _head(text)
    address, named = said["url"], without_site(said.get("title", ""))
    code = one_code(code_at(url), _article_at(address))
    lines = _own(rest, named, said)
    if not code or not named or not _is_timely(said.get("time"), code, lines):
        raise Unreadable(_UNCLEAR)
    closings = {line for line in rest if CLOSING["em_media"].fullmatch(line)}
    if len(closings) > 1 or set(map(_named_by, rest)) - {sites.digits(code), ""}:
        raise Unreadable("several articles in one text: split it")
    body = "\n".join(lines)
    if not body or CUT_OFF.search(body) or f"/{sites.EMNEWS}/" in address:  # where a digest stands above the body
        raise Unreadable("a text with an article's address, which is not the whole of it")
    if not _BLOCK.search(body):
        if any(map(_ROW.match, lines)) or sum(_LINKS.fullmatch(line) is not None for line in lines) > 2:
            raise Unreadable("a text with tables, code or a page's links in it: save the page itself")
        body = "".join(map(paragraph, lines))
    name = closing_medium(body) or medium(said.get("medium", ""))
    tag = sites.tag_of(name) if name else None
    code, time = sites.digits(code), beijing(said.get("time"))
    return (Article(code=code, origin="extraction", url=address, title=named, time=time, tag=tag, text=body),)


def _own(lines: list[str], title: str, said: dict[str, str]) -> list[str]:
    """Give the article's own lines: without the page's way to its heading, what the head says again, and its end."""

    def is_title(line: str) -> bool:
        return without_site(line.lstrip("# ").strip()) == title

    heading = next((at for at, line in enumerate(lines[:_LINES]) if line.startswith("#") and is_title(line)), 0)
    if all(_stamp(line, said) or _SIGNPOST.fullmatch(line) for line in lines[:heading]):
        lines = lines[heading:]
    again = takewhile(lambda line: is_title(line) or _stamp(line, said) or _BETWEEN.fullmatch(line), lines)
    lines = lines[sum(1 for _ in again) :]
    lines[:1] = filter(None, (line[label.end() :] if (label := _LABEL.match(line)) else line for line in lines[:1]))
    closing = max((at for at, line in enumerate(lines, 1) if CLOSING["em_media"].fullmatch(line)), default=len(lines))
    others = (line for line in lines[closing:] if len(line) >= _LEAST_TEXT and not _NOTICE.search(line))
    return lines[:closing] if all(_ADDRESS.fullmatch(line) or _LINKS.fullmatch(line) for line in others) else lines


def _is_timely(told: str | None, code: str, lines: list[str]) -> bool:
    """Tell whether a text is of an article's day; one that tells no day closes as articles do: it is no note on one."""
    if told is None:
        return closing_medium("\n".join(lines)) is not None
    return beijing(told) is not None or (beijing(f"{told} 00:00") or "")[:10] == sites.day_of(code)


def _article_at(text: str) -> str:
    """Give the digits of the article whose address a text is, "" when it is none of a host of ours."""
    found = _ADDRESS.fullmatch(text)
    host = hostname(found["url"]) if found else ""
    is_ours = found and (sites.KNOWN.is_article_host(host) or host in sites.SITE_HOSTS)
    return sites.digits(code_at(found["url"]) or "") if found and is_ours else ""


def _named_by(line: str) -> str:
    """Give the digits of the article whose address a line is, or a field in it, or a heading leads to."""
    said: dict[str, str] = {}
    _field(line, said)
    return _article_at(linked_heading(line) or said.get("url", line))


def _head(text: str) -> _Head:
    """Read the fields in front matter, or the first lines as long as they are fields, an address, title or time."""
    lines = [kept for line in text.splitlines() if (kept := line.removeprefix(_ZONE).strip(" \t\u3000\xa0\ufeff"))]
    fence = lines[0] if lines and lines[0] in ("---", _TOML) else ""
    end = next((at for at, line in enumerate(lines[1:], 1) if line == fence), 0) if fence else 0
    if fence == _TOML:
        lines[1:end] = [_VALUE.sub(r"\1: ", line, count=1) for line in lines[1:end]]
    said: dict[str, str] = {}
    at = 0
    for at, line in enumerate(lines[1:end] if end else lines):
        if end:
            _field(line, said)
        elif at > _LINES or not (_field(line, said) or _unnamed(line, said)):
            break
    else:
        at += 1
    return _Head(said, _clipped(lines[end + 1 :], said) if end else lines[at:])


def _clipped(lines: list[str], said: dict[str, str]) -> list[str]:
    """The lines behind front matter, where a heading has the title, without the excerpt that clippers put below it."""
    if lines and "title" not in said and lines[0].startswith("# "):
        said["title"] = lines[0].lstrip("# ")
    quoted = next((at for at, line in enumerate(lines[1:], 1) if not line.startswith(">")), 1)
    if quoted > 1 and _EXCERPT.fullmatch(lines[1]) and lines[quoted] == "---":
        return [lines[0], *lines[quoted + 1 :]]
    return lines


def _field(line: str, said: dict[str, str]) -> bool:
    """Take what a line with a name says; tell whether it has one, and says what a head does and no article."""
    if _BLOCK_FIELD.fullmatch(line):
        return True
    field = _FIELD.fullmatch(line)
    names = [name for name, keys in _KEYS.items() if field and field["key"].strip().lower() in keys]
    value = field["value"].strip(" \t\"'[]").partition("](http")[0] if field else ""
    is_of_head = bool(names) and not value
    unfit = _PROSE if field and field["key"].isascii() else _PHRASE
    for name in names if value else ():
        if not name or (_article_at(value) != "") != (name == "url"):
            is_of_head |= "://" in value or (not name and unfit.search(value) is None)
        elif name == "url" or name not in said:
            is_of_head |= name in {"url", "title"} or _PROSE.search(value) is None
            said.setdefault(name, value.strip("<>"))
        else:
            is_of_head |= value == said[name]
    return is_of_head


def _unnamed(line: str, said: dict[str, str]) -> bool:
    """Take an address, a title, or a line with time and medium; tell whether the line is one."""
    if _article_at(line):
        is_first = "url" not in said
        said.setdefault("url", line.strip("<>"))
        return is_first
    if _OF_MACHINE.search(line) or _stamp(line, said):
        return True
    if "title" in said or len(line) > _LINE or line.endswith(_SENTENCE_ENDS):
        return False
    title = line.lstrip("# ")
    said["title"] = marked["title"] if (marked := _MARKED.fullmatch(title)) else title
    return True


def _stamp(line: str, said: dict[str, str]) -> bool:
    """Take a line with time and medium; tell whether it is one."""
    if len(line) > _LINE or line.endswith(_SENTENCE_ENDS) or not (time := beijing(line)):
        return False
    known = beijing(said.get("time"))
    is_another = known is not None and known[:16] != time[:16]
    if (known and sites.days_apart(known, time)) or is_in_words(line, 0 if is_another else A_NAME):
        return False
    if not beijing(said.get("time")):
        said["time"] = time
    if "源" in line and (name := medium(line)):
        said.setdefault("medium", name)
    return True
