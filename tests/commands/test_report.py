"""``scrapy report``: what a run said, again; without lock, folder or surprise, and with ``--json`` as JSON whatever happens."""

import json
import os
from pathlib import Path

import pytest
from reports.runs import filled
from run_scrapy import fresh_scrapy, scrapy

from crawler.printable import UNSAFE
from crawler.store.lock import RunLock
from crawler.store.run import Run


def test_the_newest_and_a_named_one_while_another_run_holds_the_lock(tmp_path: Path) -> None:
    runs = []
    for _ in range(2):  # of one second
        with Run(tmp_path) as run:
            runs.append(run.report(0)["run"])
    os.utime(tmp_path / f"reports/{runs[1]}.json", (1, 1))
    lock = RunLock(tmp_path)
    lock.take()
    try:
        newest, first = scrapy("report", "--json", output=tmp_path), scrapy("report", runs[0], output=tmp_path)
    finally:
        lock.release()
    assert (newest.code, newest.err, json.loads(newest.out)["run"]) == (0, "", runs[1])
    assert (first.code, first.err) == (0, "")
    assert f"{runs[0]}.json" in first.out
    assert first.out.endswith("exit 0: all well\n")


def test_what_is_printed_acts_on_no_terminal(tmp_path: Path) -> None:
    report = filled(tmp_path, 9)
    for option in ((), ("--json",)):
        done = scrapy("report", *option, output=tmp_path)
        assert done.code == 0
        assert not set(UNSAFE.findall(done.out)) - {"\n"}
    assert json.loads(done.out)["charts"] == report["charts"]
    assert json.loads(done.out)["new"][5]["title"] == report["new"][5]["title"].replace("\ud800", "?")


WRONG = {
    "none at all": (),
    "unknown": ("20220114T050246Z-0000",),
    "no name": ("latest",),
    "another folder": ("../state/20220114T050246Z-6690",),
    "a path": ("/etc/passwd",),
    "two": ("20220114T050246Z-6690", "20220114T050246Z-6690"),
    "an option": ("--jsno",),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_run_is_wrong_usage_and_leaves_no_folder(wrong: str, tmp_path: Path) -> None:
    said, told = (scrapy("report", *WRONG[wrong], *how, output=tmp_path / "out") for how in ((), ("--json",)))
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("scrapy report: ")
    error = json.loads(told.out)
    assert (told.code, told.err, error["exit_code"]) == (2, "", 2)
    assert error["error"] in said.err
    assert not (tmp_path / "out").exists()


def test_no_report_of_another_folder_is_read(tmp_path: Path) -> None:
    with Run(tmp_path / "other") as run:
        run.report(0)
    (tmp_path / "out/reports").mkdir(parents=True)
    for name in (f"../../other/reports/{run.id}", f"{tmp_path}/other/reports/{run.id}", f"{run.id}\n", f"./{run.id}"):
        assert scrapy("report", name, output=tmp_path / "out").code == 2


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"{}", b'{"run": "other"}', b'{"run": "20220114T050246Z-6690"}', b"\xff", None]
)
def test_a_report_that_is_none(data: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "reports/20220114T050246Z-6690.json"
    path.parent.mkdir()
    if data is None:
        path.mkdir()
    else:
        path.write_bytes(data)
    done = scrapy("report", "--json", output=tmp_path)
    assert done.code == 2
    assert path.name in json.loads(done.out)["error"]


@pytest.mark.parametrize("option", [("-s", "FINEWS_NONSENSE=1"), ("-s", "FINEWS_NONSENSE"), ("--logfile",)])
def test_wrong_options_are_told_as_json(option: tuple[str, ...], tmp_path: Path) -> None:
    done = fresh_scrapy("report", "--json", *option, output=tmp_path)
    assert (done.code, json.loads(done.out)["exit_code"]) == (2, 2)
