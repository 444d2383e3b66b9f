"""A ledger in a file of its own."""

from pathlib import Path

import pytest

from crawler.store.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
