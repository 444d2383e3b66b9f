"""The world, a crawl of it in a process of its own, and no silent skips."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from crawling import MakeCrawler, make_crawler, run_of
from forked_scrapy import START, Done
from no_skips import pytest_make_collect_report, pytest_runtest_makereport
from run_scrapy import Crawl, scrapy
from scrapy.crawler import Crawler
from unclosed import watch
from world import Client, Site, World, sample_site

__all__ = ["pytest_make_collect_report", "pytest_runtest_makereport"]

os.environ["LC_ALL"] = "C.UTF-8"  # whoever runs the tests, wherever: what is said is compared in English
hypothesis.settings.register_profile("no clock", deadline=None)
hypothesis.settings.load_profile("no clock")
watch()


@pytest.fixture
def crawl(tmp_path: Path) -> Crawl:
    """``crawl(world, "-a", "since=…", output=…)``: crawl the world's finews site."""

    def crawl(world: World, *args: str, output: Path | None = None, run: Callable[..., Done] = scrapy) -> Done:
        return run("crawl", "finews", *START, *args, output=output or tmp_path / "output", env=world.env())

    return crawl


@pytest.fixture(scope="session")
def sample() -> Site:
    """The site that ships with the project; not to be altered."""
    return sample_site()


@pytest.fixture
def world() -> Iterator[World]:
    """The sample site, served; may be altered and given faults."""
    with World(sample_site()) as running:
        yield running


@pytest.fixture
def crawler_of(tmp_path: Path) -> Iterator[MakeCrawler]:
    """``crawler_of(arguments=…, SETTING=…)``: a crawl's parts without a crawl; one at a time, in one output folder."""
    made: list[Crawler] = []

    def make(**changed: object) -> Crawler:
        if made:
            run_of(made.pop()).close()
        made.append(make_crawler(tmp_path / "output", **changed))
        return made[-1]

    yield make
    for crawler in made:
        run_of(crawler).close()


@pytest.fixture
def client(world: World) -> Client:
    """A plain client that goes through the world's proxy."""
    return Client(world)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes that are no plain words go by their argument's name: a .gz holds the second in which it was packed, and
    two workers that collect in different seconds would not have the same tests.
    """
    plain = not isinstance(val, bytes) or (val.isascii() and val.decode("ascii").isprintable())
    return None if plain else argname
