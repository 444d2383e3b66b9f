"""Articles by their links or codes alone: East Money tells of them, and their bodies come by origin."""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from scrapy import Request

from crawler import sites
from crawler.items import Candidate
from crawler.middlewares.host_state import hosts_of
from crawler.pages import identity
from crawler.pages.encoding import decode
from crawler.spiders.articles import ArticleSpider, Search
from crawler.spiders.failures import Failed
from crawler.store.frontier import Task, Validators
from crawler.urls import urlsplit

_HAS_COMMAS = re.compile(r"/(?:news/\d+|article(?:,\d+)*)\Z")
"""How an address goes on behind a comma: ``/news/<column>,<id>.html``, ``/article,8,344,1,<id>.shtml``."""
_ENDS: dict[str, Any] = {"written": "unchanged"}


class ShareSpider(ArticleSpider):
    """``-a links=FILE`` (a line each), ``-a links=LINK,CODE,…`` or ``-a links=-`` for stdin; ``-a full=1``."""

    name = "share"
    host = site = ""

    def __init__(self, links: str = "", full: str = "", **kwargs: Any) -> None:
        super().__init__()
        if unknown := [name for name in kwargs if not name.startswith("_")]:
            raise ValueError(f"unknown argument {', '.join(unknown)}: there are links and full")
        self.full = full not in {"", "0"}
        self._links: dict[str, str] = {}
        """By news id the address that was given, of several the first."""
        self._wrong: list[str] = []
        self._codes: dict[str, str] = {}
        """The codes of these articles, with their states before this run."""
        for number, line in enumerate(_lines(links), 1):
            if code := code_of(line):
                self._links.setdefault(sites.digits(code), line)
            elif line.strip():
                self._wrong.append(f"{number}: {line.strip()[:200]}")
        if not self._links and not self._wrong:
            raise ValueError("no links: say links=FILE, links=LINK,CODE,… or links=- for those that come by stdin")

    def known(self) -> Iterable[str]:
        """The articles that were named; those of them that nobody knew are pending now."""
        self._codes = {**self.run.ledger.expect(list(self._links), self.name)}
        return self._codes

    def due(self) -> list[Task]:
        """Those of them for which something is to be asked, and what an earlier run of the kind left undone."""
        ledger, worse = self.run.ledger, self.run.worse
        named = ledger.due(self.name, full=self.full, worse=worse, codes=list(self._codes))
        others = [task for task in ledger.due(self.name, worse=worse) if task.code not in self._codes]
        return [*named, *others]

    def begin(
        self, due: Iterable[Task], lists: Mapping[str, Validators], categories: Iterable[str]
    ) -> Iterator[Request]:
        """The articles that are due; all others are as they were."""
        self.run.notes["wrong_lines"] += self._wrong
        tasks = {task.code: task for task in due}
        for code in self._codes.keys() - tasks.keys():
            self.run.book(code, _ENDS.get(self._codes[code], self._codes[code]))
        self.run.found.update(tasks)
        for task in tasks.values():
            link = self._links.get(sites.digits(task.code))
            complete = task.origin is not None and not task.rough
            yield from self.search(Search(Candidate(task.code, ()), link, task.origin, complete))  # type: ignore[misc]

    def unlisted(self) -> Iterator[Request]:
        """None: what was named is asked for by its code."""
        yield from ()

    def end_of_search(self, search: Search, found: Candidate) -> Iterator[Request | Candidate]:
        """A post of what was found; without a body the best reason there is, or none while hosts may be blocked."""
        failures = search.failures
        if any(article.text or article.content for article in found.articles):
            yield found
        elif search.have is not None:
            if not failures or not all(failed.refused for failed in failures):
                yield found  # what is on disk stays, and waits for its next try
        else:
            yield from self._without_body(found.code, [failed for failed in failures if not failed.refused])

    def _without_body(self, code: str, failures: list[Failed]) -> Iterator[Request]:
        """Book why there is no article; it stays pending where hosts that may have it are blocked, or may be."""
        hosts = hosts_of(self.crawler)
        failures.sort(key=lambda failed: bool(failed.withdrawn))
        sure = [one for one in failures if one.url not in hosts[urlsplit(one.url).hostname or ""].doubtful]
        if sure and sure[0].withdrawn:
            self.run.withdrawn(sure[0].withdrawn, code)
        elif sure:
            self.run.quarantined(code, sure[0].reason, sure[0].page)
        elif failures:
            yield from self.no_article(code, failures[0])
        if not failures or hosts[urlsplit(failures[0].url).hostname or ""].blocked:
            self.run.counts["refused/posts"] += 1
            self.run.counts["refused/heard"] += hosts.heard


def code_of(line: str) -> str | None:
    """The infoCode or news id that a line is, or that the address in it names, as any site of ours spells it."""
    text = line.strip(" \t\r\n<>\"'")
    if sites.CODE.fullmatch(text.upper()):
        return text.upper()
    return identity.code_at(text) or identity.code_at(text.upper())


def _lines(links: str) -> list[str]:
    """The lines of the file, of stdin, or what stands between commas; raises ValueError."""
    path = Path(links)
    try:
        if links == "-":
            data = sys.stdin.buffer.read()
        elif links and _is_there(path):
            data = path.read_bytes()
        else:
            data = None
    except OSError as error:
        raise ValueError(f"links={links[:200]}: {error.strerror}") from None
    if data is not None:
        return decode(data, None).lstrip("\ufeff").splitlines()
    said = _between_commas(links)
    if links.strip() and not any(map(code_of, said)):
        raise ValueError(f"links={links[:200]}: no such file, and neither a link of an article nor a code")
    return said


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # too long for a name: many links
        return False


def _between_commas(text: str) -> list[str]:
    """The pieces between commas, those of an address that has some itself in one."""
    pieces: list[str] = []
    for piece in text.split(","):
        if pieces and _HAS_COMMAS.search(pieces[-1]):
            pieces[-1] += f",{piece}"
        else:
            pieces.append(piece)
    return pieces
