"""The site that a real Jekyll makes of our posts: every post has its page, and shows what it is to show."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from full_or_small import size
from jekyll.built_page import BuiltPage, links, parse, report, text_of
from jekyll.built_site import BuiltSite
from jekyll.post_case import shown

pytestmark = pytest.mark.timeout(300)


def every(site: BuiltSite, fault: Callable[[BuiltPage], str | bool | None], hostile: bool = True) -> None:
    """Check each page; all that is wrong is told at once."""
    pages = [page for page in site.pages.values() if hostile or not page.written.case.hostile]
    assert len(pages) >= size(300, 1000)
    found = [(page.written.case.name, page.written.case.profile, wrong) for page in pages if (wrong := fault(page))]
    assert not found, report(found)


@pytest.mark.long
def test_cases_are_written_and_verified(site: BuiltSite):
    sorts = [written.case.sort for written in site.written]
    assert {sort: sorts.count(sort) for sort in ("made media", "made emnews")} == {
        "made media": size(240, 800),
        "made emnews": size(60, 200),
    }
    assert sum(sort.startswith("hostile") for sort in sorts) >= 300
    assert "golden" in sorts, "tests/body/golden holds no bodies"
    # A hostile body of which nothing is to be seen once it is clean makes no post, nor does text with half a character.
    refused = [
        (case.name, reason)
        for case, reason in site.refused
        if not (case.hostile and reason.startswith("no body"))
        and not ((case.hostile or "\ud800" in case.post.title + (case.post.digest or "")) and "damaged text" in reason)
    ]
    assert not refused, report(refused)
    assert len(site.refused) < 40


def test_every_post_has_its_page_under_its_url(site: BuiltSite):
    found = {code: f"/{page.file.relative_to(site.folder)}" for code, page in site.pages.items()}
    wrong = [(w.case.name, w.url, found.get(w.post.code)) for w in site.written if found.get(w.post.code) != w.url]
    assert not wrong, report(wrong)


def test_every_post_is_on_its_list_page(site: BuiltSite):
    lists, missing = {}, []
    for written in site.written:
        slug = written.post.category
        file = site.folder / ("emnews/index.html" if slug == "emnews" else f"category/{slug}.html")
        if slug not in lists and file.is_file():
            lists[slug] = links(parse(file))
        if slug.split() == [slug] and lists.get(slug, {}).get(written.url) is None:  # Jekyll splits others at blanks
            missing.append((written.case.name, slug))
    assert len(lists) > 30
    assert not missing, report(missing)


def test_titles_show(site: BuiltSite):
    def fault(page: BuiltPage) -> str | None:
        wanted = text_of(page.written.post.title)
        return None if page.title == wanted else f"{page.title!r} instead of {wanted!r}"

    every(site, fault)


def test_titles_of_good_will_show_as_they_were(site: BuiltSite):
    every(site, lambda page: page.title != shown(page.written.case.post.title) and f"{page.title!r}", hostile=False)


def test_front_matter_is_read(site: BuiltSite):
    every(site, lambda page: "layout: post" in page.file.read_text("utf-8").partition("<body>")[2])


def test_text_shows_whole(site: BuiltSite):
    """The page shows the words of the cleaned body, and the words that the body had before it was cleaned."""

    def fault(page: BuiltPage) -> str | None:
        text = page.text
        case = page.written.case
        body = text_of(page.written.post.body)
        if case.profile == "standard" and body not in text:  # `source` leaves what kramdown shows as markup
            return f"{text!r} instead of {body!r}"
        missing = [words for words in case.shows if shown(words) not in text]
        return f"{missing} not in {text!r}" if missing else None

    every(site, fault, hostile=False)


def test_share_link_and_footer_are_links_below_the_body(site: BuiltSite):
    every(site, lambda page: "; ".join(page.footer_faults()))


def test_kline_pictures_are_pictures(site: BuiltSite):
    def fault(page: BuiltPage) -> str | None:
        missing = [kline.url for kline in page.written.post.klines if kline.url not in page.pictures]
        as_text = not page.written.case.hostile and "<img" in page.text
        return f"{missing} not among {page.pictures}" if missing or as_text else None

    every(site, fault)


def test_feed_is_well_formed(site: BuiltSite):
    feed = ET.parse(site.folder / "feed.xml").getroot()
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == len(site.written)
