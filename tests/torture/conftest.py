"""The forker that crawls come from, one for each worker."""

from collections.abc import Iterator

import pytest
from torture.forked_scrapy import ScrapyForker


@pytest.fixture(scope="session")
def forker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScrapyForker]:
    """Crawls in processes of their own, without the wait for imports."""
    running = ScrapyForker(tmp_path_factory.mktemp("forker"))
    yield running
    running.close()
