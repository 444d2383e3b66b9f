"""The cost of a run grows with what is new, not with what is known."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest
from full_or_small import size
from torture.measured_crawl import Measured, Process
from torture.output_checks import differences, mtimes, rows, tree
from world import DemoArticle, Record, Site, World, generated_site

from crawler.sites import share_link

ARTICLES, CATEGORIES = size(120, 2000), size(8, 50)
EAGER = ("-s", "AUTOTHROTTLE_ENABLED=False", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=8")
# Of a small crawl the start of the interpreter is a great part, and it does not grow with the site.
SHARE_OF_CPU = size(1.0, 0.1)
pytestmark = pytest.mark.timeout(size(120, 3600))


@dataclass
class Crawled:
    """A world that was crawled once, and what that cost."""

    world: World
    output: Path
    first: Measured

    def again(self, *args: str) -> tuple[Measured, list[Record]]:
        """One more run, and what it asked for."""
        self.world.forget_requests()
        with Process(self.output, self.world.env(), *EAGER, *args) as process:
            return process.wait(600), self.world.requests


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    output = tmp_path_factory.mktemp("incremental") / "output"
    with World(generated_site(ARTICLES, CATEGORIES)) as world:
        with Process(output, world.env(), *EAGER) as process:
            first = process.wait(1200)
        assert first.code == 0, first.err
        assert len(world.requests) >= 2 * ARTICLES
        yield Crawled(world, output, first)


def test_nothing_new(crawled: Crawled) -> None:
    before = mtimes(crawled.output)
    done, requests = crawled.again()
    share = done.cpu / crawled.first.cpu
    print(
        f"{ARTICLES} articles in {CATEGORIES} categories: first {crawled.first.cpu:.1f} s CPU, second {done.cpu:.1f} s"
        f" ({share:.0%}), {len(requests)} requests"
    )
    assert done.code == 0
    assert mtimes(crawled.output) == before
    assert len(requests) <= CATEGORIES + 10
    assert share < SHARE_OF_CPU
    lists = [r for r in requests if r.path == "/" or r.path.startswith(("/category/", "/emnews/"))]
    assert {r.status for r in lists} == {304}
    assert all("if-none-match" in r.headers for r in lists)


def new_articles(site: Site, number: int) -> list[DemoArticle]:
    """As many more as wanted, in two categories."""
    heads = [head for head in site.newest if head.code.startswith("NW")][:2]
    whole = [site.article(head.code) for head in heads]
    return [
        replace(
            whole[n % 2],
            code=(code := f"NW20220120220000{n:04}"),
            link=share_link(code),
            title=f"新的一条（{n}）",
            date=whole[0].date.replace(day=20, second=n),
        )
        for n in range(number)
    ]


def test_ten_new_articles(crawled: Crawled) -> None:
    before = mtimes(crawled.output)
    _, without = crawled.again()
    new = new_articles(crawled.world.site, 10)
    crawled.world.site.put(*new)
    done, requests = crawled.again()
    print(f"10 new articles: {len(requests) - len(without)} requests more, {done.cpu:.1f} s CPU")
    assert done.code == 0
    assert len(requests) - len(without) <= 40
    after = mtimes(crawled.output)
    folder = str(crawled.output / "_posts")
    assert {p for p in after if after[p] != before.get(p)} - {folder} == {f"{folder}/{a.file_name}" for a in new}


def test_a_changed_title_rewrites_one_post_and_remembers(crawled: Crawled) -> None:
    site = crawled.world.site
    chosen = next(head for head in site.newest if head.code.startswith("NW2022011"))
    before = tree(crawled.output)
    site.change(chosen.code, title="题目改过了")
    done, _ = crawled.again()
    assert done.code == 0
    assert differences(tree(crawled.output), before) == {f"_posts/{chosen.file_name}": "other bytes"}
    assert "题目改过了".encode() in tree(crawled.output)[f"_posts/{chosen.file_name}"]
    ((known,),) = rows(crawled.output, f"SELECT sha256 FROM articles WHERE code = '{chosen.code}'")
    assert known == sha256(tree(crawled.output)[f"_posts/{chosen.file_name}"]).hexdigest()
    again, requests = crawled.again()
    assert again.code == 0
    assert not [r for r in requests if chosen.code in r.path]


def test_full_asks_for_everything(crawled: Crawled) -> None:
    before = mtimes(crawled.output)
    done, requests = crawled.again("-a", "full=1")
    assert done.code == 0
    asked = [r.path for r in requests]
    heads = crawled.world.site.newest
    assert all(any(head.path == path for path in asked) for head in heads[:20])
    assert len(requests) >= 2 * len(heads)
    assert mtimes(crawled.output) == before
    assert not [r for r in requests if "if-none-match" in r.headers]
