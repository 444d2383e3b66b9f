"""A container's sections, read each by itself, give what the whole gives, whatever is wrong with it."""

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from archive import makers
from archive.sectioned import BODIES, LIMITS, SECTION, WHOLE, file_of, in_sections
from full_or_small import size

from crawler.archive import Budget, InputFile, Limits, NotByItself, input_files, sections


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_one(name: str, tmp_path: Path) -> None:
    file = file_of(tmp_path, name, WHOLE[name])
    found, read = in_sections(file)
    assert found == [*file.open(LIMITS)]
    assert read == len([*sections(file, SECTION)]) > 2 or name == "in-itself.warc"


def _damaged(rng: random.Random, data: bytes) -> bytes:
    start = rng.randrange(len(data))
    end = start + rng.choice((1, 3, 20, 200, 1000))
    head, part, rest = data[:start], data[start:end], data[end:]
    ways: tuple[Callable[[], bytes], ...] = (
        lambda: head,
        lambda: makers.flipped(data, 8 * start + rng.randrange(8)),
        lambda: head + bytes(len(part)) + rest,
        lambda: head + rest,
        lambda: head + part + part + rest,
        lambda: head + rng.randbytes(len(part)) + part + rest,
        lambda: data + rng.choice((b"junk", bytes(100), *WHOLE.values())),
    )
    return rng.choice(ways)()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", WHOLE)
def test_a_damaged_one(name: str, seed: int, tmp_path: Path) -> None:
    rng = random.Random(f"{name} {seed}")
    for _ in range(size(25, 500)):
        file = file_of(tmp_path, name, _damaged(rng, WHOLE[name]))
        if any(sections(file, SECTION)):
            assert in_sections(file)[0] == [*file.open(LIMITS)]


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.zip")
    (file,) = input_files(tmp_path / "x.zip")
    assert isinstance(file, InputFile)
    assert [*sections(file, 0)] == []


def test_a_file_that_changes_meanwhile_is_not_read_in_sections(tmp_path: Path) -> None:
    file = file_of(tmp_path, "x.zip", WHOLE["x.zip"])
    found = [*sections(file, SECTION)]
    (tmp_path / "x.zip").write_bytes(WHOLE["x.warc"])
    with pytest.raises(NotByItself):
        [*found[-1].open(Budget(LIMITS, file.size))]
    (tmp_path / "x.zip").unlink()
    with pytest.raises(NotByItself):
        [*found[0].open(Budget(LIMITS, file.size))]
    assert [*sections(file, SECTION)] == []


def test_a_disk_that_fails_in_the_midst_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = file_of(tmp_path, "x.warc", WHOLE["x.warc"])
    found = sections(file, SECTION)
    first = next(found)
    (tmp_path / "x.warc").write_bytes(b"")

    def fails(*_: object) -> int:
        raise OSError("no disk")

    monkeypatch.setattr("crawler.archive.stretch._next", fails)
    (last,) = found
    assert (first.start, last.start) == (0, first.end)
    monkeypatch.undo()
    (tmp_path / "x.warc").write_bytes(WHOLE["x.warc"])
    with pytest.raises(NotByItself):
        [*last.open(Budget(LIMITS, file.size))]


def test_what_sections_cost_together_is_what_the_whole_costs(tmp_path: Path) -> None:
    for name in ("x.warc.gz", "x.zip", "x.tar"):
        file = file_of(tmp_path, name, WHOLE[name])
        budget, drawn = Budget(LIMITS, file.size), []
        for section in sections(file, SECTION):
            part = Budget(LIMITS, file.size)
            [*section.open(part)]
            [*section.open(budget)]
            drawn.append(part.cost)
        assert [sum(one) for one in zip(*drawn, strict=True)] == [*budget.cost]
        assert budget.cost.spent >= sum(map(len, BODIES))
        assert budget.covers(budget.cost)
        assert not Budget(Limits(total_bytes=budget.cost.spent), file.size).covers(budget.cost)
        assert not Budget(Limits(members=budget.cost.members - 1), file.size).covers(budget.cost) or name == "x.zip"
