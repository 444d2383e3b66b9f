"""The saved door: files to pages to articles, merged and sent through the same stages as a crawl's."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler import exits, pages, sources
from crawler.archive import Unread, open_path
from crawler.items import Article, Page, Post
from crawler.merge import Incomplete, by_article, fault, merge
from crawler.stages import RemotePictures, Stage, keeps_pictures, stages
from crawler.store.desk import NoPicture, PictureDesk
from crawler.store.fetch import Fetcher
from crawler.store.pictures import PictureStore
from crawler.store.run import Run


@dataclass(slots=True)
class Input:
    """One line of the report: a file or container member, and what became of it."""

    path: str
    outcome: str
    reason: str = ""
    codes: list[str] = field(default_factory=list)


def reprocess(paths: Iterable[Path], run: Run, settings: Mapping[str, Any], *, online: bool = False) -> dict[str, Any]:
    """Turn everything below the paths into posts; returns the report, which lists every input once.

    The network is asked for nothing, and for pictures only when ``online``.
    """
    inputs, known = [], defaultdict(list)
    for path in paths:
        for page in open_path(path):
            line, articles = _read(page)
            inputs.append(line)
            for article in articles:
                known[sources.digits(article.code)].append(article)
            if line.outcome == "quarantined":
                run.lost_page(line.path, line.reason, page if isinstance(page, Page) else None)
    steps = (*stages(settings), _pictures(run, settings, online=online))
    for code in sorted(known):
        for group in by_article(known[code]):
            _write(group, run, steps, settings["FINEWS_SHARE_HOST"])
    for line in inputs:
        if line.codes:
            line.outcome, line.reason = _ends(line, run)
    tally = run.tally()
    lost = any(line.outcome == "quarantined" for line in inputs)
    exit_code = exits.IN_QUARANTINE if lost or tally["quarantined"] else exits.OK
    return run.report(
        exit_code, {"inputs": [{"path": i.path, "outcome": i.outcome, "reason": i.reason} for i in inputs]}
    )


def _read(page: Page | Unread) -> tuple[Input, tuple[Article, ...]]:
    """The line of the report for a page, and the articles that it tells of."""
    if isinstance(page, Unread):
        return Input(page.source, "out_of_scope", page.reason), ()
    try:
        kind, articles = pages.read(page)
    except pages.Unreadable as error:
        return Input(page.source, "quarantined", str(error)), ()
    if kind == "list":
        return Input(page.source, "read", f"a list of {len(articles)} articles"), articles
    return Input(page.source, "read", "", [a.code for a in articles]), articles


def _write(group: list[Article], run: Run, steps: tuple[Any, ...], share_host: str) -> None:
    code = group[0].code
    if all(article.source == "list" for article in group):
        run.out_of_scope(code, "only named on a list: no page of it was saved")
        return
    try:
        post = merge(group, share_host)
    except Incomplete as incomplete:
        run.quarantined(code, str(incomplete))
        return
    if post.kind == "site":
        run.out_of_scope(post.code, "the site's own notice, no article")
        return
    for step in steps:
        post = step(post, run.counts)
    if reason := fault(post):
        run.quarantined(post.code, reason)
        return
    run.write(post.code, post)


def _pictures(run: Run, settings: Mapping[str, Any], *, online: bool) -> Stage:
    """What becomes of a post's pictures: they stay remote, or are taken from the store, into which some may come."""
    if not keeps_pictures(settings):
        return RemotePictures()
    desk = PictureDesk(PictureStore(run.output), charts=settings["FINEWS_KLINE_CHARTS"] in {True, "1", "True", "true"})
    fetcher = Fetcher(settings["USER_AGENT"]) if online else None

    def keep(post: Post, counts: Counter[str]) -> Post:
        for want in desk.wants(post, datetime.now(UTC)):
            if fetcher is None:
                break
            try:
                desk.keep(want, fetcher.fetch(want.url))
                counts["pictures/kept"] += 1
            except NoPicture as reason:
                counts[f"pictures/failed/{reason}"] += 1
        post = desk.localize(post)
        counts["pictures/missing"] += post.pictures_missing
        return post

    return keep


def _ends(line: Input, run: Run) -> tuple[str, str]:
    """What became of the articles that a page told of."""
    names = {sources.digits(code) for code in line.codes}
    ends = {outcome for code, outcome in run.outcomes.items() if sources.digits(code) in names}
    return next((end for end in ("written", "unchanged", "quarantined") if end in ends), "out_of_scope"), line.reason
