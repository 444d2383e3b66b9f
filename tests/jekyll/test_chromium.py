"""The site in a headless Chromium: nothing runs, nothing is asked for but the posts' own pictures, and all shows."""

from pathlib import Path

import pytest
from full_or_small import size
from jekyll.built_page import BuiltPage, picture_hosts, report
from jekyll.built_site import BuiltSite, Window
from jekyll.chromium_look import DOCUMENT, SITE, Look, look
from jekyll.once_per_run import once
from jekyll.post_case import letters

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]

HOST = "finews.withounder.com"
BROWSERS_OWN = ("google.com", "googleapis.com", "gstatic.com", "gvt1.com", "duckduckgo.com")
"""Whom Chromium itself asks, whatever page it shows; the proxy refuses."""
TRAP = f"""<html><head></head><body><div class="wrapper"><header></header><section><h1>x</h1>
<meta http-equiv="refresh" content="30;url={SITE}/gone.html"><img src="//evil.example/x.png"><p onclick="x()">x</p>
<iframe></iframe><a href="java&#10;script:x()">x</a><p style="position:fixed">x</p>
<script>alert(1);console.error("oh");nothing()</script></section></div></body></html>"""


def sampled(site: BuiltSite) -> list[BuiltPage]:
    """Some of each sort, more of those that are worse."""
    every = {
        "golden": 4,
        "hostile title": 2,
        "hostile page": 3,
        "hostile evasion": 12,
        "hostile markdown": 8,
        "hostile digest": 10,
    }
    seen: dict[str, int] = {}
    pages = []
    for page in site.pages.values():
        sort = page.written.case.sort
        seen[sort] = seen.get(sort, -1) + 1
        if seen[sort] % every.get(sort, size(20, 60)) == 0:
            pages.append(page)
    return pages


@pytest.fixture(scope="module")
def looks(site: BuiltSite, window: Window, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[BuiltPage, Look]]:
    def all_looks(_: Path) -> list[Look]:
        return [look(window.chromium, SITE + page.written.url) for page in sampled(site)]

    return list(zip(sampled(site), once(tmp_path_factory, "looks", all_looks), strict=True))


def test_looking_sees_what_is_wrong(site: BuiltSite, window: Window):
    """The other tests of this module can fail: a page that does everything wrong is found out."""
    (site.folder / "trap.html").write_text(TRAP)
    seen = look(window.chromium, f"{SITE}/trap.html")
    assert seen.dialogs == ["1"]
    assert "evil.example" in seen.hosts
    assert any("gone.html" in url for url in seen.navigations)
    assert any("nothing" in error for error in seen.errors)
    for sign in ("script>", "iframe>", "onclick", "address: java", "laid over", "refresh", "footer", "tags"):
        assert any(sign in fault for fault in seen.document["faults"]), sign


def test_enough_was_looked_at(looks: list[tuple[BuiltPage, Look]]):
    sorts = {page.written.case.sort for page, _ in looks}
    assert len(looks) >= 100
    assert len(sorts) >= 7


def test_nothing_runs(looks: list[tuple[BuiltPage, Look]]):
    wrong = [
        (page.written.case.name, seen.dialogs, seen.errors, seen.navigations)
        for page, seen in looks
        if seen.dialogs or seen.errors or seen.navigations
    ]
    assert not wrong, report(wrong)


def test_only_pictures_of_the_post_are_asked_for(looks: list[tuple[BuiltPage, Look]], window: Window):
    allowed = [(page, seen, picture_hosts(page.written.post.body) | {HOST}) for page, seen in looks]
    wrong = [(page.written.case.name, seen.hosts - hosts) for page, seen, hosts in allowed if not seen.hosts <= hosts]
    assert not wrong, report(wrong)
    every = {"evil.example", *(host for _, _, hosts in allowed for host in hosts)}
    asked = {record.host for record in window.world.requests}
    assert not [host for host in asked - every if not host.endswith(BROWSERS_OWN)]


def test_all_that_well_meant_posts_ask_for_loads(looks: list[tuple[BuiltPage, Look]]):
    assert not [
        (page.written.case.name, seen.unloaded)
        for page, seen in looks
        if seen.unloaded and not page.written.case.hostile
    ]


def test_documents_are_as_the_layout_has_them(looks: list[tuple[BuiltPage, Look]]):
    wrong = [(page.written.case.name, seen.document["faults"]) for page, seen in looks if seen.document["faults"]]
    assert not wrong, report(wrong)


def test_titles_and_texts_show(looks: list[tuple[BuiltPage, Look]]):
    wrong = [
        (page.written.case.name, seen.document["title"])
        for page, seen in looks
        if letters(seen.document["title"]) != page.title
        or not (page.written.case.hostile or page.text in letters(seen.document["text"]))
    ]
    assert not wrong, report(wrong)


def test_kline_pictures_load(looks: list[tuple[BuiltPage, Look]]):
    shown = 0
    for page, seen in looks:
        loaded = {src for src, width in seen.document["pictures"] if width > 0}
        missing = [kline.url for kline in page.written.post.klines if kline.url not in loaded]
        assert not missing, (page.written.case.name, missing)
        shown += len(page.written.post.klines)
    assert shown >= 50


def test_share_and_footer_links_can_be_clicked(looks: list[tuple[BuiltPage, Look]]):
    wrong = []
    for page, seen in looks:
        links = {href: (resolved, clickable) for href, resolved, clickable in seen.document["links"]}
        wanted = {page.written.post.link: page.written.post.link, f"//{HOST}/": f"http://{HOST}/"}
        wrong += [(page.written.case.name, href) for href, url in wanted.items() if links.get(href) != (url, True)]
        lists = [
            href for href, (_, clickable) in links.items() if clickable and ("/category/" in href or "/emnews/" in href)
        ]
        if not lists and "|" not in page.written.post.tag:
            wrong.append((page.written.case.name, "no link to a list"))
    assert not wrong, report(wrong)


def test_every_document_is_as_the_layout_has_it(site: BuiltSite, window: Window):
    """The browser's own parser reads all pages, those that were not opened too."""
    window.chromium.open(SITE + next(iter(site.pages.values())).written.url)
    script = (
        DOCUMENT
        + """
      const faults = [], paths = [...arguments[0]];
      const reader = async () => {
        for (let path; path = paths.pop();) {
          const reply = await fetch(encodeURI(path).replace(/[#?]/g, encodeURIComponent));
          const found = reply.ok ? look(new DOMParser().parseFromString(await reply.text(), 'text/html')) : ['no page: ' + reply.status];
          if (found.length) faults.push([path, ...found]);
        }
      };
      await Promise.all(Array.from({length: 6}, reader));
      return faults;"""
    )
    names = {page.written.url: page.written.case.name for page in site.pages.values()}
    faults = window.chromium.run(f"return (async function() {{{script}}}).apply(null, arguments)", list(names))
    assert not faults, "\n".join(f"{names[path]}: {found}"[:400] for path, *found in faults[:25])
