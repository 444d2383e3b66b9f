"""The forker that crawls come from, one for each worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import run_scrapy
from forked_scrapy import ScrapyForker

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that stands here is long."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.long)


@pytest.fixture(autouse=True, scope="module")
def one_host_of_bodies() -> Iterator[None]:
    """Where these tests break a host, its bodies are to be missed; the chain of origins has tests of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FINEWS_ORIGINS", "share,finews-page")
        patch.setenv("FINEWS_SHARE_HOSTS", "finews.zning.xyz")
        yield


@pytest.fixture(scope="session")
def forker() -> ScrapyForker:
    """Crawls in processes of their own, without the wait for imports."""
    return run_scrapy.forker()
