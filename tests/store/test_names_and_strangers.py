"""What is wrong with one name, or was put there by others, costs that article or that file, and no run."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from crawler import exits, post_format
from crawler.assemble.outcome import of_post
from crawler.exits import RunError
from crawler.items import Page, Post
from crawler.store.engine import Database
from crawler.store.lock import RunLock
from crawler.store.quarantine import Quarantine
from crawler.store.run import Run

POST = Post(
    code="NW202201142248170578", kind="media", title="题", time="2022-01-14 13:02:46", category="jia", tag="甲报新闻",
    link="", body="<p>1</p>", origin="share",
)  # fmt: skip
OTHER = replace(POST, code="NW202201142248170002")


@pytest.mark.parametrize(
    "case",
    ["long category", "long code", "folder"],
)
def test_an_article_that_gets_no_file_is_put_aside_and_the_others_are_written(case: str, tmp_path: Path) -> None:
    bad = POST
    if case == "long category":
        bad = replace(POST, category="乙" * 82)
    elif case == "long code":
        bad = replace(POST, code="NW" + "2" * 250)
    else:
        (tmp_path / "_posts" / post_format.file_name(POST)).mkdir(parents=True)
    with Run(tmp_path) as run:
        run.store([of_post(one, post_format.render(one)) for one in (bad, OTHER)])
        assert run.outcomes == {bad.code: "quarantined", OTHER.code: "written"}
        assert "cannot be written under its name" in run.article_reasons[bad.code]
    assert [path.name for path in (tmp_path / "_posts").iterdir() if path.is_file()] == [post_format.file_name(OTHER)]


@pytest.mark.parametrize("name", [f"{OTHER.code}.json", f"{OTHER.code}.raw", f".{OTHER.code}.json.part"])
def test_a_folder_in_the_place_of_an_entry_is_told_and_ends_no_run(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "quarantine" / name
    folder.mkdir(parents=True)
    with Run(tmp_path) as run:
        for _ in range(2):
            run.quarantined(OTHER.code, "why", Page(url="http://x/", body=b"raw"))
        run.store([of_post(POST, post_format.render(POST))])
        assert run.outcomes == {OTHER.code: "quarantined", POST.code: "written"}
        assert run.failed[0]["reason"] == ("why" if "raw" in name else "why (no entry: something else has its name)")
        run.store([of_post(OTHER, post_format.render(OTHER))])
    assert folder.is_dir()
    assert [path for path in (tmp_path / "quarantine").iterdir() if path.is_file()] == []


def test_a_folder_that_looks_left_over_stays(tmp_path: Path) -> None:
    (tmp_path / "_posts" / ".x.md.part").mkdir(parents=True)
    with Run(tmp_path) as run:
        run.store([of_post(OTHER, post_format.render(OTHER))])
    assert (tmp_path / "_posts" / ".x.md.part").is_dir()


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_a_lock_that_is_no_file_is_refused(kind: str, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    target, lock = tmp_path / "precious", tmp_path / "state" / "lock"
    target.write_text("precious")
    if kind == "link":
        lock.symlink_to(target)
    else:
        os.mkfifo(lock)
    with pytest.raises(RunError) as told:
        RunLock(tmp_path).take()
    assert told.value.exit_code == exits.NOT_WRITABLE
    assert str(lock) in str(told.value)
    assert target.read_text() == "precious"


FOREIGN = (
    "{",
    "[1, 2]",
    "null",
    '"x"',
    '{"id": 1}',
    '{"id": "another", "reason": "x"}',
    '{"id": "f", "reason": {}}',
    "[" * 99_999,
    "\0\xff",
)


@pytest.mark.parametrize("text", FOREIGN)
def test_a_foreign_file_in_quarantine_is_named_and_skipped(text: str, tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path)
    quarantine.add("NW202201142248170578", "why")
    path = tmp_path / "quarantine" / "f.json"
    path.write_bytes(text.encode("latin-1"))
    (tmp_path / "quarantine" / "g.json").mkdir()
    quarantine.open()
    assert [entry.id for entry in quarantine.entries()] == ["NW202201142248170578"]
    assert [found.name for found in quarantine.foreign] == ["f.json", "g.json"]
    assert json.loads((tmp_path / "quarantine" / "NW202201142248170578.json").read_text())["reason"] == "why"


@pytest.mark.parametrize(
    "url",
    [
        "oracle+nodriver://u:S3cret@127.0.0.1/x",
        "oracle://u:S3/c@ret@127.0.0.1/x",
        "nosuch://h/x?password=S3cret&a=1",
        "postgresql+nosuch://u:S3cret@127.0.0.1/x",
        "://u:S3cret@h",
        "mysql+pymysql://u:S3cret@h/x",
    ],
)
def test_no_message_holds_a_password(url: str) -> None:
    with pytest.raises(ValueError, match="FINEWS_LEDGER_URL") as told:
        Database(url)
    assert "S3" not in str(told.value)
    assert told.value.__suppress_context__
