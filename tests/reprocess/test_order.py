"""The same files give the same bytes, whatever their order, the number of workers, and the room in memory."""

import random
from pathlib import Path

import pytest
from reprocess import makers
from reprocess.makers import Art
from reprocess.running import report, reprocess
from run_scrapy import fresh_scrapy
from torture.output_checks import Tree, differences, tree

pytestmark = pytest.mark.long

ARTICLES = 40


def _save(folder: Path, seed: int) -> list[Path]:
    """Pages of the same articles, some of which disagree, under names whose order is the seed's."""
    rng, files = random.Random(seed), []
    for n in range(ARTICLES):
        art, other = (
            Art(n),
            Art(n, title=f"第{n}号公司公告的另一个标题", medium="人民邮电报", time="2022-01-14 13:05:00"),
        )
        pages = {
            "a.html": makers.desktop(art),
            "b.html": makers.desktop(Art(n, time=other.time)),
            "c.html": makers.desktop(other) if n % 2 else makers.old_wap(art),
            f"NW{art.id}.json": makers.news_text(Art(n, more="<p>原文。</p>")) if n % 3 else "",
            "d.html": makers.post_page(art) if n % 4 else "",
            "list.json": makers.listed(other, art),
            f"e-NW{art.id}.json": makers.news_text(Art(n, more="<p>二稿。</p>")) if n % 5 else "",
        }
        for name, text in pages.items():
            if text:
                files.append(folder / f"{rng.randrange(7)}" / f"{rng.randrange(10**6):06}-{n}-{name}")
                files[-1].parent.mkdir(parents=True, exist_ok=True)
                files[-1].write_text(text)
    rng.shuffle(files)
    return files


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    top = tmp_path_factory.mktemp("order")
    _save(top / "saved", 0)
    ended = fresh_scrapy(
        "reprocess", str(top / "saved"), "--workers", "1", output=top / "out"
    )  # with hashes of its own
    assert ended.code == 0, ended.out + ended.err
    found = tree(top / "out")
    assert len(found) > ARTICLES
    assert report(top / "out")["counts"]["merge/disagreeing"] > ARTICLES / 2
    return found


@pytest.mark.parametrize("large", [None, 0], ids=["files", "pages"])
@pytest.mark.parametrize("workers", [1, 2, 3])
def test_order_workers_and_memory_change_nothing(workers: int, large: int | None, wanted: Tree, tmp_path: Path) -> None:
    files = _save(tmp_path / "saved", workers)
    ended = reprocess(tmp_path / "out", *files, "--workers", workers, large=large)
    assert ended.code == 0, ended.out + ended.err
    assert differences(tree(tmp_path / "out"), wanted) == {}
    assert not list((tmp_path / "out/state").glob("spool*"))


def test_pages_of_a_rolling_item_give_one_post_in_one_run_or_in_two(tmp_path: Path) -> None:
    """East Money's own page does not tell that it is one: the post had another name, until the site's page told."""
    art = Art(1)
    own, item = tmp_path / "own.html", tmp_path / "item.html"
    own.write_text(makers.desktop(art))
    item.write_text(makers.post_page(art, slug="emnews").replace("NW", "").replace("证券时报", "东财滚动"))
    assert reprocess(tmp_path / "two", own).code == 0
    for path in (item, own):
        ended = reprocess(tmp_path / "two", path)
        assert ended.code == 0, ended.out
    assert reprocess(tmp_path / "one", own, item).code == 0
    once, twice = (
        {n: d for n, d in tree(tmp_path / name).items() if n.startswith("_posts")} for name in ("one", "two")
    )
    assert differences(twice, once) == {}
    assert list(twice) == [f"_posts/2022-01-14-{art.id}.md"]
