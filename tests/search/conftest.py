"""An archive of two posts, indexed."""

from pathlib import Path

import pytest
from search.archives import RED, aged, codes, finder, post, put


@pytest.fixture
def output(tmp_path: Path) -> Path:
    put(tmp_path, RED, post(2, body="<p>蓝色</p>"))
    aged(tmp_path)
    assert codes(finder(tmp_path).search(["红色"])) == {RED.code}
    return tmp_path
