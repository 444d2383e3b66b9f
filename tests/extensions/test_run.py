"""How a crawl ended: its exit code, in falling order of weight, its report, and what is said."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from crawling import MakeCrawler
from scrapy import signals
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import exits
from crawler.exits import RunError
from crawler.extensions.run import RunExtension
from crawler.store.run import Run

Change = Callable[[Run], object]


def counted(**counts: int) -> Change:
    return lambda run: run.counts.update({name.replace("_of_", "/"): number for name, number in counts.items()})


def article(outcome: str) -> Change:
    return lambda run: run.book("NW202201142248170578", outcome)  # type: ignore[arg-type]


READ = counted(lists_of_read=1)


def extension_of(crawler_of: MakeCrawler, **changed: object) -> RunExtension:
    extension = crawler_of(**changed).get_extension(RunExtension)
    assert extension
    return extension


@pytest.mark.parametrize(
    ("reason", "changes", "code"),
    [
        ("finished", [READ], exits.OK),
        ("finished", [counted(lists_of_unchanged=1)], exits.OK),
        ("finished", [article("written")], exits.OK),
        ("finished", [], exits.NOTHING_FETCHED),
        ("finished", [lambda run: run.notes["wrong_lines"].append("x")], exits.IN_QUARANTINE),
        ("finished", [counted(refused_of_heard=1)], exits.BLOCKED),
        ("finished", [READ, counted(errors=1)], exits.INTERNAL_ERROR),
        ("finished", [READ, counted(lists_of_failed=1)], exits.IN_QUARANTINE),
        ("finished", [article("quarantined")], exits.IN_QUARANTINE),
        ("finished", [READ, counted(articles_of_withdrawn_unseen=1)], exits.IN_QUARANTINE),
        ("finished", [READ, lambda run: run.notes["items_unread"].append("x")], exits.IN_QUARANTINE),
        ("finished", [READ, counted(refused_of_lists=1)], exits.BLOCKED),
        ("finished", [READ, lambda run: run.found.add("NW1")], exits.INTERNAL_ERROR),
        ("finished", [READ, lambda run: run.found.add("NW1"), counted(refused_of_posts=1)], exits.BLOCKED),
        ("blocked", [READ, counted(errors=1)], exits.BLOCKED),
        ("unreachable", [READ], exits.NOTHING_FETCHED),
        ("closespider_itemcount", [READ, lambda run: run.found.add("NW1")], exits.LIMIT_REACHED),
        ("memusage_exceeded", [], exits.LIMIT_REACHED),
        ("closespider_itemcount", [counted(errors=1)], exits.INTERNAL_ERROR),
        ("shutdown", [READ], exits.INTERRUPTED),
        (
            "finished",
            [lambda run: setattr(run, "fatal", RunError("full", exits.NOT_WRITABLE)), counted(errors=1)],
            exits.NOT_WRITABLE,
        ),
    ],
)
def test_the_heaviest_of_what_went_wrong_is_the_exit_code(
    reason: str, changes: list[Change], code: int, crawler_of: MakeCrawler
) -> None:
    extension = extension_of(crawler_of)
    for change in changes:
        change(extension.run)
    assert extension._exit_code(reason) == code


def test_an_engine_that_fails_was_not_interrupted(crawler_of: MakeCrawler) -> None:
    extension = extension_of(crawler_of)
    extension._crawler.crawling = True
    assert extension._exit_code("shutdown") == exits.INTERNAL_ERROR


def test_articles_that_are_left_behind_a_depth_were_limited(crawler_of: MakeCrawler) -> None:
    extension = extension_of(crawler_of, DEPTH_LIMIT=2)
    READ(extension.run)
    assert extension._exit_code("finished") == exits.OK
    extension.run.found.add("NW1")
    assert extension._exit_code("finished") == exits.LIMIT_REACHED


def test_an_error_is_counted_with_its_page_and_one_of_the_run_ends_it(
    crawler_of: MakeCrawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    extension, stopped = extension_of(crawler_of), list[bool]()
    monkeypatch.setattr(extension, "stop", lambda: stopped.append(True))
    response = Response("http://a.example/")
    signalled = extension._crawler.signals.send_catch_log
    signalled(signals.spider_error, failure=Failure(KeyError("x")), response=response)
    signalled(signals.item_error, failure=Failure(ValueError("y")))
    assert extension.run.counts["errors"] == 2
    assert extension.run.notes["internal_errors"] == ["KeyError: 'x' http://a.example/", "ValueError: y"]
    assert stopped == []
    signalled(signals.spider_error, failure=Failure(RunError("full", exits.NOT_WRITABLE)), response=response)
    assert (extension.run.counts["errors"], stopped) == (2, [True])


def test_it_stops_the_engine_once(crawler_of: MakeCrawler, monkeypatch: pytest.MonkeyPatch) -> None:
    extension, reasons = extension_of(crawler_of), list[str]()

    async def close(reason: str) -> None:
        reasons.append(reason)

    async def stop() -> None:
        monkeypatch.setattr(extension._crawler.engine, "close_spider_async", close)
        extension.stop()
        extension.stop("blocked")
        await asyncio.sleep(0)

    asyncio.run(stop())
    assert reasons == ["fatal"]


@pytest.mark.parametrize(("verbosity", "said"), [("normal", "articles: found 1, written 1"), ("quiet", "")])
def test_at_the_end_the_report_is_written_and_the_summary_said(
    verbosity: str, said: str, crawler_of: MakeCrawler, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    extension = extension_of(crawler_of, FINEWS_VERBOSITY=verbosity)
    article("written")(extension.run)
    extension._crawler.signals.send_catch_log(signals.spider_closed, reason="finished")
    assert (extension.exit_code, extension.has_ended) == (exits.OK, True)
    report = json.loads((tmp_path / "output" / "reports" / f"{extension.run.id}.json").read_bytes())
    assert report == json.loads(json.dumps(extension.report))
    assert (report["found"], report["written"], report["exit_code"], report["job"]) == (1, 1, 0, "finews")
    assert extension._crawler.stats.get_value("finews/written") == 1
    out = capsys.readouterr().out
    assert out.startswith(said)
    assert bool(out) == bool(said)


def test_what_ended_it_is_said_on_one_line(crawler_of: MakeCrawler, capsys: pytest.CaptureFixture[str]) -> None:
    extension = extension_of(crawler_of)
    extension.run.fatal = RunError("disk\nfull", exits.NOT_WRITABLE)
    extension._crawler.signals.send_catch_log(signals.spider_closed, reason="fatal")
    assert extension.exit_code == exits.NOT_WRITABLE
    assert "scrapy crawl: disk\\nfull\n" in capsys.readouterr().err
