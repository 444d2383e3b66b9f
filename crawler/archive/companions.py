"""Which files belong to a page: those of the ``_files`` folder that a browser saved with it, but for other pages.

So does what ArchiveBox keeps of the page beside SingleFile's copy: without an address, and once more.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from crawler import sites
from crawler.archive import detect, page_file
from crawler.archive.entry import Entry, reporting_errors
from crawler.archive.model import ReadResult, Skipped, printable
from crawler.archive.saved_url import article_in
from crawler.items import Page

_PAGES = (".html", ".htm", ".xhtml")
_SNAPSHOT, _COPY, _DUMP = "index.json", "singlefile.html", "output.html"
"""What ArchiveBox calls the record of a page, SingleFile's copy, and the browser's dump, which has no address."""


def companions(names: Iterable[str]) -> Callable[[str], str | None]:
    """Give a function that names the path of the page that a file belongs to, None for files of their own.

    :param names: the paths of all files, with slashes; not looked at before a file may have an owner.
    """

    @cache
    def known() -> tuple[dict[str, str], set[str]]:
        every = list(names)
        places = [name.rpartition("/") for name in every if name.endswith((_SNAPSHOT, _COPY))]
        recorded, copied = ({folder for folder, _, file in places if file == word} for word in (_SNAPSHOT, _COPY))
        pages = {name.rsplit(".", 1)[0]: name for name in every if name.lower().endswith(_PAGES)}
        return pages, recorded & copied

    def owner(name: str) -> str | None:
        folder, slash, file = name.rpartition("/")
        if file == _DUMP and folder in known()[1]:
            return f"{folder}{slash}{_COPY}"
        parts = name.split("/")
        for depth, part in enumerate(parts[:-1]):
            for ending in sites.COMPANION_FOLDERS:
                if part.endswith(ending):
                    page = known()[0].get("/".join([*parts[:depth], part.removesuffix(ending)]))
                    if page is not None:
                        return page
        return None

    return owner


def may_be_page(name: str) -> bool:
    """Tell by its name whether a companion must be looked at: there may be thousands, and hardly one is a page."""
    return detect.suffix(name) in detect.PAGE_SUFFIXES | {""}


def skipped(source: str, owner: str) -> Skipped:
    """Tell of a companion of the page at the path ``owner``."""
    return Skipped(source, f"asset: of {printable(owner.rpartition('/')[2])}")


def read(entry: Entry, owner: str, told: Callable[[str], str]) -> Iterator[ReadResult]:
    """Read a companion that may be a page: it is one when it tells an article, and another than its owner does.

    :param told: gives the code of the article that the page at a path tells; asked when there is one to compare it to.
    """

    def reader(entry: Entry) -> Iterator[ReadResult]:
        entry.look()
        if detect.begins_as_html(entry.head) or detect.is_reply(entry.head):
            page = page_file.page(entry, entry.everything())
            code = sites.digits(article_in(page))
            if code and code != sites.digits(told(owner)):
                yield page
                return
        yield skipped(entry.source, owner)

    yield from reporting_errors(entry, reader)


def article_of(found: Iterable[ReadResult]) -> str:
    """Give the code of the article that the page in a file tells."""
    return next((article_in(page) for page in found if isinstance(page, Page)), "")
