"""The forker that crawls come from, one for each worker."""

import pytest
import run_scrapy
from forked_scrapy import ScrapyForker


@pytest.fixture(scope="session")
def forker() -> ScrapyForker:
    """Crawls in processes of their own, without the wait for imports."""
    return run_scrapy.forker()
