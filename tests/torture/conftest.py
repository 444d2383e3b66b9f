"""The nursery that crawls come from, one for each worker."""

from collections.abc import Iterator

import pytest
from torture.nursery import Nursery


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """Crawls in processes of their own, without the wait for imports."""
    running = Nursery(tmp_path_factory.mktemp("nursery"))
    yield running
    running.close()
