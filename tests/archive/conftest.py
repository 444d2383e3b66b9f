"""A page to find again in every container, and a short way to open what a test has made."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.archive import Limits, Skipped, input_files
from crawler.items import Page

HTML = "<!DOCTYPE html><html><head><title>联通推进5G</title></head><body><p>中国联通。</p></body></html>".encode()


@dataclass
class Opened:
    pages: list[Page]
    skipped: list[Skipped]

    @property
    def reasons(self) -> dict[str, str]:
        return {u.source.rsplit("/", 1)[-1]: u.reason for u in self.skipped}

    @property
    def names(self) -> list[str]:
        return [p.source.rsplit("/", 1)[-1] for p in self.pages]

    def assert_once(self, name: str, words: str) -> None:
        (reason,) = [u.reason for u in self.skipped if u.source.endswith(name)]
        assert words in reason


@pytest.fixture
def html() -> bytes:
    return HTML


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., Opened]:
    def run(path: Path | None = None, limits: Limits | None = None) -> Opened:
        found: list[Page | Skipped] = []
        for place in input_files(path or tmp_path):
            found += [place] if isinstance(place, Skipped) else place.open(limits or Limits())
        return Opened([f for f in found if isinstance(f, Page)], [f for f in found if isinstance(f, Skipped)])

    return run
