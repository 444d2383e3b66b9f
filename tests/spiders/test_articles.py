"""A crawl asks for the further pages of an article, and makes of them what a reprocessing of the same pages makes."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from run_scrapy import Done, scrapy
from world import Fault, World, sample_site

from crawler.demo.messages import Request, Response, html_response, text_response
from crawler.demo.site import Site
from crawler.origins import PAGE_HOST
from crawler.sites import MOST_PAGES

CODES = [f"2022011422481{number:05d}" for number in range(11, 20)]
LINKED, ASKED, SCRIPTED, ELSEWHERE, LOST, LOOP, MANY, ENDLESS, STRANGE = CODES
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>青禾股份新产线投产_东方财富网</title></head><body>
<h1>青禾股份新产线投产</h1><div class="infos"><div class="item">2022年01月14日 13:02</div><div class="item">来源：证券时报</div></div>
<div id="ContentBody"><p>第{number}页说的是第{number}件事。</p>{pager}<p class="em_media">（文章来源：证券时报）</p></div></body></html>"""
WAYS = {
    LINKED: lambda code, number: f'<p><a href="{code}_{number}.html">{number}</a></p>',
    ASKED: lambda _, number: f'<p><a href="?a=1&amp;p={number}">第{number}页</a></p>',
    SCRIPTED: lambda *_: "",
    ELSEWHERE: lambda code, number: f'<p><a href="//elsewhere.example/a/{code}_{number}.html">{number}</a></p>',
    LOST: lambda code, number: f'<p><a href="{code}_{number}.html">{number}</a></p>',
}

MISSING = {(LOST, 2)}


def page(code: str, number: int) -> str | None:
    """The page of the article, None for one that is not there: three have links to the others."""
    if code in WAYS:
        pager = "".join(WAYS[code](code, other) for other in (1, 2, 3) if other != number)
    elif code == LOOP:  # whatever is asked for, it is the first
        number, pager = 1, f'<p><a href="{code}_2.html">下一页</a></p>'
    elif code == MANY:
        pager = f'<p><a href="{code}_2.html">2</a> <a href="{code}_10000.html">末页</a></p>'
    elif code == ENDLESS:
        return PAGE.format(number=number, pager=f'<p><a href="{code}_{number + 1}.html">下一页</a></p>')
    else:  # the second says that it is the third
        pager = f"<script>createPageHTML(3, {number if number > 1 else 0}, '{code}', 'html')</script>"
    if code == SCRIPTED:
        pager = f"<script>createPageHTML(3, {number - 1}, '{code}', 'html')</script>"
    return PAGE.format(number=number, pager=pager) if number < 4 and (code, number) not in MISSING else None


def answer(site: Site, request: Request) -> Response:
    found = re.fullmatch(r"/a/(\d{18})(?:_(\d+))?\.html", request.path)
    if not found:
        return text_response("Not Found\n", 404)
    number = int(found[2] or request.query.get("p", 1)) + bool(found[2] and found[1] in (SCRIPTED, STRANGE))
    text = page(found[1], number)
    return html_response(text) if text else html_response("<html><title>404</title></html>", 404)


def reasons(done: Done) -> dict[str, str]:
    told: dict[str, Any] = json.loads(max((done.output / "reports").glob("*.json")).read_bytes())
    return {entry["id"].removeprefix("NW"): entry["reason"] for entry in told["failed"]}


@pytest.mark.long
def test_further_pages_are_asked_for_and_joined_as_saved_ones_are(tmp_path: Path) -> None:
    with World(sample_site(), hosts={PAGE_HOST: answer}) as world:
        env = world.env() | {"FINEWS_ORIGINS": "article-page"}
        crawled = scrapy("crawl", "share", "-a", f"links={','.join(CODES)}", output=tmp_path / "crawled", env=env)
        asked = [record.path for record in world.requests if record.host == PAGE_HOST and "/a/" in record.path]
        hosts = {record.host for record in world.requests}
    assert crawled.code == 5, crawled.out + crawled.err
    assert "elsewhere.example" not in hosts
    posts = {name[13:-3]: data.decode() for name, data in crawled.posts().items()}
    assert posts.keys() == {LINKED, ASKED, SCRIPTED, ELSEWHERE}
    for post in posts.values():
        assert "".join(f"<p>第{number}页说的是第{number}件事。</p>" for number in (1, 2, 3)) in post
        assert post.count("文章来源") == 1
    told = reasons(crawled)
    assert "page 2, 3 of the article is not there" in told[LOST]
    assert "say the same" in told[LOOP]
    assert f"more than {MOST_PAGES} pages" in told[MANY]
    assert f"more than {MOST_PAGES} pages" in told[ENDLESS]
    assert "page 2, 3 of the article is not there" in told[STRANGE]
    numbers = {code: sum(code in path for path in asked) for code in CODES}
    assert numbers[MANY] == 1
    assert numbers[ENDLESS] == MOST_PAGES
    assert max(numbers[code] for code in (LINKED, ASKED, SCRIPTED, ELSEWHERE)) == 3

    for code in CODES[:-1]:
        for number in (1, 2, 3):
            if text := page(code, number):
                name = f"{code}.html" if number == 1 else f"{code}_{number}.html"
                file = tmp_path / "saved" / PAGE_HOST / "a" / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, "utf-8")
    again = scrapy(
        "reprocess", str(tmp_path / "saved"), output=tmp_path / "again", env={"FINEWS_ORIGINS": "article-page"}
    )
    assert again.posts() == crawled.posts()
    assert again.code == 5


@pytest.mark.long
def test_a_missing_page_changes_no_post_and_is_asked_for_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with World(sample_site(), hosts={PAGE_HOST: answer}) as world:
        env = world.env() | {"FINEWS_ORIGINS": "article-page"}

        def crawl(*args: str) -> Done:
            return scrapy("crawl", "share", "-a", f"links={LINKED},{LOST}", *args, output=tmp_path / "out", env=env)

        first = crawl()
        assert (first.code, len(posts := first.posts())) == (5, 1)
        world.faults.replace(Fault("status", status=404, host=PAGE_HOST, path="_[23]"))
        worse = crawl("-a", "full=1")
        assert (worse.code, worse.posts()) == (5, posts)
        world.faults.replace(Fault("close", host=PAGE_HOST, path="_3"))
        blocked = crawl("-a", "full=1")
        assert (blocked.code, blocked.posts()) == (5, posts)
        world.faults.replace()
        monkeypatch.setattr(f"{__name__}.MISSING", set())
        again = crawl()
    assert (again.code, len(again.posts())) == (0, 2), again.out
