"""The memory of a reprocessing does not grow with the number of pages."""

import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from full_or_small import size
from reprocess import makers
from reprocess.makers import Art
from reprocess.running import report, reprocess

PAGES, FAILURES = size(2_000, 100_000), size(750, 100_000)
pytestmark = pytest.mark.timeout(size(120, 3600))


def _save(path: Path, count: int, page: Callable[[Art], tuple[str, str]]) -> None:
    """One archive, so that making it costs little."""
    with tarfile.open(path, "w") as archive:
        for n in range(count):
            name, text = page(Art(n))
            info, data = tarfile.TarInfo(name), text.encode()
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))


@pytest.mark.long
@pytest.mark.parametrize("workers", size([2], [1, 2]))
def test_pages_in_great_number(workers: int, tmp_path: Path) -> None:
    _save(tmp_path / "saved.tar", PAGES, lambda art: (f"{art.n}.html", makers.desktop(art)))
    ended = reprocess(tmp_path / "out", tmp_path / "saved.tar", "--workers", workers, timeout=3000)
    print(f"{PAGES} pages in {ended.seconds:.0f} s, {ended.peak / 2**20:.0f} MB")
    assert ended.code == 0, ended.out
    assert report(tmp_path / "out")["written"] == PAGES
    assert ended.peak < 300 * 2**20


def test_failures_in_great_number_take_no_longer(tmp_path: Path) -> None:
    """Bodies without titles: each ends in quarantine, with the file that it was read from."""
    _save(tmp_path / "saved.tar", FAILURES, lambda art: (f"NW{art.id}.json", makers.news_text(art)))
    ended = reprocess(tmp_path / "out", tmp_path / "saved.tar", "--workers", 1, timeout=3000)
    print(f"{FAILURES} failures in {ended.seconds:.0f} s, {ended.peak / 2**20:.0f} MB")
    told = report(tmp_path / "out")
    assert (ended.code, told["quarantined"]) == (5, FAILURES)
    assert {line["reason"] for line in told["inputs"]} == {"no title"}
    assert ended.peak < 300 * 2**20
