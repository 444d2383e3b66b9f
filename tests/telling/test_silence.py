"""What is called quiet, and what is not."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from telling.receiver import receiver

from crawler.store.engine import now
from crawler.store.ledger import Ledger
from crawler.store.quarantine import entry_id
from crawler.store.tables import articles, new_row
from crawler.telling.memory import Memory
from crawler.telling.silence import MOST_KNOWN, silences
from crawler.telling.teller import Teller

BEGIN = datetime(2026, 3, 2, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


def _report(output: Path, number: int, written: int, **changed: Any) -> dict[str, Any]:
    """A run's report, on disk, too."""
    report = {
        "run": f"20260302T080000Z-{number:04}",
        "started": (BEGIN + number * HOUR).isoformat(),
        "ended": now().isoformat(),
        "exit_code": 0,
        "found": 50,
        "written": written,
        "job": "finews",
        "counts": {"lists/read": 3},
        "failed": [],
        "output": str(output),
        **changed,
    }
    (output / "reports").mkdir(exist_ok=True)
    (output / f"reports/{report['run']}.json").write_text(json.dumps(report, indent=1))
    return report


def _quiet(report: dict[str, Any], output: Path, known: Memory | None = None) -> dict[str, str] | None:
    return silences(report, f"sqlite:///{output / 'ledger.sqlite'}", known or Memory())


@pytest.mark.parametrize(
    ("before", "written", "told"),
    [
        ([50] * 10, 5, "new articles 5: by the last 10 runs there should be 50"),
        ([50] * 10, 6, ""),
        ([20_000] + [50] * 9, 5, "new articles 5: by the last 10 runs there should be 50"),  # the first run of all
        ([20_000] + [4] * 9, 0, ""),  # chance
        ([10] * 4, 0, ""),  # nobody knows yet what is usual
        ([0] * 10, 0, ""),
        ([50] * 30 + [5] * 10, 0, "new articles 0: by the last 10 runs there should be 5"),
    ],
)
def test_a_tenth_of_the_last_ten_runs(before: list[int], written: int, told: str, tmp_path: Path) -> None:
    for number, count in enumerate(before):
        _report(tmp_path, number, count)
    quiet = _quiet(_report(tmp_path, len(before), written), tmp_path)
    assert quiet == ({"rate": told} if told else {})


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # Apprise, on 3.11
def test_silence_is_told_once_until_it_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    for number in range(10):
        _report(tmp_path, number, 50)
    with receiver() as told:
        settings = {"FINEWS_NOTIFY": told.url.replace("http:", "json:"), "FINEWS_OUTPUT_DIR": str(tmp_path)}
        for number, written in enumerate((50, 2, 0, 50, 1), 10):
            Teller(settings, "finews").end(0, _report(tmp_path, number, written))
    messages = [json.loads(body) for body in told.bodies]
    assert [one["title"] for one in messages] == ["finews finews: gone quiet"] * 2
    quiet = "gone quiet: new articles 2: by the last 10 runs there should be 50"
    assert messages[0]["message"].split("\n")[:2] == ["exit 0: all well", quiet]


def test_other_runs_and_failed_ones_do_not_tell_what_is_usual(tmp_path: Path) -> None:
    for number in range(10):
        _report(tmp_path, number, 50)
    for number in range(10, 17):
        _report(tmp_path, number, 0, exit_code=8)
    for number in range(17, 21):
        _report(tmp_path, number, 0, job="reprocess")
    (tmp_path / "reports/20260302T080000Z-0022.json").write_bytes(b"\xff{")
    assert _quiet(_report(tmp_path, 23, 0), tmp_path) == {
        "rate": "new articles 0: by the last 10 runs there should be 50"
    }


def test_a_run_soon_after_another_may_find_little(tmp_path: Path) -> None:
    for number in range(10):
        _report(tmp_path, number, 50)
    soon = (BEGIN + 9 * HOUR + timedelta(minutes=2)).isoformat()
    assert _quiet(_report(tmp_path, 10, 0, started=soon), tmp_path) == {}


def test_runs_that_see_no_list_or_not_all_are_not_judged(tmp_path: Path) -> None:
    for number in range(10):
        _report(tmp_path, number, 50)
    assert _quiet(_report(tmp_path, 10, 0, exit_code=8), tmp_path) is None
    assert _quiet(_report(tmp_path, 10, 0, counts={"origin/share": 1}), tmp_path) is None


def test_an_empty_list_is_quiet_and_an_empty_article_is_not(tmp_path: Path) -> None:
    entries = [("http://h/list", "a list that names no post"), ("http://h/gone", "HTTP status 404")]
    entries.append(("column 要闻", "要闻: empty list"))
    failed = [{"id": entry_id(url), "reason": why} for url, why in [*entries, ("http://h/post", "empty page")]]
    report = _report(tmp_path, 1, 0, exit_code=5, failed=failed, lists_failed=[url for url, _ in entries])
    assert _quiet(report, tmp_path) == {
        f"list {name}": f"{name} answers, and lists nothing" for name in ("http://h/list", "column 要闻")
    }


def _known(output: Path, days: dict[str, list[int]]) -> None:
    """A ledger in which articles of the categories became known so many days before the run."""
    ledger = Ledger(f"sqlite:///{output / 'ledger.sqlite'}")
    with ledger._transaction() as db:
        for category, ago in days.items():
            rows = [new_row(f"{category}{n}", (BEGIN - timedelta(days=n)).isoformat()) for n in ago]
            ledger_rows = [row | {"category": category, "state": "written"} for row in rows]
            db.execute(articles.insert(), ledger_rows)
    ledger.close()


@pytest.mark.parametrize(
    ("ago", "quiet"),
    [
        ([*range(4, 12)], True),  # daily, and then not for four days
        ([*range(3, 12)], False),  # a long weekend
        ([6, 7, 10, 11, 12, 13], False),  # twice the longest that it was away
        ([7, 8, 11, 12, 13, 14], True),
        ([40, 41, 42, 43], False),  # no habit yet
        ([40, 40, 40, 40, 40, 41], False),  # one day is one day: an archive that was read
        ([30, 60, 90, 120, 150], False),  # monthly
        ([61, 91, 121, 151, 181], True),
    ],
)
def test_a_category_that_was_away_twice_as_long_as_ever(ago: list[int], quiet: bool, tmp_path: Path) -> None:
    _known(tmp_path, {"a": sorted(set(ago)), "": [*range(40, 60)]})
    last = (BEGIN - timedelta(days=min(ago))).date()
    assert isinstance(last, date)
    assert _quiet(_report(tmp_path, 0, 0), tmp_path) == (
        {"category a": f"category a: nothing since {last}"} if quiet else {}
    )


def test_a_list_whose_newest_article_stays_the_same(tmp_path: Path) -> None:
    ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    known = Memory()
    told = []
    for day in range(14):
        ledger.list_was_read("http://h/column", "eastmoney", f"article {min(day, 6)}", "")
        ledger.list_was_read("http://h/foreign", "another", "article", "")
        for hour in range(2):
            ledger.list_was_read("http://h/other", "eastmoney", f"article {day} {hour}", "")
            report = _report(tmp_path, 24 * day + hour, 1, job="eastmoney")
            told.append(_quiet(report, tmp_path, known))
    ledger.close()
    quiet = {"list http://h/column": "list http://h/column: nothing since 2026-03-08"}
    assert told == [{}] * 20 + [quiet] * 8
    assert {url: len(told_of) for url, told_of in known.lists.items()} == {"http://h/column": 8, "http://h/other": 15}
    assert known.lists["http://h/column"] == ["article 6", *(f"2026-03-0{day}" for day in range(2, 9))]


def test_a_medium_that_is_quiet_while_its_category_is_not(tmp_path: Path) -> None:
    """Names that sound alike share one; a medium of a quiet category is told with that, in one sentence."""
    known = Memory()
    _known(tmp_path, {"jiaribao": [*range(-13, 1)], "yibao": [*range(-6, 1)]})
    told = []
    for day in range(14):
        media = {"甲日报": "jiaribao"} | ({"假日报": "jiaribao", "乙报": "yibao"} if day < 7 else {})
        told.append(_quiet(_report(tmp_path, 24 * day, 1, media=media), tmp_path, known))
    assert told[:10] == [{}] * 10
    assert told[10] == {
        "medium 假日报": "medium 假日报: nothing since 2026-03-08",
        "category yibao": "category yibao (乙报): nothing since 2026-03-08",
    }
    assert told[10:] == told[10:11] * 4
    assert known.media["乙报"] == ["yibao", *(f"2026-03-0{day}" for day in range(2, 9))]


def test_what_is_remembered_of_media_has_an_end(tmp_path: Path) -> None:
    known = Memory(media={"老报": ["laobao", "2026-03-01"]})
    media = {f"媒体{number}": "x" for number in range(MOST_KNOWN)}
    _quiet(_report(tmp_path, 0, 1, media=media), tmp_path, known)
    assert len(known.media) == MOST_KNOWN
    assert "老报" not in known.media
