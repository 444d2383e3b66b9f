"""Which files belong to a page that a browser saved "complete": those of its ``_files`` folder."""

from collections.abc import Callable, Iterable

from crawler.sources import COMPANION_FOLDERS

_PAGES = (".html", ".htm", ".xhtml")


def companions(names: Iterable[str]) -> Callable[[str], str | None]:
    """Give a function that names the page that a file belongs to, None for files of their own.

    :param names: the paths of all files, with slashes.
    """
    pages = {name.rsplit(".", 1)[0]: name for name in names if name.lower().endswith(_PAGES)}

    def owner(name: str) -> str | None:
        parts = name.split("/")
        for depth, part in enumerate(parts[:-1]):
            for ending in COMPANION_FOLDERS:
                if part.endswith(ending):
                    page = pages.get("/".join([*parts[:depth], part.removesuffix(ending)]))
                    if page is not None:
                        return page.rsplit("/", 1)[-1]
        return None

    return owner
