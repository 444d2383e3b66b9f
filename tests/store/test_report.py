"""A report is read as it was written, by name or as the newest, however long it is; no other file is one."""

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.store.report import LongList, heads_before, on_disk, read_report, spelled, write_report

RUN = "20220114T050246Z-6690"
LATER = "20220115T050246Z-0001"


def report(run: str = RUN, **more: Any) -> dict[str, Any]:
    told = {"run": run, "started": "2022-01-14T05:02:46+00:00", "exit_code": 0, "found": 3, "written": 1}
    return {**told, "counts": {}, "reasons": {"": 1}, "output": "/x", "new": [], **more}


def write(folder: Path, told: dict[str, Any]) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{told['run']}.json").write_text("".join(spelled(told)), "utf-8")


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"inputs": [{"path": f"{n}.html", "outcome": "read"} for n in range(1203)], "failed": [], "last": 7},
        {"failed": [{"title": 'a "quoted" \\ \u2028 \x1b[31m 题'}], "names": {"a": ["b", "c"]}},
    ],
)
def test_it_is_json_with_an_item_a_line_and_nothing_that_acts_on_a_terminal(more: dict[str, Any]) -> None:
    text = "".join(spelled(report(**more)))
    assert json.loads(text) == report(**more)
    assert "\x1b" not in text
    assert "\u2028" not in text
    assert all(
        text.count(f'\n  {{"{key}"') == len(more.get(name, ()))
        for name, key in (("inputs", "path"), ("failed", "title"))
    )


def test_what_cannot_be_spelled_does_not_end_the_run() -> None:
    assert json.loads("".join(spelled({"title": "\ud800"}))) == {"title": "?"}


def test_the_newest_or_the_one_that_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no report of any run"):
        read_report(tmp_path)
    for run in (LATER, RUN):
        write(tmp_path, report(run))
    (tmp_path / "99990101T000000Z-zzzz.json").write_text("{}")
    assert read_report(tmp_path)["run"] == LATER
    assert read_report(tmp_path, RUN)["run"] == RUN


@pytest.mark.parametrize("run", ["", "x", "../ledger", f"{RUN}.json", "20220114T050246Z-6691"])
def test_what_is_no_run_here_is_told(run: str, tmp_path: Path) -> None:
    write(tmp_path, report())
    with pytest.raises(ValueError, match=r"no name of a run|no report of a run"):
        read_report(tmp_path, run)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"\xff", b"[" * 100_000, b'{"run": "x"}', json.dumps(report(LATER)).encode(),
        *(json.dumps(report(**wrong)).encode() for wrong in ({"counts": []}, {"exit_code": "0"}, {"output": None})),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_told(data: bytes, tmp_path: Path) -> None:
    (tmp_path / f"{RUN}.json").write_bytes(data)
    with pytest.raises(ValueError, match=f"{RUN}.json (cannot be read|is no report)"):
        read_report(tmp_path)


def test_a_long_list_is_read_where_it_lies(tmp_path: Path) -> None:
    asked = []

    def items() -> list[dict[str, int]]:
        asked.append(1)
        return [{"n": n} for n in range(1001)]

    told = report(inputs=LongList(1001, items), nothing=LongList(0, list))
    write_report(tmp_path / "reports", told)
    assert len(asked) == 1
    found = on_disk(tmp_path / "reports", told)
    for _ in range(2):
        assert [one["n"] for one in found["inputs"]] == [*range(1001)]
    assert (len(asked), len(found["inputs"]), [*found["nothing"]]) == (1, 1001, [])
    assert read_report(tmp_path / "reports")["nothing"] == []


def test_a_long_list_of_which_nothing_comes_is_an_empty_one() -> None:
    told = report(inputs=LongList(3, list), last=["x"])
    assert json.loads("".join(spelled(told))) == report(inputs=[], last=["x"])


def test_the_heads_of_the_others_the_newest_first(tmp_path: Path) -> None:
    long = report(LATER, job='a "quoted" job', inputs=[{"found": 9}] * 5000)
    write(tmp_path, long)
    write(tmp_path, report())
    (tmp_path / "20220116T050246Z-0001.json").write_bytes(b"\xff{")
    for number, wrong in enumerate(
        [{"started": "then"}, {"started": "2022-01-14"}, {"found": "3"}, {"written": 10**4000}, {"exit_code": "a\nb"}]
    ):
        text = "".join(spelled(report(f"20220116T050246Z-000{number + 2}", **wrong)))
        (tmp_path / f"20220116T050246Z-000{number + 2}.json").write_text(text.replace("\\n", "\n"))
    heads = [*heads_before(tmp_path, "20220117T050246Z-0001")]
    assert [(head["run"], head["found"], head["exit_code"]) for head in heads] == [(LATER, 3, 0), (RUN, 3, 0)]
    assert [head["run"] for head in heads_before(tmp_path, LATER)] == [RUN]
