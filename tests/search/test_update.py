"""What is new or changed is read by the next question, and nothing else is."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from search.archives import RED, aged, codes, finder, post, put

from crawler.post_format import file_name, render
from crawler.search import update
from crawler.search.index import ask


def test_what_changes_is_told_by_the_next_question(output: Path) -> None:
    (file,) = put(output, replace(RED, body="<p>绿色</p>"))  # of the same length, and edited by hand or by a run
    assert codes(finder(output).search(["红色"])) == set()
    assert codes(finder(output).search(["绿色"])) == {RED.code}
    put(output, replace(RED, body="<p>黄色</p>"))  # at once, which size and time may not tell
    os.utime(file, ns=(1, file.stat().st_mtime_ns))
    assert codes(finder(output).search(["黄色"])) == {RED.code}
    assert codes(finder(output).search(["绿色"])) == set()
    file.rename(file.with_name("2022-01-15-NW202201150000000009.md"))
    assert [hit.file for hit in finder(output).search(["黄色"]).hits] == ["2022-01-15-NW202201150000000009.md"]
    old = output / "old_post"
    old.mkdir()
    file.with_name("2022-01-15-NW202201150000000009.md").rename(old / file.name)  # as `prune --posts` does
    assert [hit.file for hit in finder(output).search(["黄色"]).hits] == [file.name]
    (old / file.name).write_bytes(b"")
    assert finder(output).search(["色"]).total == 1
    (old / file.name).unlink()
    assert finder(output).search(["色"]).total == 1


def test_a_file_of_this_moment_is_read_again(output: Path) -> None:
    """It may be written twice between two ticks of the disk's clock: the same size, the same time."""
    (file,) = put(output, replace(RED, body="<p>绿色</p>"))
    finder(output).search(["绿色"])
    then = file.stat().st_mtime_ns
    file.write_bytes(render(replace(RED, body="<p>黄色</p>")))
    os.utime(file, ns=(then, then))
    assert codes(finder(output).search(["黄色"])) == {RED.code}


def test_nothing_changed_nothing_touched(output: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*")}
    finder(output).search(["红色"])
    assert {path: path.stat().st_mtime_ns for path in output.rglob("*")} == before


def test_what_cannot_be_read_is_named_and_the_others_found(output: Path) -> None:
    (output / "_posts" / "2022-01-14-x.md").write_text("no post, 红色")
    (output / "_posts" / "2022-01-15-y.md").mkdir()
    (output / "_posts" / ".2022-01-14-x.md.part").write_bytes(render(RED))
    for _ in range(2):
        asked = finder(output)
        assert codes(asked.search(["红色"])) == {RED.code}
        assert asked.faults == [("2022-01-14-x.md", "no front matter")]


def test_what_is_no_utf_8_is_named(output: Path) -> None:
    file = output / "_posts" / file_name(RED)
    file.write_bytes(render(RED).decode().encode("gbk"))
    asked = finder(output)
    assert codes(asked.search(["红色"])) == set()
    ((named, reason),) = asked.faults
    assert (named, reason[:17]) == (file.name, "not UTF-8 at byte")


def test_a_copy_under_another_name_is_found_only_where_it_is_all_there_is(output: Path) -> None:
    file = output / "_posts" / file_name(RED)
    file.write_bytes(
        file.read_bytes().replace(b"2022-01-14 ", b"2022-01-15 ")
    )  # by hand: the name has the day of before
    copies = [file.with_name(f"{file.stem}{end}.md") for end in (" (1)", "~")]
    for copy in copies:
        copy.write_bytes(file.read_bytes())
    for gone, there, left_out in ((None, file, copies), (file, copies[0], copies[1:]), (copies[0], copies[1], [])):
        if gone:
            gone.unlink()
        asked = finder(output)
        assert [hit.file for hit in asked.search(["红色"]).hits] == [there.name]
        assert [hit.file for hit in asked.listed().hits].count(there.name) == 1
        assert asked.faults == [(copy.name, f"the same article as {RED.code}") for copy in left_out]


def test_what_is_read_is_read_once(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update, "read", lambda *_: pytest.fail("it is known"))
    finder(output).search(["红色"])


def test_pairs_are_made_when_words_are_asked_for(tmp_path: Path) -> None:
    """Lists and reprints do without them: they are most of the work."""
    put(tmp_path, RED, post(2, body="<p>蓝色</p>"), post(3, body="<p>红色</p>"))
    aged(tmp_path)
    paired = "SELECT total(paired), count(*) FROM posts"
    assert finder(tmp_path).listed().total == 3
    assert ask(tmp_path, lambda db: db.execute(paired).fetchone(), print, for_words=False) == (0, 3)
    put(tmp_path, replace(RED, body="<p>绿色</p>"))[0].rename(
        tmp_path / "_posts" / "2022-01-15-NW202201150000000009.md"
    )
    aged(tmp_path)
    assert finder(tmp_path).listed().total == 3
    assert codes(finder(tmp_path).search(["红色"])) == {post(3).code}
    assert ask(tmp_path, lambda db: db.execute(paired).fetchone(), print, for_words=False) == (3, 3)
    assert finder(tmp_path).search(["绿色"]).total == 1


def test_a_change_that_breaks_off_leaves_the_index_as_it_was(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(output, replace(RED, body="<p>绿色</p>"), post(3, body="<p>黄色</p>"))
    aged(output)
    tables = ("posts", "folded", "bands", "mentions")
    counted = [f"SELECT count(*) FROM {table}" for table in tables]

    def fails(_: str) -> bytes:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(update, "packed", fails)
        with pytest.raises(ZeroDivisionError):
            finder(output).listed()
    assert codes(finder(output).search(["色"])) == {RED.code, post(2).code, post(3).code}
    numbers = ask(output, lambda db: [db.execute(query).fetchone()[0] for query in counted], print)
    assert numbers[:2] == [3, 3], "what a changed post said before is forgotten"
