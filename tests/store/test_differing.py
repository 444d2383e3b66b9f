"""The folder of posts is compared with what is known of it in parts, and finds what a look at each file would find."""

import random
import shutil
import tracemalloc
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from store.samples import CODE, POST, filled, made, written_post

from crawler.store.differing import differing
from crawler.store.filed import File
from crawler.store.on_disk import compare
from crawler.store.places import listed, stamp_of
from crawler.store.run import Run
from crawler.verify import rebuild


@pytest.mark.long
def test_a_comparison_has_not_all_files_in_memory(tmp_path: Path) -> None:
    peaks = []
    for number in (5000, 15000):
        ledger, folder = filled(f"sqlite:///{tmp_path / f'{number}.sqlite'}", number), tmp_path / str(number) / "_posts"
        folder.mkdir(parents=True)
        for n in range(number):
            (folder / f"2022-01-14-NW20220114{n:010}.md").write_bytes(b"x")
        found = compare(folder, ledger)
        ledger.stamped(found.stamps)
        (folder / found.files[0].file).write_bytes(b"another")
        compare(folder, ledger)  # statements are compiled once
        tracemalloc.start()
        assert len(compare(folder, ledger).files) == 1
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        ledger.close()
    assert peaks[1] < 1.2 * peaks[0], peaks


def test_files_of_which_nothing_tells_what_was_written_are_no_news_each_time(tmp_path: Path) -> None:
    """After the rebuild of a ledger that was lost, that is."""
    with Run(tmp_path) as run:
        run.store([written_post()])
    shutil.rmtree(tmp_path / "state")
    assert rebuild({"FINEWS_OUTPUT_DIR": str(tmp_path), "FINEWS_EDITED": "keep"}) == (1, None)
    file = next((tmp_path / "_posts").iterdir())
    for data in (file.read_bytes(), b"another", b"", b"again"):
        file.write_bytes(data)
        for is_news in (True, False):
            with Run(tmp_path) as run:
                run.compare()
                assert (run.earlier.edited, run.earlier.missing) == (frozenset(), {} if data else {CODE: file.name})
                seen = run.ledger.files([file.name])
                assert seen[0].stamp == stamp_of(file) or not data
                assert compare(file.parent, run.ledger).files == ([] if data else seen), is_news


def _found_file_by_file(folder: Path, files: list[File]) -> list[Any]:
    """The same comparison as its words say it, with all that is known at once."""
    there = {name: stamp_of(path) for name, path in listed(folder).items()}
    held = {name for name, stamp in there.items() if stamp}
    known = {one.file for one in files}
    unknown = {name[11:-3]: name for name in held - known}
    missing = {one.code: one.file for one in files if one.file not in held and one.code not in unknown}
    other = [one for one in files if one.file in held and there[one.file] != one.stamp]
    mine = {one.code: one.file for one in other if b"mine" in Path(listed(folder)[one.file]).read_bytes()}
    stamps = {one.code: there[one.file] for one in other if one.code not in mine}
    return [missing, unknown, mine, {}, stamps]


WAYS = ("as it was", "gone", "empty", "touched", "edited", "to the month", "to the old ones", "twice", "a folder")


@pytest.mark.parametrize("seed", range(4))
def test_the_comparison_finds_what_one_file_by_file_finds(seed: int, tmp_path: Path) -> None:
    """Whatever became of each file; ``twice``: an empty one lies before it."""
    chance = random.Random(seed)
    codes = [f"NW2022{n % 12 + 1:02}14224817{n:04}" for n in range(60)]
    posts = [written_post()] + [made(replace(POST, code=code, time=f"2022-{code[6:8]}-14 13:02:46")) for code in codes]
    with Run(tmp_path) as run:
        run.store(posts)
        ways = {one.file: chance.choice(WAYS) for one in posts[1:]}
        for file, way in ways.items():
            _do(way, tmp_path / "_posts" / file)
        (tmp_path / "_posts/2022-01-13-NW202201130000000001.md").write_bytes(posts[0].data or b"strange")
        files = run.ledger.files(file for file, _ in run.ledger.stamps())
        assert len(files) == len(posts)
        found = compare(tmp_path / "_posts", run.ledger)
        assert [*found[:5]] == _found_file_by_file(tmp_path / "_posts", files)
        assert {*WAYS} == {*ways.values()}


def _do(way: str, path: Path) -> None:
    data = path.read_bytes()
    month = path.parent / path.name[:4] / path.name[5:7] / path.name
    old = path.parents[1] / "old_post" / path.name
    to = {"to the month": month, "twice": month, "to the old ones": old}.get(way)
    if to:
        to.parent.mkdir(parents=True, exist_ok=True)
        path.replace(to)
    if way in {"empty", "twice"}:
        path.write_bytes(b"")
    elif way in {"touched", "edited"}:
        path.unlink()
        path.write_bytes(data + b"mine" * (way == "edited"))
    elif way in {"gone", "a folder"}:
        path.unlink()
        if way == "a folder":
            path.mkdir()


def _known(folder: Path) -> dict[str, str | None]:
    return {path.name: stamp_of(path) for path in folder.rglob("*.md")}


def test_only_what_is_not_as_it_is_known_is_given_with_how_it_is(tmp_path: Path) -> None:
    posts = tmp_path / "_posts"
    posts.mkdir()
    for n in range(50):
        (posts / f"2022-01-14-NW20220114{n:010}.md").write_bytes(b"x")
    known = _known(posts)
    names = sorted(known)
    left: list[Path] = []
    assert differing(posts, lambda: [*known.items()], left) == {}
    (posts / names[0]).unlink()
    (posts / names[1]).write_bytes(b"another")
    (posts / names[2]).write_bytes(b"")
    (posts / "2022-01-15-NW202201150000000001.md").write_bytes(b"new")
    del known[names[3]]
    now = {**_known(posts), names[0]: "", names[2]: ""}
    changed = {*names[:4], "2022-01-15-NW202201150000000001.md"}
    assert differing(posts, lambda: [*known.items()], left) == {name: now[name] for name in changed}
    assert left == []


def test_what_is_known_without_a_stamp_is_looked_at_and_an_absent_file_too(tmp_path: Path) -> None:
    (tmp_path / "_posts").mkdir()
    assert differing(tmp_path / "_posts", lambda: [("2022-01-14-NW1.md", None)], []) == {"2022-01-14-NW1.md": ""}
    assert differing(tmp_path / "none", list, []) == {}
