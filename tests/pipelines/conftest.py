"""A crawl's pipelines, its run open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pipelines.staged import Crawl


@pytest.fixture
def crawl(tmp_path: Path) -> Iterator[Crawl]:
    crawl = Crawl(tmp_path / "out")
    yield crawl
    crawl.run.close()
