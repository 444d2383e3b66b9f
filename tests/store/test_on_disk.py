"""What lies on disk beside the ledger: what is missing, unknown or edited, told by every run and by verify."""

import errno
import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from time import sleep

import pytest
from store.samples import CODE, POST, made

from crawler import exits
from crawler.assemble.assembler import join
from crawler.assemble.outcome import UNREADABLE, Assembled, Rejected
from crawler.exits import RunError
from crawler.items import Article
from crawler.sites import SHARE_HOST
from crawler.store.ledger import Ledger
from crawler.store.run import Run
from crawler.store.tables import LOST
from crawler.verify import against_ledger, check_stubs, rebuild, verify

OTHER = replace(POST, code="NW202201142248170579")


@pytest.fixture
def output(tmp_path: Path) -> Path:
    with Run(tmp_path) as run:
        run.store([made(POST), made(OTHER)])
    return tmp_path


def test_what_is_gone_is_told_until_it_is_there_again(output: Path) -> None:
    gone = output / "_posts" / made(POST).file
    data = gone.read_bytes()
    gone.unlink()
    for _ in range(2):
        with Run(output) as run:
            run.earlier.compare()
            assert (run.earlier.missing, run.ledger.states()[CODE]) == ({CODE: gone.name}, "pending")
            assert run.report(exits.OK)["missing_from_disk"] == [gone.name]
        assert against_ledger(Run(output)) == ([(gone, "missing: a run wrote it")], set())
    gone.write_bytes(data)
    with Run(output) as run:
        run.earlier.compare()
        (found,) = run.posts.look(run.earlier.records([CODE]).values())
        assert (run.earlier.missing, found.status, run.ledger.states()[CODE]) == ({}, "written", "written")
    assert against_ledger(Run(output)) == ([], set())


def test_what_a_run_is_about_to_book_is_no_fault(tmp_path: Path) -> None:
    """A post is in its place before the ledger knows it."""
    with Run(tmp_path) as run, ThreadPoolExecutor(1) as beside:
        done = [made(POST)]
        for step in (run.prepare, run.book_rejected, run.put):
            step(done)
        found = beside.submit(against_ledger, Run(tmp_path))
        sleep(0.2)
        run.book_stored(done)
        assert found.result() == ([], set())
        unknown = run.posts.place(made(OTHER).file)
        unknown.write_bytes(made(OTHER).data)
        assert against_ledger(Run(tmp_path)) == ([(unknown, "the ledger does not know it")], set())


def test_a_post_that_a_run_moves_meanwhile_is_no_fault(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [output / "_posts" / made(post).file for post in (POST, OTHER)]
    files[1].unlink()
    monkeypatch.setattr(Path, "rglob", lambda *_: iter(files))
    assert verify([output / "_posts"]) == (1, [])


def test_a_rebuild_keeps_what_is_missing(output: Path) -> None:
    settings = {"FINEWS_OUTPUT_DIR": str(output), "FINEWS_EDITED": "keep"}
    gone = output / "_posts" / made(POST).file
    data = gone.read_bytes()
    gone.unlink()
    for _ in range(2):
        assert rebuild(settings) == (2, None)
        assert against_ledger(Run(output)) == ([(gone, "missing: a run wrote it")], set())
    with Run(output) as run:
        run.earlier.compare()
        assert run.earlier.missing == {CODE: gone.name}
    gone.with_name(gone.name.replace("NW", "")).write_bytes(data)  # under the other spelling of its code
    rebuild(settings)
    assert against_ledger(Run(output)) == ([], set())


def test_what_is_lost_and_cannot_be_had_again_is_in_quarantine_until_it_is_there_or_dropped(output: Path) -> None:
    gone = output / "_posts" / made(POST).file
    data = gone.read_bytes()
    gone.unlink()
    with Run(output) as run:
        run.compare()
        run.withdrawn("HTTP status 404", CODE, CODE.removeprefix("NW"))
        assert (run.outcomes, run.counts["articles/withdrawn"]) == ({CODE: "quarantined"}, 0)
        assert [entry.reason for entry in run.quarantine.entries()] == [f"{LOST}HTTP status 404"]
    with Run(output) as run:
        run.compare()
        assert (list(run.earlier.missing), run.ledger.states()[CODE]) == ([CODE], "quarantined"), (
            "it waits for its hour"
        )
    assert against_ledger(Run(output)) == ([(gone, "missing: a run wrote it")], set())
    gone.write_bytes(data)
    with Run(output) as run:
        run.compare()
        assert (run.ledger.states()[CODE], list(run.quarantine.entries())) == ("written", [])
    gone.unlink()
    with Run(output) as run:
        run.ledger.left_out(CODE, "dropped from quarantine")
        run.compare()
        assert run.earlier.missing == {}
    assert against_ledger(Run(output)) == ([], set())


def test_a_file_that_the_ledger_does_not_know_takes_part_under_its_code(output: Path) -> None:
    strange = output / "_posts/2022-01-13-NW202201142248170580.md"
    strange.write_bytes(made(POST).data)
    with Run(output) as run:
        run.earlier.compare()
        (found,) = run.posts.look(run.earlier.records(["NW202201142248170580"]).values())
        assert (found.status, found.file, found.articles) == ("unknown", strange.name, ())
        assert run.earlier.categories() == {POST.category}
    assert against_ledger(Run(output)) == ([(strange, "the ledger does not know it")], set())


def test_an_edit_is_known_by_its_bytes_and_a_failed_try_makes_no_file_unknown(output: Path) -> None:
    path = output / "_posts" / made(POST).file
    path.write_bytes(path.read_bytes() + b" mine")
    with Run(output) as run:
        run.quarantined(OTHER.code, "HTTP status 500")
        run.earlier.compare()
        found = run.posts.look(run.earlier.records([CODE, OTHER.code]).values())
        assert {one.code: (one.status, len(one.articles) > 0) for one in found} == {
            CODE: ("edited", False),
            OTHER.code: ("written", True),
        }
    assert against_ledger(Run(output)) == ([], {path})
    with Run(output, keep_edited=False) as run:
        run.earlier.compare()
        assert [one.code for one in run.posts.look(run.earlier.records([CODE, OTHER.code]).values())] == [OTHER.code]


@pytest.mark.parametrize("ruin", [b"", "folder", "link", "loop"], ids=str)
def test_what_holds_nothing_is_missing(ruin: bytes | str, output: Path) -> None:
    path = output / "_posts" / made(POST).file
    path.unlink()
    if isinstance(ruin, bytes):
        path.write_bytes(ruin)
    elif ruin == "folder":
        path.mkdir()
    else:
        path.symlink_to(path if ruin == "loop" else output / "nowhere")
    with Run(output) as run:
        run.compare()
        assert (run.earlier.missing, run.notes["edited_by_hand"]) == ({CODE: path.name}, [])
        assert run.ledger.states()[CODE] == "pending"
        assert run.posts.look(run.earlier.records([CODE]).values()) == []
        run.store([one := made(POST)])
        assert (one.outcome, path.is_file()) == (("quarantined", False) if ruin == "folder" else ("written", True))
    assert (against_ledger(Run(output)) == ([], set())) == (ruin != "folder")


@pytest.mark.parametrize(
    "change", [lambda data: data + b" mine", lambda data: data[:90], lambda data: bytes(len(data))]
)
def test_what_was_edited_is_told_by_every_run_or_due(change: Callable[[bytes], bytes], output: Path) -> None:
    path = output / "_posts" / made(POST).file
    path.write_bytes(change(path.read_bytes()))
    for _ in range(2):
        with Run(output) as run:
            run.compare()
            run.store([Assembled(CODE, "unchanged", "edited by hand", file=path.name)])
            assert run.report(exits.OK)["edited_by_hand"] == [path.name]
            assert run.ledger.states()[CODE] == "written"
    with Run(output, keep_edited=False) as run:
        run.compare()
        assert (run.notes["edited_by_hand"], run.ledger.states()) == ([], {CODE: "pending", OTHER.code: "written"})
        run.store([made(POST)])
    with Run(output) as run:
        run.compare()
        assert (run.notes["edited_by_hand"], run.earlier.missing) == ([], {})


def test_only_a_file_that_looks_otherwise_is_read_and_only_once(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [output / "_posts" / made(post).file for post in (POST, OTHER)]
    os.utime(paths[0], (1, 1))
    read: list[Path] = []
    monkeypatch.setattr(Path, "read_bytes", lambda path, before=Path.read_bytes: (read.append(path), before(path))[1])
    for _ in range(2):
        with Run(output) as run:
            run.compare()
            assert run.notes["edited_by_hand"] == []
    assert read == paths[:1]


def test_names_that_are_no_posts_are_passed_by(output: Path) -> None:
    for name in (f".#{made(POST).file}", "notes.md", f".{made(POST).file}", f"{made(POST).file}~"):
        (output / "_posts" / name).symlink_to("me@host.4711")
    (output / "_posts/2022-01-13-x.md").symlink_to("nowhere")
    (output / "_posts/reading list.md").write_text("mine")
    with Run(output) as run:
        run.compare()
        assert run.earlier.categories() == {POST.category}
    assert against_ledger(Run(output)) == ([], set())
    assert rebuild({"FINEWS_OUTPUT_DIR": str(output), "FINEWS_EDITED": "keep"}) == (2, None)
    checked, faults = verify([output / "_posts"])
    assert checked == 2 + len(told := ("2022-01-13-x.md", "notes.md", "reading list.md"))
    assert {path.name for path, _ in faults} == {*told}


def test_an_edited_post_that_is_none_any_more_is_a_fault(output: Path) -> None:
    path = output / "_posts" / made(POST).file
    path.write_bytes(b"mine")
    assert verify([path.parent], {path}) == (2, [(path, "edited by hand, and no post any more")])


def test_other_line_ends_are_an_edit_that_is_safe(output: Path) -> None:
    """As git makes them of a post on Windows."""
    shared = made(replace(POST, link="http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW202201142248170578"))
    path = output / "_posts" / shared.file
    path.write_bytes(shared.data.replace(b"\n", b"\r\n"))
    assert verify([path], {path}) == (1, [])
    path.write_bytes(path.read_bytes().replace(b"</p>", b"</p><script>x</script>"))
    assert verify([path], {path}) == (1, [(path, "edited by hand, and not safe to publish")])


def test_what_an_edit_may_be_is_said_where_it_is_set(output: Path) -> None:
    with pytest.raises(ValueError, match="FINEWS_EDITED='no': say keep or overwrite"):
        Run.of({"FINEWS_OUTPUT_DIR": str(output), "FINEWS_EDITED": "no"})


def test_verify_reads_a_ledger_that_is_locked_and_needs_none(output: Path, tmp_path: Path) -> None:
    with Run(output):
        assert against_ledger(Run(output)) == ([], set())
        with pytest.raises(RunError), Run(output):
            pass
    assert against_ledger(Run(tmp_path / "nothing")) == ([], set())
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize(
    "old",
    [
        "---\nlayout: category\ntitle: <script>x</script>\ncategory: jia\n---",
        '---\nlayout: category\ntitle: 报"/onfocus="x\ncategory: jia\n---',
        "---\nlayout: category\ntitle: a: b\ncategory: jia\n---",
        "---\nlayout: category\ntitle: 甲\ncategory: jia\n---\n<script>x</script>",
        "---\nlayout: category\ntitle: 甲\n---",
        "甲",
    ],
)
def test_an_unsafe_stub_is_told_and_made_anew(old: str, tmp_path: Path) -> None:
    stub = tmp_path / "category" / "jia.html"
    stub.parent.mkdir()
    stub.write_text(old)
    assert [path for path, _ in check_stubs(stub.parent)] == [stub]
    with Run(tmp_path) as run:
        run.store([made(replace(POST, category="jia", tag="甲报新闻"))])
    assert stub.read_text() == "---\nlayout: category\ntitle: 甲报新闻\ncategory: jia\n---"
    assert check_stubs(stub.parent) == []


@pytest.mark.parametrize("title", ["乙社新闻", '"2022"', "a <b>x</b>"])
def test_a_safe_stub_stays_whatever_its_title(title: str, tmp_path: Path) -> None:
    stub = tmp_path / "category" / "jia.html"
    stub.parent.mkdir()
    stub.write_text(old := f"---\nlayout: category\ntitle: {title}\ncategory: jia\n---\n")
    with Run(tmp_path) as run:
        run.store([made(replace(POST, category="jia", tag="甲报新闻"))])
    assert stub.read_text() == old


def test_a_post_that_the_disk_fails_at_is_named_and_left(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run goes on, until the file can be read again; whatever edits are kept, and whether it is looked at or not."""
    bad, read = output / "_posts" / made(POST).file, Path.read_bytes

    def fails(path: Path) -> bytes:
        if path == bad:
            raise OSError(errno.EIO, "Input/output error")
        return read(path)

    before, reason = bad.stat(), f"{LOST}{UNREADABLE}"
    for keep, time in ((True, 1), (False, before.st_mtime_ns)):
        os.utime(bad, ns=(time, time))
        monkeypatch.setattr(Path, "read_bytes", fails)
        with Run(output, keep_edited=keep) as run:
            run.compare()
            assert (run.outcomes, run.article_reasons) == ({CODE: "quarantined"}, {CODE: reason})
            (found,) = run.posts.look(run.earlier.records([CODE]).values())
            page = Article(code=CODE, origin="finews-page", title="新题", tag="甲报新闻", text="<p>1</p>")
            with pytest.raises(Rejected, match=UNREADABLE):
                join([page], SHARE_HOST, Counter(), [found])
        assert against_ledger(Run(output)) == ([], set())
        assert [reason for _, reason in verify([output / "_posts"])[1]] == ["cannot be read: Input/output error"]
        monkeypatch.setattr(Path, "read_bytes", read)
        assert (bad.stat().st_mtime_ns, bad.stat().st_ino) == (time, before.st_ino)
    with Run(output) as run:
        run.compare()
        assert (run.outcomes, run.ledger.states()[CODE], [*run.quarantine.entries()]) == ({}, "written", [])


def test_a_post_that_a_killed_run_renamed_is_not_missing(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    item = replace(POST, code=CODE.removeprefix("NW"), category="emnews", tag="东财滚动新闻", kind="emnews")

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    for after in ("replaced", "written"):
        renamed = made(replace(item, replaces=(CODE,)))
        with monkeypatch.context() as patch:
            patch.setattr(Ledger, after, killed)
            with pytest.raises(KeyboardInterrupt), Run(output) as run:
                run.store([renamed])
        assert (output / "_posts" / renamed.file).exists()
        assert not (output / "_posts" / made(POST).file).exists()
        with Run(output) as run:
            run.compare()
            assert (run.earlier.missing, run.notes["edited_by_hand"]) == ({}, [])
            run.store([made(item)])
        assert against_ledger(Run(output)) == ([], set())
        (output / "_posts" / renamed.file).unlink()
        with Run(output) as run:
            run.ledger.replaced([renamed.code])
            run.store([made(POST)])
