"""Articles by their links or codes alone: East Money tells of them, and their bodies come by origin."""

import hashlib
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar, Self

from scrapy import Request
from scrapy.crawler import Crawler

from crawler import sites
from crawler.items import Candidate
from crawler.pages import identity
from crawler.pages.encoding import decode
from crawler.patterns import compiled
from crawler.spiders.articles import ArticleSpider
from crawler.spiders.search import Search
from crawler.store.frontier import Task, Validators

_HAS_COMMAS = compiled(r"/(?:news/\d+|article(?:,\d+)*)\Z")
"""How an address goes on behind a comma: ``/news/<column>,<id>.html``, ``/article,8,344,1,<id>.shtml``."""
_ENDS: dict[str, Any] = {"written": "unchanged"}


class ShareSpider(ArticleSpider):
    """Asks for the articles that links or codes name."""

    name = "share"
    arguments: ClassVar[dict[str, str]] = {
        "links": "FILE with a link or code a line, LINK,CODE,… themselves, or - for those that come by stdin",
        "full": "1: ask again for those that are known, too",
    }
    host = site = ""
    all_of: None = None

    def __init__(self, links: str = "", full: str = "", **kwargs: Any) -> None:
        super().__init__(full=full, **kwargs)
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

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The spider, whose job is what the links name, wherever they stand."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        named = hashlib.sha256("\n".join([*sorted(spider._links.values()), *spider._wrong]).encode()).hexdigest()  # noqa: SLF001
        spider.job = f"{cls.name} of {len(spider._links)} links ({named[:12]}){' full=1' if spider.full else ''}"  # noqa: SLF001
        return spider

    def known(self) -> Iterable[str]:
        """The articles that were named; those of them that nobody knew are pending now."""
        self.run.notes["wrong_lines"] = self._wrong
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
        tasks = {task.code: task for task in due}
        for code in self._codes.keys() - tasks.keys():
            self.run.book(code, _ENDS.get(self._codes[code], self._codes[code]))
        self.run.found.update(tasks)
        yield from self.begin_searches(map(self._search_of, tasks.values()))  # type: ignore[misc]

    def _search_of(self, task: Task) -> Search:
        link = self._links.get(sites.digits(task.code))
        return Search(Candidate(task.code, ()), link, task.origin, task.origin is not None and not task.rough)


def code_of(line: str) -> str | None:
    """The infoCode or news id that a line is, or that the address in it names, as any site of ours spells it."""
    text = unicodedata.normalize("NFKC", line).strip(" \t\r\n<>\"'")
    if sites.CODE.fullmatch(text.upper()):
        return text.upper()
    return identity.code_at(text) or identity.code_at(text.upper())


def _lines(links: str) -> list[str]:
    """The lines of the file, of stdin, or what stands between commas; raises ValueError."""
    try:
        if links == "-":
            data = sys.stdin.buffer.read()
        elif os.path.exists(links):  # noqa: PTH110 - many links are too long for a name
            data = Path(links).read_bytes()
        else:
            data = None
    except OSError as error:
        raise ValueError(f"links={links[:200]}: {error.strerror}") from None
    if data is not None:
        return decode(_without_stray_nuls(data), None).lstrip("\ufeff").splitlines()
    said = _between_commas(links)
    if links.strip() and not any(map(code_of, said)):
        raise ValueError(f"links={links[:200]}: no such file, and neither a link of an article nor a code")
    return said


def _without_stray_nuls(data: bytes) -> bytes:
    """The bytes without NULs, where they are UTF-8 then: one of them would make UTF-16 of a short text."""
    bare = data.replace(b"\0", b"")
    try:
        bare.decode("utf-8")
    except UnicodeDecodeError:
        return data
    return bare


def _between_commas(text: str) -> list[str]:
    """The pieces between commas, those of an address that has some itself in one."""
    pieces: list[str] = []
    for piece in text.split(","):
        if pieces and _HAS_COMMAS.search(pieces[-1]):
            pieces[-1] += f",{piece}"
        else:
            pieces.append(piece)
    return pieces
