"""Articles that a site cut into pages are joined when every page is there, and are none otherwise."""

from collections.abc import Iterable, Sequence
from operator import itemgetter

from crawler import sites
from crawler.assemble.outcome import Rejected
from crawler.assemble.sift import plain, same_title
from crawler.assemble.versions import in_order, shown_text, version_of
from crawler.items import WHOLE, Article, changed
from crawler.pages.eastmoney import pager
from crawler.pages.eastmoney.media_names import closing_medium
from crawler.sites import MOST_PAGES


class PagesMissing(Rejected):
    """Pages of the article are missing."""


_LEAST = 40
"""Letters and digits of a further page that does not close as articles do: fewer are the message of a server."""


def joined(articles: Iterable[Article]) -> list[Article]:
    """The articles, those of one origin that are pages of one joined in their order.

    Where another page has the article as a whole, the parts give no body. Raises PagesMissing when there is no whole:
    what tells no more than those of the pages that are there is none.
    """
    articles = list(articles)
    known, lacks = put_together(articles)
    if lacks and not any(_is_whole(article, articles) for article in known):
        raise PagesMissing(f"cut by a pager: {lacks[0]}")
    return known


def put_together(articles: Iterable[Article]) -> tuple[list[Article], list[str]]:
    """The articles, parts joined or left without a body; and what those of an origin lack, if anything."""
    known = list(articles)
    parts = [article for article in known if article.part != WHOLE]
    if not parts:
        return known, []
    known, lacks = [article for article in known if article.part == WHOLE], list[str]()
    for origin in sorted({part.origin for part in parts}):
        pages = [part for part in parts if part.origin == origin]
        if (first := _first(pages, known)) and not _holds(first, pages):
            known = [article for article in known if article is not first]
            pages.append(changed(first, text=pager.without_links(first.text or ""), part=(1, 2)))
        elif first:
            continue
        if reason := lacking(pages)[0]:
            known += (changed(page, text=None, part=WHOLE) for page in pages)
            lacks.append(reason)
        else:
            numbered = [page for _, page in sorted(_numbered(pages).items())]
            title = next((page.title for page in numbered if page.title), None)
            body = pager.joined([page.text or "" for page in numbered])
            known.append(changed(numbered[0], title=title, text=body, part=WHOLE))
    return known, lacks


def lacking(pages: Sequence[Article]) -> tuple[str, int]:
    """Why these pages of an article are no whole, "" when they are; and the next page to be had, 0 when none helps.

    They are those of its latest version alone.
    """
    numbered = _numbered(pages)
    most = max((max(page.part) for page in _latest(pages)), default=1)
    if most > MOST_PAGES:
        return f"the article names more than {MOST_PAGES} pages", 0
    if len({page.text for page in numbered.values()}) < len(numbered):
        return "two pages of the article say the same", 0
    if missing := [number for number in range(1, most + 1) if number not in numbered]:
        return f"page {', '.join(map(str, missing))} of the article is not there", missing[0]
    return "", 0


def says_nothing(page: Article) -> bool:
    """Whether a page of several has nothing of its own: links to the others, or the message of a server."""
    said = page.text or ""
    least = 1 if page.part[0] == 1 or closing_medium(said) else _LEAST
    return "<img" not in said.lower() and len(plain(said)) < least


def _numbered(pages: Sequence[Article]) -> dict[int, Article]:
    """The pages by their numbers: of each the one that comes first, as of whole articles."""
    there = [page for page in _latest(pages) if not says_nothing(page)]
    return {page.part[0]: page for page in reversed(there)}


def _latest(pages: Iterable[Article]) -> list[Article]:
    """In their order those that may be of one version with the first of them that says anything."""
    ordered = list(map(itemgetter(0), in_order(pages)))
    head = next((page for page in ordered if not says_nothing(page)), None)
    return [page for page in ordered if head is None or _of_one_version(head, page)]


def _of_one_version(one: Article, other: Article) -> bool:
    """Whether two pages have one title and one time, as far as they tell them."""
    times = {version_of(page)[0] for page in (one, other)} - {0}
    return len(times) < 2 and same_title(one.title, other.title)


def _first(pages: Sequence[Article], known: Sequence[Article]) -> Article | None:
    """The whole article at the address of the first page, where only others are there of the version: it may be it."""
    latest = _latest(pages)
    if not latest or any(page.part[0] == 1 for page in latest):
        return None
    alike = (a for a in known if a.origin == latest[0].origin and a.text and _of_one_version(latest[0], a))
    return next((a for a, _ in in_order(alike) if sites.part_of_url(a.url) == 1), None)


def _holds(article: Article, pages: Iterable[Article]) -> bool:
    """Whether the article says all that the pages of its version say."""
    said = shown_text(article.text or "")
    return all(shown_text(page.text or "") in said for page in _latest(pages))


def _is_whole(article: Article, others: Sequence[Article]) -> bool:
    """Whether its body is more than what the first, the first two, ... of the pages say that are there of several.

    Nor may pages of its own origin be of a later version.
    """
    body = article.text or article.content
    if not body:
        return False
    for origin in {one.origin for one in others if one.part != WHOLE}:
        pages = [one for one in others if one.origin == origin and one.part != WHOLE]
        if not lacking(pages)[0]:
            continue
        if origin == article.origin and 0 < version_of(article)[0] < version_of(_latest(pages)[0])[0]:
            return False
        numbered, said = _numbered(pages), ""
        for number in range(1, len(numbered) + 1):
            said += shown_text(numbered[number].text or "") if number in numbered else "\0"
            if said == shown_text(body):
                return False
    return True
