"""Posts as they lie on disk: what is damaged in any part is found."""

from dataclasses import replace
from pathlib import Path

import pytest
from random_posts import MEDIA

from crawler import post_format
from crawler.store.run import Run
from crawler.verify import check_post, rebuild

POST = replace(MEDIA, title="青禾股份新产线投产", body="<p>港口吞吐量回升，企业补库意愿增强。</p>")


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, []),
        ({"title": "青禾\ufffd\ufffd投产"}, ["damaged text: characters are lost (U+FFFD): its title"]),
        ({"body": "<p>?????????????，</p>"}, ["damaged text: question marks in place of characters: its body"]),
        ({"body": "<p>µÚ1¶Î£º¸Û¿ÚÍÌÍÂÁ¿»ØÉý</p>"}, ["damaged text: read in a wrong encoding: its body"]),
    ],
)
def test_verify_finds_it(changed: dict[str, str], wrong: list[str], tmp_path: Path) -> None:
    post = replace(POST, **changed)  # type: ignore[arg-type]
    path = tmp_path / "_posts" / post_format.file_name(post)
    path.parent.mkdir()
    path.write_bytes(post_format.render(post))
    assert list(check_post(path)) == wrong


def test_of_several_files_of_an_article_the_ledger_is_told_the_one_that_is_named_so(tmp_path: Path) -> None:
    name = post_format.file_name(POST)
    (tmp_path / "_posts").mkdir()
    for end in (" - 副本.md", ".md", " (1).md", "~.md"):
        (tmp_path / "_posts" / name.replace(".md", end)).write_bytes(post_format.render(POST))
    assert rebuild({"FINEWS_OUTPUT_DIR": str(tmp_path), "FINEWS_EDITED": "keep"}) == (1, None)
    with Run(tmp_path) as run:
        assert run.ledger.records([POST.code])[POST.code].file == name
