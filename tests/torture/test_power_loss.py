"""The power goes at any moment, unsynced writes lost or torn, and the command is run again: the same tree."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from forked_scrapy import START, Done, ScrapyForker
from full_or_small import FULL, size
from torture.lost_power import Disk, moments
from torture.output_checks import check_conservation, check_ledger, differences, leftovers, reports, tree
from torture.recorded_writes import events
from world import World, generated_site

CALM = ("-s", "AUTOTHROTTLE_ENABLED=False", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1")
TRIED = {"crawl one": 12, "crawl month": 6, "reprocess": 18}
"""Of the moments, when not all are."""
pytestmark = pytest.mark.timeout(size(300, 36_000))
Run = Callable[..., Done]


def _saved(folder: Path) -> None:
    """Saved replies with their posts' pages, and one that cannot be read."""
    for number in range(5):
        code = f"NW2022011422481705{number:02}"
        page = folder / f"finance.eastmoney.com/a/{code[2:]}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(
            f'<html><head><title>甲市第{number}份年报_东方财富网</title></head><body><h1>甲市第{number}份年报</h1><div class="infos">'
            f'<div class="item">2022年01月14日 13:02</div><div class="item">来源：甲社</div></div><div id="ContentBody">'
            f"<p>{'年报，' * 30}{number}</p></div></body></html>"
        )
    (folder / "x.json").write_text(json.dumps({"infoCode": "NW202201142248170599", "text": "<p>"}))


def _replayed(run: Run, name: str, folder: Path, *, code: int) -> None:
    folder.mkdir()
    log, output = folder / "log", folder / "recorded"
    done = run(output, recording={"below": str(output), "log": str(log)})
    assert done.code == code, done.err + done.out
    wanted, recorded = tree(output), events(log)
    assert {kind for kind, *_ in recorded} >= {"open", "write", "sync", "rename", "mkdir", "commit"}
    found = moments(recorded)
    tried = found if FULL else random.Random(7).sample(found, TRIED[name])
    wrong = {}
    for number, moment in enumerate(tried, 1):
        if said := _again(run, recorded, moment, folder, wanted, code):
            wrong[moment] = said
        if not number % 50:
            print(f"{name}: {number} of {len(tried)} moments tried, {len(wrong)} wrong", flush=True)
    print(f"{name}: {len(recorded)} events, {len(tried)} of {len(found)} moments tried")
    assert wrong == {}


def _again(run: Run, recorded: list, moment: tuple, folder: Path, wanted: dict[str, bytes], code: int) -> object:
    number, loss = moment
    disk, output = Disk(), folder / f"{number}-{loss.replace(' ', '-')}"
    for event in recorded[:number]:
        disk.apply(event)
    output.mkdir()
    disk.lay(output, loss)
    done = run(output)
    if done.code != code:
        return done.code, done.err[-1000:], done.out
    if said := differences(tree(output), wanted) or leftovers(output):
        return said
    check_ledger(output)
    check_conservation(report for report in reports(output))
    return None


@pytest.mark.parametrize("folders", ["one", "month"])
def test_during_a_crawl(folders: str, forker: ScrapyForker, tmp_path: Path) -> None:
    settings = (*CALM, "-s", f"FINEWS_POST_FOLDERS={folders}")
    with World(generated_site(6, 2)) as world:

        def crawl(output: Path, **kwargs) -> Done:
            return forker.start("crawl", "finews", *START, *settings, output=output, env=world.env(), **kwargs).wait()

        _replayed(crawl, f"crawl {folders}", tmp_path / "x", code=0)


def test_during_a_reprocessing(forker: ScrapyForker, tmp_path: Path) -> None:
    _saved(tmp_path / "in")

    def reprocess(output: Path, **kwargs) -> Done:
        args = ("reprocess", str(tmp_path / "in"), "--workers", "1")
        return forker.start(*args, output=output, env={}, **kwargs).wait()

    _replayed(reprocess, "reprocess", tmp_path / "x", code=5)
