"""The site that the project makes of its posts, built by a real Jekyll and looked at with Chromium."""

import re
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

import lxml.html
import pytest
from jekyll.built_page import parse, report
from jekyll.chromedriver import Chromium
from jekyll.hostile_posts import NAMES, TITLES
from jekyll.jekyll_build import jekyll, program, static
from jekyll.once_per_run import once
from jekyll.post_case import Case, Written, keep, letters, post, write
from jekyll.test_odd_names import HARD, ODD
from world import Site, World

from crawler import post_format
from crawler.assemble.outcome import of_post
from crawler.demo.securities import SECURITIES
from crawler.demo.stock_links import kline_block
from crawler.site.entries import as_text
from crawler.site.making import make, pagefind
from crawler.sites import SITE_HOST
from crawler.store.posts import PostStore

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]

LIVE = "https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050&amp;imageType=k"
PICTURE = "assets/kline/1.600050/2022-01-14.png"
SEARCH = """const box = document.querySelector('#search input');
box.value = arguments[0]; box.dispatchEvent(new Event('input', {bubbles: true}));"""
RESULTS = """return [...document.querySelectorAll('.pagefind-ui__result-link')].map(a => [a.getAttribute('href'), a.textContent]);"""
ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
BIDI = ("x\u202ey", "x\u2066y", "x\x9by")


OLD_FOOTERS = ((("../emnews/", "../"), "\n"), (("//finews.zning.me/emnews/", "//finews.zning.me/"), "｜"))
LATE = post(6743, "没有时区", "<p>正文</p>", "late")
"""In the evening; its file tells no zone."""


def cases() -> Iterator[Case]:
    rows = [*TITLES, *NAMES, *BIDI, "<b>粗</b>体", "A&amp;B &lt;C&gt;", "javascript:alert(1)"]
    for number, title in enumerate(rows):
        yield Case(f"title: {title}", post(number, title, f"<p>正文{number}</p>", "titles"))
    for number, name in enumerate((*HARD, *ODD, *NAMES), 1000):
        yield Case(f"name: {name}", post(number, "题", "<p>正文</p>", name, f"{name}新闻"))
    for number in range(2000, 2230):
        yield Case(f"many: {number}", post(number, f"题{number}", "<p>正文</p>", "many", "多多报新闻"))
    for number, security in enumerate(SECURITIES, 3000):
        yield Case(f"kline: {security.secid}", post(number, "题", kline_block(security) + "<p>正文</p>", "klines"))
    for number in range(4000, 4003):
        yield Case(f"rolling: {number}", post(number, f"滚动{number}", "<p>正文</p>", digest="摘要"))
    first = post(2000, "", "")
    body = (
        f'<p><a href="http://finance.eastmoney.com/a/{first.code[2:]}.html">甲</a>'
        f'<a href="https://{SITE_HOST}/many/{first.time[:10].replace("-", "/")}/{first.code}.html">乙</a>'
        f'<a href="//{SITE_HOST}/category/nowhere.html">丙</a>'
        '<a href="http://finance.eastmoney.com/a/202001012299999999.html?x=1&amp;y=2">丁</a></p>'
    )
    yield Case("links:", post(5000, "链接", body, "links"))


@dataclass
class Made:
    """The output, the site around it, and what Jekyll built of that."""

    output: Path
    source: Path
    built: Path
    written: list[Written]

    @cached_property
    def pages(self) -> dict[str, lxml.html.HtmlElement]:
        return {f.relative_to(self.built).as_posix(): parse(f) for f in sorted(self.built.rglob("*.html"))}

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Where Jekyll put the page of each post, by its code."""
        return {Path(path).stem: path for path in self.pages}

    def page_of(self, written: Written) -> lxml.html.HtmlElement:
        return self.pages[self.addresses[written.post.code]]

    def links(self, path: str) -> list[tuple[str, str | None]]:
        """(address, file below the site that it means, if it is the site's own) of all that a page leads to or shows."""
        found = []
        for _, _, address, _ in self.pages[path.removeprefix("news/")].iterlinks():
            url = urlsplit(urljoin(f"http://site.example/{path}", address))
            own = unquote(url.path).lstrip("/")
            own = f"{own}index.html" if own.endswith("/") or not own else own
            found.append((address, own if url.netloc == "site.example" and url.scheme == "http" else None))
        return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return once(tmp_path_factory, "made", _make)


def _make(folder: Path) -> Made:
    program("jekyll")
    output, source, built = folder / "output", folder / "source", folder / "built"
    written, _ = write(cases(), output)
    stored = post(
        6000, "图", f'<p>正文</p><p><img src="../../../../{PICTURE}" data-remote-src="{LIVE}" alt="K图 600050_0" /></p>'
    )
    keep(PostStore(output), of_post(stored, post_format.render(stored)))
    late = output / "_posts" / post_format.file_name(LATE)
    late.write_bytes(post_format.render(LATE).replace(b" +0800\n", b"\n"))
    picture = output / PICTURE
    picture.parent.mkdir(parents=True)
    picture.write_bytes((Path(__file__).parents[2] / "docs" / "kline-sample.svg").read_bytes())
    for number, (links, end) in enumerate(OLD_FOOTERS, 6800):
        old = post(number, f"旧页脚 {number}", "<p>正文</p>", digest="摘要")
        text = post_format.render(old).decode().rpartition("\n\n")[0]
        file = output / "_posts" / post_format.file_name(old)
        file.write_text(f"{text}\n\n[返回东财滚动新闻]({links[0]}){end}[返回首页]({links[1]})", "utf-8")
    site = make(output, source, own_links=True, search=False)
    assert not site.faults
    jekyll(source, built, env={"TZ": "America/New_York"})
    return Made(output, source, built, written)


def wait_for(told: Callable[[], list[list[str]]]) -> list[list[str]]:
    """What is told once it is not empty, or after twenty seconds."""
    end = time.monotonic() + 20
    while not (found := told()) and time.monotonic() < end:
        time.sleep(0.1)
    return found


def test_every_post_has_its_page_with_its_title_and_time(made: Made) -> None:
    wrong = []
    for written in made.written:
        page = made.page_of(written)
        title = next(page.iter("h1")).text_content()
        time = next(page.iter("time"))
        wanted = (
            as_text(written.post.title) or written.post.code,
            written.post.time[:16],
            f"{written.post.time.replace(' ', 'T')}+08:00",
        )
        told = (title, time.text, time.get("datetime"))
        if (letters(told[0]), *told[1:]) != (letters(wanted[0]), *wanted[1:]):
            wrong.append((told, wanted))
    assert len(made.written) > 380
    assert not wrong, report(wrong)


def test_a_time_without_zone_is_beijings(made: Made) -> None:
    page = made.pages[made.addresses[LATE.code]]
    assert [time.text for time in page.iter("time")] == [LATE.time[:16]]
    assert LATE.time[11:13] >= "16"
    assert page.xpath("//time/@datetime") == [f"{LATE.time.replace(' ', 'T')}+08:00"]


def test_nothing_but_the_pages_is_published(made: Made) -> None:
    there = {path.relative_to(made.built).as_posix() for path in made.built.rglob("*") if path.is_file()}
    others = {path for path in there if not path.endswith(".html")}
    assert others == {"feed.xml", "assets/site.css", PICTURE}
    assert not [path for path in there if path.startswith(("_", "state/", "reports/"))]


def test_every_link_to_the_site_itself_leads_somewhere(made: Made) -> None:
    wrong = [
        (path, address)
        for path in made.pages
        for address, own in made.links(path)
        if own is not None and not (made.built / own).is_file() and not path.startswith("x)/")
    ]  # kramdown ends a link at a bracket without its other
    assert not wrong, report(wrong)


def test_footers_of_every_age_lead_to_the_site_itself(made: Made) -> None:
    for number in range(6800, 6800 + len(OLD_FOOTERS)):
        (page,) = (page for page in made.pages.values() if page.xpath(f"//h1[text()='旧页脚 {number}']"))
        ends = {link.text: link.get("href") for link in page.xpath("//article//a[starts-with(., '返回')]")}
        assert ends == {"返回东财滚动新闻": "/emnews/", "返回首页": "/"}


def test_all_lists_are_two_steps_from_home(made: Made) -> None:
    reached = {"index.html"}
    for _ in range(2):
        reached |= {own for path in sorted(reached & made.pages.keys()) for _, own in made.links(path) if own}
    lists = {path for path in made.pages if path.startswith(("category/", "securities/", "archive/", "emnews/index"))}
    assert {"category/many/1.html", "securities/600050.SH.html", "archive/2022-01-14.html"} <= lists
    assert sorted(lists - reached) == []
    posts = {made.addresses[written.post.code] for written in made.written}
    for path in sorted(lists):
        reached |= {own for _, own in made.links(path) if own}
    assert sorted(posts - reached) == []


def test_a_list_has_a_row_for_each_of_its_posts(made: Made) -> None:
    def rows(path: str) -> list[str]:
        return [a.text_content() for a in made.pages[path].xpath("//ul[@class='posts']//a")]

    many = [f"题{number}" for number in range(2000, 2230)]
    assert sorted(rows("category/many.html") + rows("category/many/1.html")) == many
    assert len(rows("category/many/1.html")) == 100
    rolling = [f"滚动{number}" for number in (4002, 4001, 4000)]
    assert rows("emnews/index.html") == [*rolling, *(f"旧页脚 {number}" for number in (6801, 6800))]


def test_links_lead_to_pages_of_the_site_where_it_has_them(made: Made) -> None:
    written = next(one for one in made.written if one.case.name == "links:")
    hrefs = [a.get("href") for a in made.page_of(written).xpath("//article//a")]
    first = next(one for one in made.written if one.case.name == "many: 2000").url
    assert hrefs == [
        first, first, f"http://{SITE_HOST}/category/nowhere.html",
        "http://finance.eastmoney.com/a/202001012299999999.html?x=1&y=2", written.post.link,
        "/category/links.html", "/",
    ]  # fmt: skip
    left = {(path, a) for path in made.pages for a, _ in made.links(path) if SITE_HOST in a}
    assert {address for _, address in left} == {f"http://{SITE_HOST}/category/nowhere.html"}


def test_a_page_of_a_security_has_its_articles_and_pictures(made: Made) -> None:
    page = made.pages["securities/600050.SH.html"]
    live, stored = sorted(page.xpath("//figure/img/@src"), reverse=True)
    assert stored == f"../{PICTURE}"
    assert live.startswith("https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050&")
    assert set(page.xpath("//figure/figcaption/text()")) == {"2022-01-14", "实时"}
    assert len(page.xpath("//ul[@class='posts']/li")) == 2


def test_nothing_of_a_title_or_a_name_acts(made: Made) -> None:
    wrong = []
    for path, page in made.pages.items():
        text = (made.built / path).read_text("utf-8")
        elements = [e for e in page.iter() if isinstance(e.tag, str)]
        wrong += [(path, e.tag) for e in elements if e.tag in {"script", "textarea", "svg", "math", "iframe"}]
        wrong += [(path, name) for e in elements for name in e.attrib if name.startswith(("on", "autofocus"))]
        body = page.xpath("//article/*[position() > 2]")
        shown = text.partition("正文")[0] if body else text
        wrong += [(path, repr(match)) for match in ACTS.findall(shown)]
    assert not wrong, report(wrong)


def test_the_feed_has_the_newest(made: Made) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.parse(made.built / "feed.xml").getroot()
    entries = feed.findall(f"{atom}entry")
    times = [entry.findtext(f"{atom}published") for entry in entries]
    wanted = sorted((written.post.time for written in made.written), reverse=True)[: len(times)]
    assert times == [f"{time.replace(' ', 'T')}+08:00" for time in wanted]
    assert len(times) >= 10
    paths = [entry.find(f"{atom}link").get("href") for entry in entries]  # type: ignore[union-attr]
    assert all((made.built / unquote(path).lstrip("/")).is_file() for path in paths)
    heads = [page.xpath("//head/link[@rel='alternate']/@href") for page in made.pages.values()]
    assert heads == [["/feed.xml"]] * len(made.pages)


def test_posts_are_the_outputs_bytes(made: Made) -> None:
    for file in (made.output / "_posts").iterdir():
        assert (made.source / "_posts" / file.name).read_bytes() == file.read_bytes()


def test_round_the_output_nothing_else_is_published(tmp_path: Path) -> None:
    """The output folder itself is the site, built in safe mode, below a path."""
    output, built = tmp_path / "output", tmp_path / "built"
    write([Case("one", post(1, "题", "<p>正文</p>", "jia", "甲新闻"))], output)
    for name in (
        "state/x.html",
        "reports/x.html",
        "quarantine/y/x.html",
        "archive/x.html",
        "old_post/2020-01-01-x.md",
        "versions/1/x.md.gz",
    ):
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (output / name).write_text("---\nlayout: post\n---\nx")
    before = {path: path.read_bytes() for path in output.rglob("*") if path.is_file()}
    make(output, output, own_links=True, search=False)
    jekyll(output, built, "--safe", "--baseurl", "/news")
    assert {path: path.read_bytes() for path in before} == before
    site = Made(output, output, built, [])
    assert set(site.pages) == {
        "404.html", "index.html", "archive/2022-01-02.html", "archive/index.html", "category/jia.html", "emnews/index.html",
        "jia/2022/01/02/NW202201022200000001.html", "securities/index.html",
    }  # fmt: skip
    leads = {own for path in site.pages for _, own in site.links(f"news/{path}") if own}
    assert {
        own for own in leads if not (built / own.removeprefix("news/")).is_file() or not own.startswith("news/")
    } == set()


def test_search_finds_words_of_articles(tmp_path: Path) -> None:
    output, source, built = (tmp_path / name for name in ("output", "source", "built"))
    texts = ("中国联通召开会议。", "新高炉点火。", "面粉厂开工。")
    write([Case("one", post(n, f"题{n}", f"<p>{text}</p>", "jia", "甲新闻")) for n, text in enumerate(texts)], output)
    make(output, source, own_links=True, search=True)
    jekyll(source, built, "--baseurl", "/news")
    found = subprocess.run([*pagefind().split(), "--site", built], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    hosts = {SITE_HOST: static(built, "/news")}
    with World(Site(), hosts=hosts) as world, Chromium(tmp_path / "profile", world.proxy_url) as chromium:
        chromium.open(f"http://{SITE_HOST}/news/search.html")
        chromium.run(SEARCH, "高炉")
        results = wait_for(lambda: chromium.run(RESULTS))
        said = [line["message"] for line in chromium.console()]
    assert results == [["/news/jia/2022/01/02/NW202201022200000001.html", "题1"]]
    assert said == []


@pytest.mark.parametrize("width", [360, 1280])
def test_in_a_browser(made: Made, tmp_path: Path, width: int) -> None:
    hosts = {SITE_HOST: static(made.built)}
    paths = [
        "", "securities/", "archive/", "emnews/", "category/titles.html", "category/many.html", "securities/600050.SH.html",
        *(made.addresses[one.post.code] for one in made.written if one.case.sort in {"title", "links"}),
    ]  # fmt: skip
    wrong = []
    with World(Site(), hosts=hosts) as world, Chromium(tmp_path, world.proxy_url) as chromium:
        chromium.show_as(width, 800)
        for path in paths:
            chromium.open(f"http://{SITE_HOST}/{path}")
            wide = chromium.run("return document.scrollingElement.scrollWidth")
            said = [line["message"] for line in chromium.console() if line["source"] != "network"]
            dialogs = [event for event in chromium.events() if event["method"] == "Page.javascriptDialogOpening"]
            if wide > width or said or dialogs:
                wrong.append((path, wide, said, dialogs))
    assert not wrong, report(wrong)
