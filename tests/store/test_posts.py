"""A post that gets no file is put aside; the others are written."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from store.samples import POST, made

from crawler import post_format
from crawler.store.run import Run

OTHER = replace(POST, code="NW202201142248170002")


@pytest.mark.parametrize(
    "case",
    ["long category", "long code", "folder"],
)
def test_an_article_that_gets_no_file_is_put_aside_and_the_others_are_written(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "is_dir", os.path.isdir)  # as it is since Python 3.14
    bad = POST
    if case == "long category":
        bad = replace(POST, category="乙" * 84)
    elif case == "long code":
        bad = replace(POST, code="NW" + "2" * 250)
    else:
        (tmp_path / "_posts" / post_format.file_name(POST)).mkdir(parents=True)
    with Run(tmp_path) as run:
        run.store([made(bad), made(OTHER)])
        assert run.outcomes == {bad.code: "quarantined", OTHER.code: "written"}
        assert "cannot be written under its name" in run.article_reasons[bad.code]
    assert [path.name for path in (tmp_path / "_posts").iterdir() if path.is_file()] == [post_format.file_name(OTHER)]


def test_a_folder_that_looks_left_over_stays(tmp_path: Path) -> None:
    (tmp_path / "_posts" / ".x.md.part").mkdir(parents=True)
    with Run(tmp_path) as run:
        run.store([made(OTHER)])
    assert (tmp_path / "_posts" / ".x.md.part").is_dir()
