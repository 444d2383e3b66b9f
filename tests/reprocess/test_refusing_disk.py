"""A disk that refuses in the middle of a reprocessing: it is told, and the run has its report and page all the same."""

import json
from pathlib import Path

from run_scrapy import scrapy
from world import Site


def test_a_folder_of_posts_that_refuses(sample: Site, tmp_path: Path) -> None:
    (tmp_path / "saved").mkdir()
    for name, data in sample.posts().items():
        (tmp_path / "saved" / name).write_bytes(data)
    output = tmp_path / "output"
    output.mkdir()
    (output / "category").write_bytes(b"no folder")
    done = scrapy("reprocess", str(tmp_path / "saved"), "--workers", "2", output=output)
    assert done.code == 7
    assert done.err.splitlines()[-1].startswith(f"scrapy reprocess: cannot write below {output}")
    (path,) = (output / "reports").glob("*.json")
    report = json.loads(path.read_bytes())
    assert report["exit_code"] == 7
    assert f"Exit {report['exit_code']}: " in (output / "reports/latest.html").read_text("utf-8")
    (output / "category").unlink()
    again = scrapy("reprocess", str(tmp_path / "saved"), "--workers", "2", output=output)
    assert again.code == 0
    assert set(again.posts()) == set(sample.posts())
