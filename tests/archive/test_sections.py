"""A container's sections, read each by itself, give what the whole gives, whatever is wrong with it."""

import gzip
import io
import os
import random
import re
import tarfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from archive import makers
from archive.conftest import HTML
from archive.makers import HTML_TYPE, URL
from full_or_small import size
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive import Budget, InputFile, Limits, NotByItself, ReadResult, input_files, sections

LIMITS = Limits()
SECTION = 1200
BODIES = makers.pages(HTML, 8)


def recorded(*, gzipped: bool) -> bytes:
    """A WARC as recorders write it: notes, requests, pictures."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=gzipped)
    makers.put(writer, writer.create_warcinfo_record("x.warc", {"software": "x"}))
    for number, body in enumerate(BODIES):
        asked = StatusAndHeaders("GET / HTTP/1.0", [("Host", "x")], is_http_request=True)
        answered = StatusAndHeaders("200 OK", [HTML_TYPE], protocol="HTTP/1.1")
        picture = StatusAndHeaders("200 OK", [("Content-Type", "image/png")], protocol="HTTP/1.1")
        noise = io.BytesIO(random.Random(number).randbytes(300))
        url = f"{URL}?{number}"
        makers.put(
            writer,
            writer.create_warc_record(url, "request", payload=io.BytesIO(), http_headers=asked),
            writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=answered),
            writer.create_warc_record(f"{url}.png", "response", payload=noise, http_headers=picture),
        )
    return buffer.getvalue()


WHOLE = {
    "x.warc": recorded(gzipped=False),
    "x.warc.gz": recorded(gzipped=True),
    "in-itself.warc": makers.warc_of([makers.warc_of(BODIES[:2], gzipped=False), *BODIES], gzipped=False),
    "x.tar": makers.make_tar(
        {
            **{f"a/{number}.html": body for number, body in enumerate(BODIES)},
            f"{'long' * 30}.html": HTML,
            "in.tar": makers.make_tar({"1.html": HTML}),
            "in.tar.gz": makers.make_tar({"1.html": HTML}, "w:gz"),
        }
    ),
    "x.zip": makers.make_zip(
        {
            **{f"a/{number}.html": body for number, body in enumerate(BODIES)},
            "a/0_files/x.png": b"\x89PNG\r\n",
            "a/0_files/frame.html": BODIES[1],
            "in.zip": makers.make_zip({"1.html": HTML}),
            "b.html.gz": gzip.compress(HTML),
        }
    ),
}


def file_of(folder: Path, name: str, data: bytes) -> InputFile:
    path = folder / name
    path.write_bytes(data)
    (file,) = input_files(path)
    assert isinstance(file, InputFile)
    return file


def in_sections(file: InputFile) -> tuple[list[ReadResult], int]:
    """What it gives, in sections as far as they can be read so; and how many were."""
    found: list[ReadResult] = []
    read = 0
    for section in sections(file, SECTION):
        try:
            found += [*section.open(Budget(LIMITS, file.size))]
        except NotByItself:
            break
        read += 1
    else:
        return found, read
    return [*found, *islice(file.open(LIMITS), len(found), None)], read


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


def test_a_first_line_inside_a_page_is_no_place_to_cut(tmp_path: Path) -> None:
    file = file_of(tmp_path, "x.warc", WHOLE["in-itself.warc"])
    inside = WHOLE["in-itself.warc"].index(b"WARC/", 400)
    assert inside < next(sections(file, SECTION)).end
    begun = [one.start() for one in re.finditer(rb"(?<=\r\n\r\n)WARC/", WHOLE["in-itself.warc"])]
    assert {section.end for section in sections(file, 1)} == {*begun, file.size}
    assert in_sections(file)[0] == [*file.open(LIMITS)]


def _tar_of_git() -> bytes:
    """An archive in which something is said of all members."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT, pax_headers={"comment": "x"}) as archive:
        for number, body in enumerate(BODIES):
            info = tarfile.TarInfo(f"{number}.html")
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("of-git.tar", _tar_of_git()),
        ("x.warc.gz", gzip.compress(recorded(gzipped=False))),
        ("x.tar.gz", gzip.compress(makers.tar_of(BODIES[:4])) + gzip.compress(makers.tar_of(BODIES[4:]))),
        ("x.html.gz", b"".join(map(gzip.compress, BODIES))),
        ("small.zip", makers.make_zip({"1.html": BODIES[0]})),
        ("joined.zip", makers.make_zip({"1.html": BODIES[0]}) + WHOLE["x.zip"]),
        ("web.zip", makers.make_zip({"archive/x.warc": bytes(9 << 20), **{f"{n}.html": b for n, b in enumerate(BODIES)}})),
        ("cut.zip", WHOLE["x.zip"][:-30]),
        ("empty.zip", b""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_not_cut(name: str, data: bytes, tmp_path: Path) -> None:
    assert [*sections(file_of(tmp_path, name, data), SECTION)] == []


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
