"""A run's report as one page of HTML, in Chinese and English, with what others wrote as text and nothing else."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from html import escape
from importlib.resources import files
from itertools import islice
from typing import Any, Final
from urllib.parse import quote

from crawler import exits
from crawler.patterns import compiled
from crawler.printable import printable
from crawler.reports.drawing import draw
from crawler.words import LANGUAGES, LISTS, NUMBERS, WORDS, in_chinese, language, with_reason

CHARTS: Final = {
    "articles-by-day": "Articles written, by day",
    "articles-by-category": "Articles written, by category",
    "new-and-known": "New and known",
    "requests-by-status": "Answers by status, over time",
    "waiting-by-host": "Seconds waited for each host",
    "klines-by-exchange": "K-lines by exchange",
    "body-origins": "Origins of bodies",
}
TOLD: Final = {
    "given_up": "Hosts that were asked for nothing more; the next run asks them",
    "left_alone": "Hosts that were left alone for a while",
    "lists_gone": "Lists that are gone",
    **LISTS,
}
WORKED: Final = "{} articles done"
RETRY: Final = (
    "Later runs try again, at growing distances; `finews quarantine retry ID` has the next one try, `drop` ends that."
)


MOST_TOLD: Final = 10
"""So many are told by name of what the page says beside new articles and failures."""
_LONG: Final = 20
"""Lines; a list of more scrolls by itself, so that the charts are not far below."""
_ON_THE_WEB = compiled(r"https?://", re.IGNORECASE)
_SAFE: Final = "%/:=&?~#+!$,;@()*[]"
_PAGE: Final = """<!DOCTYPE html>
<html lang="mul"><head><meta charset="utf-8"><title>{title}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; \
form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<style>{style}</style></head>
<body><input type="radio" name="lang" id="lang-zh"{zh}> <label for="lang-zh">中文</label>
<input type="radio" name="lang" id="lang-en"{en}> <label for="lang-en">English</label>
<main>{main}</main></body></html>
"""


def page(
    report: Mapping[str, Any], earlier: Iterable[tuple[Mapping[str, Any], bool]] = (), places: Mapping[str, str] = {}
) -> str:
    """The page of a run; ``earlier``: what the reports of runs before say at their top, and whether there is a page.

    ``places``: by their names where posts lie below the output folder, if not in ``_posts`` itself.
    """
    style, digest = _style()
    parts = [_head(report), _new(report, places), *(part(report) for part in (_failed, _told, _workers, _charts))]
    title = f"finews {_text(report['run'])}: {report['exit_code']}"
    spoken = {lang: " checked" * (lang == language()) for lang in LANGUAGES}
    return _PAGE.format(title=title, digest=digest, style=style, main="\n".join([*parts, _earlier(earlier)]), **spoken)


@cache
def _style() -> tuple[str, str]:
    style = files(__package__).joinpath("page.css").read_text("utf-8")  # the package may be a zip
    return style, b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _text(foreign: object) -> str:
    return escape(printable(str(foreign)))


def _both(words: str, chinese: str = "") -> str:
    """The words in both languages, one of which is hidden."""
    said = (("zh", chinese or in_chinese(words)), ("en", words))
    return "".join(f'<span lang="{lang}">{escape(text)}</span>' for lang, text in said)


@lru_cache(4096)
def _reason(reason: str) -> str:
    """A reason, which is stored in English: in both languages where there is Chinese for it."""
    told = printable(reason)
    chinese = next((one for one in (in_chinese(told), with_reason(told, in_chinese)) if one != told), "")
    return _both(told, chinese) if chinese else escape(told)


def _section(words: str, number: int, lines: Sequence[str], before: str = "") -> str:
    """A heading with a number and a list of HTML; nothing where there is nothing."""
    if not number:
        return ""
    items = "\n".join(f"<li>{line}</li>" for line in lines)
    long = ' class="long" tabindex="0"' if len(lines) > _LONG else ""
    rest = number - len(lines)
    more = _both(f"and {rest} more") if rest else ""
    return f"<section><h2>{_both(words)} {number}</h2>{before}\n<ul{long}>{items}</ul>{more}</section>"


def _link(address: str, text: str) -> str:
    """The text as a link; the address is one of the web, or of a file beside the page."""
    href = escape(quote(address, safe=_SAFE, errors="replace"))
    return f'<a href="{href}" rel="noreferrer">{_text(text)}</a>'


def _web_link(address: str, text: str) -> str:
    return _link(address, text) if _ON_THE_WEB.match(address) else _text(text)


def _numbers(report: Mapping[str, Any]) -> str:
    names = [name for name in NUMBERS if name != "unfinished" or report.get(name)]
    told = [WORDS[name].format(report.get(name, 0)) for name in names]
    chinese = in_chinese(", ").join(map(in_chinese, told))
    return _both(f"Articles: {', '.join(told)}. ", in_chinese("Articles: {}. ").format(chinese))


def _counted(name: str, number: int) -> str:
    """A number beside its word, or beside the name of something."""
    return _both(WORDS[name].format(number)) if name in NUMBERS else f"{_text(name)} {number}"


def _head(report: Mapping[str, Any]) -> str:
    code, run = report["exit_code"], report["run"]
    began, ended = (report[name][:19].replace("T", " ") for name in ("started", "ended"))
    meaning = exits.WORDS.get(code, "").partition(": see ")[0]  # what a terminal has above
    invented = "All of them are invented: they are the stand-in site's."
    return (
        f"<h1>finews {_text(run)}</h1>\n"
        f'<p class="faint">{_text(began)} – {_text(ended)} UTC · {_link(f"{run}.json", f"{run}.json")}</p>\n'
        f'<p class="outcome{" good" * (code == exits.OK)}">{_both(f"Exit {code}: {meaning}. ")}'
        f"{_numbers(report)}{_both(invented) if report.get('invented') else ''}</p>"
    )


def _new(report: Mapping[str, Any], places: Mapping[str, str]) -> str:
    lines = []
    for one in report["new"]:
        code, file = one["code"], f"../{places.get(one['file'], '_posts/' + one['file'])}"
        title = _web_link(one["link"], one["title"]) if code in one["link"] else _link(file, one["title"])
        lines.append(f"{title} <small>{_link(file, one['file'])}</small>")
    return _section("New articles", report["written"], lines)


def _failed(report: Mapping[str, Any]) -> str:
    lines = [
        f"{_text(one['title'] or one['id'])}: {_reason(one['reason'])} <small>{_web_link(one['url'], one['url'])} · "
        f"{_link('../' + one['file'], one['file'])}</small>"
        for one in report["failed"]
    ]
    return _section("Failed", len(lines), lines, f'<p class="faint">{_both(RETRY)}</p>')


def _told(report: Mapping[str, Any]) -> str:
    parts = []
    for name, words in TOLD.items():
        told = report.get(name) or ()
        named = told.items() if isinstance(told, dict) else [(line, "") for line in told]
        lines = [f"{_text(key)}: {_reason(why)}" if why else _reason(key) for key, why in islice(named, MOST_TOLD)]
        parts.append(_section(words, len(told), lines))
    reasons = [f"{number} × {_reason(reason)}" for reason, number in report["reasons"].items()]
    return "".join(parts) + _section("Reasons", len(reasons), reasons[:MOST_TOLD])


def _workers(report: Mapping[str, Any]) -> str:
    """Those of a shared crawl; one that never left died."""
    lines = []
    for one in report.get("workers") or ():
        began, left = (str(one[name] or "")[:19].replace("T", " ") for name in ("started", "left"))
        when = _both(f"{began} – {left} UTC" if left else f"{began} UTC, died")
        lines.append(f"{_text(one['name'])}: {_both(WORKED.format(one['articles']))} <small>{when}</small>")
    return _section("Workers", len(lines), lines)


def _charts(report: Mapping[str, Any]) -> str:
    figures = []
    for name, chart in report["charts"].items():
        series = chart["series"]
        legend = [
            f'<small><i class="color-{number}"></i>{_counted(one, sum(values))}</small> '
            for number, (one, values) in enumerate(series.items())
        ]
        drawn = draw(chart) or f'<p class="faint">{_both("none")}</p>'
        caption = f"{_both(CHARTS[name])}{''.join(['<br>', *legend]) if len(series) > 1 else ''}"
        figures.append(f'<figure id="chart-{name}"><figcaption>{caption}</figcaption>{drawn}</figure>')
    return f'<section><h2>{_both("Charts")}</h2><div class="charts">{"".join(figures)}</div></section>'


def _earlier(earlier: Iterable[tuple[Mapping[str, Any], bool]]) -> str:
    lines = []
    for report, has_page in earlier:
        run, code = report["run"], report["exit_code"]
        name = _link(f"{run}.html", run) if has_page else _text(run)
        lines.append(f"{name} {_both(f'exit {code}')}: {_numbers(report)}")
    return _section("Runs before", len(lines), lines)
