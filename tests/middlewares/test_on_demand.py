"""Parts of Scrapy are there where a setting asks for them, and only then."""

from typing import Any

import pytest
from crawling import given
from scrapy.exceptions import NotConfigured
from scrapy.settings import default_settings
from scrapy.utils.misc import load_object
from scrapy.utils.test import get_crawler

from crawler import settings
from crawler.middlewares.on_demand import PARTS, OnDemand

WANTED: dict[str, object] = {
    "COOKIES_ENABLED": True, "HTTPAUTH_USER": "me", "HTTPAUTH_PASS": "word", "TELNETCONSOLE_ENABLED": "1",
    "REMOTE_CONTROL_ENABLED": "True", "DEPTH_LIMIT": 3, "DEPTH_PRIORITY": "1", "DEPTH_STATS_VERBOSE": True,
}  # fmt: skip
BASES = ("DOWNLOADER_MIDDLEWARES_BASE", "EXTENSIONS_BASE", "SPIDER_MIDDLEWARES_BASE")


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_it_takes_the_place_of_scrapys(part: type[OnDemand]) -> None:
    (base,) = [name for name in BASES if part.part in getattr(default_settings, name)]
    own = f"{part.__module__}.{part.__name__}"
    assert given()[base][own] == getattr(default_settings, base)[part.part]
    assert part.part not in getattr(settings, base)


def test_every_setting_is_tried_here() -> None:
    assert {name for part in PARTS for name in part.wanted_by} == WANTED.keys()


@pytest.mark.parametrize(
    ("part", "name"),
    [(part, name) for part in PARTS for name in part.wanted_by if part.__name__ not in {"Telnet", "RemoteControl"}],
)
def test_it_comes_if_one_of_its_settings_is_on(part: type[OnDemand], name: str) -> None:
    off: dict[str, Any] = dict.fromkeys(part.wanted_by, "0")
    crawler = get_crawler(settings_dict=off | {name: WANTED[name], "HTTPAUTH_DOMAIN": None})
    assert isinstance(part.from_crawler(crawler), load_object(part.part))


@pytest.mark.parametrize("off", ["0", "False", "false", False, 0, None])
@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_it_does_not_come_unasked(part: type[OnDemand], off: object) -> None:
    with pytest.raises(NotConfigured):
        part.from_crawler(get_crawler(settings_dict=dict.fromkeys(part.wanted_by, off)))
