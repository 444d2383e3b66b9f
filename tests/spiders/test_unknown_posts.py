"""Posts of which no ledger tells whose they are, and what may befall the runs that find it out."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from forked_scrapy import START, Done
from run_scrapy import forker
from world import Fault, World, generated_site

from crawler.origins import API_HOST, HOSTS, PAGE_HOST, WAP_HOST

pytestmark = pytest.mark.long

SHARE, ALL = {"path": "GetNewsText"}, [{"path": "GetNewsText"}, *({"host": host} for host in HOSTS)]


@dataclass
class Output:
    """An output folder, and the world that its posts are of: six articles, three of them items of the rolling list."""

    world: World
    folder: Path

    def run(self, *args: str, dead: list[dict[str, Any]] = [], status: int = 500) -> Done:  # noqa: B006 - only read
        self.world.forget_requests()
        self.world.faults.replace(*(Fault("status", status=status, **where) for where in dead))
        return forker().start(*args, output=self.folder, env=self.world.env()).wait()

    def finews(self, *args: str, **how: Any) -> Done:
        return self.run("crawl", "finews", *START, *args, **how)

    def share(self) -> Done:
        return self.run("crawl", "share", "-a", f"links={','.join(a.info_code for a in self.world.site)}")

    def column(self) -> Done:
        return self.run("crawl", "eastmoney", "-a", "column=350,7x24")

    def copy(self, other: Path) -> None:
        shutil.copytree(other / "_posts", self.folder / "_posts", dirs_exist_ok=True)

    def asked(self) -> list[str]:
        """The articles of the last run's requests."""
        return [record.path for record in self.world.requests if "2022" in record.path]


@pytest.fixture
def output(tmp_path: Path) -> Iterator[Output]:
    with World(generated_site(6, 2)) as world:
        yield Output(world, tmp_path / "output")


@pytest.fixture
def lost(output: Output) -> Output:
    """Posts by share links, of the items too, without their ledger."""
    assert output.share().code == 0
    shutil.rmtree(output.folder / "state")
    return output


def is_as_the_site(output: Output) -> None:
    """A crawl has the site's posts and no others, and another one asks for none."""
    done = output.finews()
    assert (done.code, done.posts().keys()) == (0, output.world.site.posts().keys()), done.out
    again = output.finews()
    assert (again.code, again.posts() == done.posts(), output.asked()) == (0, True, []), again.out
    assert output.run("verify").code == 0


def all_down_then_other_doors(output: Output) -> None:
    output.finews(dead=ALL)
    output.column()
    output.share()


def page_fails_then_another_door(output: Output) -> None:
    output.finews(dead=[{"path": "dongfangcaifu/2022.*NW"}])
    output.share()


def no_origin_but_the_site(output: Output) -> None:
    assert output.finews("-s", "FINEWS_ORIGINS=finews-page").code == 0
    output.finews()


def removed_while_they_wait(output: Output) -> None:
    output.finews(dead=ALL)
    for name in output.share().posts().keys() - output.world.site.posts().keys():
        (output.folder / "_posts" / name).unlink()


BETWEEN: dict[str, Callable[[Output], object]] = {
    "the best two origins down": lambda output: output.finews(dead=[SHARE, {"host": API_HOST}]),
    "the best two origins empty": lambda output: output.finews(dead=[SHARE, {"host": API_HOST}], status=404),
    "all down": lambda output: output.finews(dead=ALL),
    "all down, then other doors": all_down_then_other_doors,
    "their pages fail, then another door": page_fails_then_another_door,
    "removed while they wait": removed_while_they_wait,
    "no origin but the site": no_origin_but_the_site,
    "filtered": lambda output: output.finews("-a", "since=2030-01-01"),
}


@pytest.mark.parametrize("between", BETWEEN)
def test_second_posts_go_in_the_end(between: str, lost: Output) -> None:
    BETWEEN[between](lost)
    is_as_the_site(lost)


@pytest.mark.parametrize("way", ["reprocessed", "put beside", "put beside, and the ledger made anew"])
def test_second_posts_of_another_output_go_too(way: str, output: Output, tmp_path: Path) -> None:
    other = Output(output.world, tmp_path / "other")
    other.column()
    output.finews()
    if way == "reprocessed":
        output.run("reprocess", str(other.folder / "_posts"), "--workers", "1")
    else:
        output.copy(other.folder)
    if "made anew" in way:
        assert output.run("verify", "--rebuild").code == 0
    is_as_the_site(output)


def test_a_second_post_that_east_money_has_no_more_stays_and_is_no_failure(lost: Output) -> None:
    item = next(article for article in lost.world.site if article.category == "emnews")
    name = item.file_name.replace(item.code, item.info_code)
    gone = [{"host": host, "path": item.code} for host in (API_HOST, PAGE_HOST, WAP_HOST)]
    gone.append({"path": f"GetNewsText.*NW{item.code}"})
    for _ in range(2):
        done = lost.finews(dead=gone, status=404)
        assert (done.code, name in done.posts()) == (0, True), done.out
    assert done.posts().keys() == {name, *lost.world.site.posts()}


def test_an_outage_after_a_lost_ledger_makes_no_edits(output: Output) -> None:
    """What the run would write is worse than what is there: that nobody edited it, a later run can tell."""
    before = output.finews().posts()
    shutil.rmtree(output.folder / "state")
    assert output.finews(dead=[SHARE, {"host": API_HOST}]).posts() == before
    done = output.finews()
    assert (done.code, done.posts() == before, "edited by hand" in done.out) == (0, True, False), done.out
    article = next(article for article in output.world.site if article.category != "emnews")
    output.world.site.change(article.code, title="更正后的标题")
    assert "更正后的标题".encode() in output.finews().posts()[article.file_name]


def test_an_edit_of_a_post_with_a_worse_body_is_asked_for_no_more(output: Output) -> None:
    done = output.finews(dead=ALL, status=404)
    name, data = max(done.posts().items())
    (output.folder / "_posts" / name).write_bytes(data.replace(b"</p>", "（读者注）</p>".encode(), 1))
    for _ in range(2):
        done = output.finews()
        assert (done.code, name in done.out) == (0, True), done.out
    assert output.asked() == []


def test_what_a_run_wrote_that_came_to_no_end_is_made_anew_with_other_settings(output: Output, tmp_path: Path) -> None:
    wanted = Output(output.world, tmp_path / "wanted").finews().posts()
    cut = ("-s", "CONCURRENT_REQUESTS=1", "-s", "CLOSESPIDER_PAGECOUNT=10")
    first = output.finews("-s", "FINEWS_CLEANING=source", *cut)
    assert (first.code, 0 < len(first.posts()) < len(wanted)) == (4, True), first.out
    done = output.finews()
    assert (done.code, done.posts() == wanted) == (0, True), done.out
    assert (output.finews().code, output.asked()) == (0, [])
    other = Output(output.world, tmp_path / "other")
    first = other.finews(*cut)
    assert other.finews().posts() == wanted
    assert any(name[11:-3] not in " ".join(other.asked()) for name in first.posts()), "with the same it is no other"
