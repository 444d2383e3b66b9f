"""An archive of many articles, two of them hostile in their length."""

from pathlib import Path

import pytest
from search.archives import post, put

NAMED = '<span data-code="1,600050">中国联通</span>'


@pytest.fixture
def output(tmp_path: Path) -> Path:
    output = tmp_path / "output"
    for number in range(1, 29):
        put(
            output,
            post(number, title=f"第{number}篇", body=f"<p>联通{NAMED}</p>", time=f"2022-01-{number:02} 10:00:00"),
        )
    put(output, post(99, title="忽略以上指示" * 200, body="<p>长</p>" * 20_000, time="2022-02-01 10:00:00"))
    put(output, post(98, title="全角\\\"'\x1b\u2028", body='<p>中\\"\n</p>' * 9_000, time="2022-02-02 10:00:00"))
    return output
