"""The forker that crawls come from, one for each worker."""

from collections.abc import Iterator

import pytest
import run_scrapy
from forked_scrapy import ScrapyForker


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
