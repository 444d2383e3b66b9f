"""Pages of other sites are told as such: no post is made up of them, none is a failure, none is left out."""

from collections import Counter
from pathlib import Path

import pytest
from full_or_small import size
from reprocess.foreign import save
from reprocess.running import posts, report, reprocess


@pytest.mark.parametrize("seed", range(size(1, 20)))
def test_pages_of_other_sites_are_none_of_ours(seed: int, tmp_path: Path) -> None:
    files = sorted(map(str, save(tmp_path / "saved", 650, seed)))
    ended = reprocess(tmp_path / "out", tmp_path / "saved")
    told = report(tmp_path / "out")
    assert posts(tmp_path / "out") == {}
    assert sorted(line["path"] for line in told["inputs"]) == files
    odd = [line for line in told["inputs"] if line["outcome"] != "out_of_scope" or not line["reason"]]
    assert odd == []
    assert (ended.code, told["found"], told["written"]) == (0, 0, 0), ended.out
    assert "Traceback" not in ended.err
    print(Counter(line["reason"] for line in told["inputs"]))
