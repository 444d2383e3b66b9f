"""Pages to the bytes of posts, in the process: against lxml's parse of the page, and against those who extract text."""

from collections.abc import Callable, Iterator
from itertools import count

import lxml.etree
from corpus import busy_page, page, pair
from harness import Found, cpu, interleaved

from crawler import pages, post_format
from crawler.assemble.assembler import Assembler
from crawler.items import Page
from crawler.settings import defaults

_ASSEMBLE = Assembler({**defaults, "USER_AGENT": "bench"})
_PARSER = lxml.etree.HTMLParser(encoding="utf-8")
_numbers = count(1)


def convert(*found: Page) -> bytes:
    """The post that pages of one article give: what they cost on their way, but for the disk."""
    (made,) = _ASSEMBLE([article for each in found for article in pages.read(each).articles])
    assert made.data, made.reason
    return bytes(made.data)


def _post_file(seed: int) -> tuple[Page, ...]:
    made = convert(*pair(seed, 3900))
    post = post_format.parse(made.decode(), f"2022-01-14-NW2022011422481{seed:05d}.md")
    return (Page(url=f"file:///x/{post_format.file_name(post)}", body=made, encoding="utf-8"),)


KINDS: dict[str, tuple[int, Callable[[int], tuple[Page, ...]]]] = {
    "page 5 KB": (24, lambda seed: (page(seed, 5_000, 2_600),)),
    "page 20 KB": (12, lambda seed: (page(seed, 20_000, 6_000),)),
    "page 112 KB": (6, lambda seed: (page(seed),)),
    "page 500 KB": (2, lambda seed: (page(seed, 500_000, 60_000),)),
    "busy page 112 KB": (6, lambda seed: (busy_page(seed),)),
    "pair 17 KB": (12, lambda seed: pair(seed, 3_900)),
    "pair 49+25 KB": (6, lambda seed: pair(seed, 12_200)),
    "post file": (12, _post_file),
}
"""How many are converted together, and the pages of an article of that kind. Ratios are to the parse of the first."""


def measure(found: Found) -> None:
    rounds = found.size(15, 5)
    for name, (number, make) in KINDS.items():
        some = _fresh(number, make)
        took = interleaved(
            {
                "lxml": lambda some=some: cpu(parse, [pages[:1] for pages in next(some)]),
                "ours": lambda some=some: cpu(convert, next(some)),
            },
            rounds,
        )
        found.ratio(f"{name} / lxml", took["ours"], took["lxml"])
        found.figure(name, took["ours"] / number * 1000, "ms")
    _peers(found)


def _fresh(number: int, make: Callable[[int], tuple[Page, ...]]) -> Iterator[list[tuple[Page, ...]]]:
    """The same pages for one parse and one conversion, then others that nothing has seen."""
    while True:
        some = [make(next(_numbers)) for _ in range(number)]
        yield some
        yield some


def parse(found: Page) -> object:
    """lxml's parse of a page, against which pages are measured."""
    return lxml.etree.fromstring(found.body, _PARSER)


def _peers(found: Found) -> None:
    import gne
    import newspaper
    import readability
    import trafilatura

    tasks: dict[str, Callable[[Page], object]] = {
        "finews": convert,
        "trafilatura": lambda p: trafilatura.extract(
            p.body.decode(), output_format="markdown", with_metadata=True, url=p.url
        ),
        "newspaper4k": lambda p: newspaper.article(p.url, input_html=p.body.decode(), language="zh"),
        "gne": lambda p: gne.GeneralNewsExtractor().extract(p.body.decode()),
        "readability-lxml": lambda p: readability.Document(p.body.decode()).summary(),
    }
    some = [page(next(_numbers)) for _ in range(2)]
    took = interleaved(
        {name: lambda task=task: cpu(task, [(one,) for one in some]) for name, task in tasks.items()},
        found.size(5, 1),
    )
    for name, seconds in took.items():
        if name != "finews":
            found.ratio(f"page 112 KB / {name}", took["finews"], seconds)
