"""A ledger in a file of its own."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crawler.store.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")) as made:
        yield made
