"""A set of pages gives the same posts in one run as in any split of it into several: nothing that they say is lost."""

import json
import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from commands.command import OPTIONS, command
from crawling import given
from full_or_small import size
from reprocess import makers
from reprocess.makers import Art
from torture.output_checks import differences

from crawler.commands import quarantine
from crawler.reprocess import Engine, reprocess
from crawler.store.run import Run

ART = Art(1)
OTHER = Art(1, title="第1号公司公告的另一个标题", medium="人民邮电报", time="2022-01-14 13:05:00")
CODE = f"NW{ART.id}"
_LINKS = f'<div><a href="/a/{ART.id}.html">1</a> <a href="/a/{ART.id}_2.html">2</a></div>'
_ANOTHERS = "<p>火星探测器今天凌晨着陆成功，并传回首批照片。科学家们十分振奋，正在分析。</p>"


def _second_page() -> str:
    last = f'<p>每十股派发现金红利。</p><p>分析人士提醒投资者注意风险。</p><p class="em_media">（文章来源：证券时报）</p>{_LINKS}'
    return makers.desktop(ART, body=last).replace(f'{ART.id}.html"></head>', f'{ART.id}_2.html"></head>')


PAGES = {
    "a.html": makers.desktop(ART),
    "b.html": makers.desktop(Art(1, time=OTHER.time)),
    "c.html": makers.desktop(OTHER),
    "w.html": makers.old_wap(ART),
    f"{CODE}.json": makers.news_text(Art(1, more="<p>原文。</p>")),
    f"x/{CODE}.json": makers.news_text(Art(1, more="<p>二稿。</p>")),
    f"y/{CODE}.json": json.dumps({"text": _ANOTHERS, "content": ""}),
    f"z/{ART.id}.json": makers.news_text(Art(1, more="<p>三稿。</p>")),
    f"finews.zning.xyz/html_News/NewsShare.html?infoCode={CODE}": "<html><script src=/js/share.js></script></html>",
    "post.html": makers.post_page(ART),
    "damaged.html": makers.post_page(Art(1, title="第一个�坏了的标题")),
    "list.json": makers.listed(OTHER, ART),
    "list2.json": makers.listed(Art(51, title="别的事情"), ART),
    "web.json": makers.web(ART),
    "first.html": makers.desktop(ART, body=f"<p>第1号公司今日公告，董事会审议通过了年度利润分配方案。</p>{_LINKS}"),
    "second.html": _second_page(),
    "other.html": makers.post_page(Art(2)),
    "post.md": makers.old_post(ART),
    "app.json": makers.app(ART, [], ART.body),
}
BODIES = [name for name in PAGES if name.endswith((CODE, f"{ART.id}.json")) or name in {"first.html", "second.html"}]
"""Those that do for no post without others."""
Save = Callable[[Iterable[str]], list[Path]]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    def saved(names: Iterable[str]) -> list[Path]:
        files = [tmp_path / "saved" / name for name in names]
        for file, name in zip(files, names, strict=True):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(PAGES[name])
        return files

    return saved


def _run(output: Path, files: Iterable[Path]) -> int:
    with Run(output) as run:
        return int(reprocess([*files], run, given(), Engine())["exit_code"])


def _left(output: Path) -> dict[str, bytes]:
    """All posts, and which articles are in quarantine."""
    posts = {path.name: path.read_bytes() for path in (output / "_posts").glob("*")}
    return posts | {path.name: b"" for path in (output / "quarantine").glob(f"*{ART.id}.json")}


@pytest.mark.long
@pytest.mark.parametrize("seed", range(size(25, 1500)))
def test_any_split_gives_the_same(seed: int, save: Save, tmp_path: Path) -> None:
    rng = random.Random(seed)
    chosen = rng.sample(BODIES, rng.randint(1, 3)) + rng.sample(sorted({*PAGES} - {*BODIES}), rng.randint(1, 2))
    files = save(chosen)
    _run(tmp_path / "one", files)
    rng.shuffle(files)
    runs: list[list[Path]] = [[] for _ in range(rng.randint(2, 4))]
    for file in files:
        rng.choice(runs).append(file)
    for part in filter(None, runs):
        _run(tmp_path / "several", part)
    assert differences(_left(tmp_path / "several"), _left(tmp_path / "one")) == {}, runs


def test_what_no_post_was_made_of_waits_for_its_page(save: Save, tmp_path: Path) -> None:
    """Also beyond what the quarantine itself goes through: a ledger made anew."""
    reply, page = save([f"{CODE}.json", "post.html"])
    out = tmp_path / "out"
    assert _run(out, [reply]) == 5
    with Run(out) as run:
        run.ledger.rebuild([])
    assert _run(out, [page]) == 0
    assert "原文" in (out / "_posts" / ART.file).read_text()
    assert _left(out).keys() == {ART.file}
    with Run(out) as run:
        assert run.ledger.kept([CODE]) == {}, "it is in the post"


def test_what_was_dropped_is_forgotten(save: Save, tmp_path: Path) -> None:
    reply, page = save([f"{CODE}.json", "post.html"])
    out = tmp_path / "out"
    assert _run(out, [reply]) == 5
    assert command(quarantine, out).execute(["drop", CODE], OPTIONS) == 0
    assert _run(out, [page]) == 0
    assert "原文" not in (out / "_posts" / ART.file).read_text()


def test_a_withdrawal_takes_nothing_away(save: Save, tmp_path: Path) -> None:
    reply, page = save([f"{CODE}.json", "post.html"])
    out = tmp_path / "out"
    assert _run(out, [reply]) == 5
    with Run(out) as run:
        run.withdrawn("HTTP status 404", CODE)
    assert _left(out) == {}
    assert _run(out, [page]) == 0
    assert "原文" in (out / "_posts" / ART.file).read_text()


def test_a_page_of_several_waits_for_the_others(save: Save, tmp_path: Path) -> None:
    """Also when there is a post already: the article's page is a better source than the site's own."""
    files = save(["post.html", "first.html", "second.html"])
    for name, runs in (("one", [files]), ("two", [files[:2], files[2:]]), ("back", [files[::2], files[1:2]])):
        assert [_run(tmp_path / name, part) for part in runs][-1] == 0
    one, two, back = (_left(tmp_path / name) for name in ("one", "two", "back"))
    assert differences(two, one) == differences(back, one) == {}
    assert "分配方案。</p><p>每十股" in one[ART.file].decode()


def test_a_post_that_is_lost_is_not_all_well_until_it_is_made_again(save: Save, tmp_path: Path) -> None:
    page, other = save(["post.html", "other.html"])
    out = tmp_path / "out"
    assert _run(out, [page]) == 0
    (out / "_posts" / ART.file).unlink()
    assert [_run(out, files) for files in ([other], [other], [page], [other])] == [5, 5, 0, 0]


def test_a_shell_is_put_aside_until_another_page_tells_of_its_article(save: Save, tmp_path: Path) -> None:
    shell, page = save([name for name in PAGES if name.endswith(CODE) or name == "post.html"])
    out = tmp_path / "out"
    assert (_run(out, [shell]), {*_left(out)}) == (5, {f"{CODE}.json"})
    for files in ([page], [shell]):
        assert (_run(out, files), {*_left(out)}, [*(out / "quarantine").iterdir()]) == (0, {ART.file}, [])
