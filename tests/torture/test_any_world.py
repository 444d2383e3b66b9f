"""Crawls, saved pages and repairs in any order, over a site that is corrected, grows, and fails: nothing is lost.

Each order is drawn by its number. In the end, with all hosts up again, one crawl makes the folder what a crawl into an
empty one makes; and before that no run says that all is well while an article is missing.
"""

import random
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from forked_scrapy import START, Done, ScrapyForker
from full_or_small import size
from world import Fault, Site, World, generated_site

from crawler.origins import ORIGINS
from crawler.sites import SHARE_HOSTS

WHOLE_CHAIN = {"FINEWS_ORIGINS": ",".join(ORIGINS), "FINEWS_SHARE_HOSTS": ",".join(SHARE_HOSTS)}
POSTS, BODIES = r"2022\d+\.html", "GetNewsText"
FAULTS = {
    "posts down": Fault("status", path=POSTS, status=500),
    "bodies down": Fault("status", path=BODIES, status=500),
    "bodies blocked": Fault("captcha", path=BODIES),
    "some bodies gone": Fault("status", path=BODIES, status=404, share=0.5),
    "lists down": Fault("status", path="category|emnews/$", status=500),
    "half down": Fault("status", path=f"{BODIES}|{POSTS}", status=500, share=0.5),
    "East Money down": Fault("status", host="*.eastmoney.com", status=500),
    "cut off": Fault("truncated", share=0.3),
}
pytestmark = pytest.mark.timeout(size(300, 14_400))


@dataclass
class Order:
    """One order of steps over one site and one output folder."""

    world: World
    forker: ScrapyForker
    folder: Path
    rng: random.Random
    chain: dict[str, str]
    cleaning: str = "standard"
    taken: list[str] = field(default_factory=list)

    @property
    def site(self) -> Site:
        return self.world.site

    def run(self, *words: str, output: str = "out", fault: str = "") -> Done:
        self.world.faults.replace(*([FAULTS[fault]] if fault else []))
        given = ("-s", f"FINEWS_CLEANING={self.cleaning}")
        env = self.world.env() | self.chain
        done = self.forker.start(*words, *given, output=self.folder / output, env=env).wait(200)
        self.world.faults.replace()
        self.taken[-1] += f" [{fault}] -> {done.code}"
        assert done.code != 1, (self.taken, done.err)
        assert "Traceback" not in done.err, (self.taken, done.err)
        return done

    def codes(self) -> set[str]:
        return {article.code for article in self.site}

    def media(self) -> list[str]:
        return sorted(code for code in self.codes() if code.startswith("NW"))

    def take(self, step: str) -> None:
        self.taken.append(step)
        STEPS[step][0](self)

    def a_fault(self) -> str:
        return self.rng.choice(list(FAULTS)) if self.rng.random() < 0.5 else ""


def _crawl(order: Order, *more: str) -> None:
    done = order.run("crawl", "finews", *START, "-s", "FINEWS_ARCHIVE=1", *more, fault=order.a_fault())
    if done.code == 0:
        assert {name[11:-3] for name in done.posts()} == order.codes(), (order.taken, done.out)


def _links(order: Order) -> None:
    order.run("crawl", "share", "-a", f"links={','.join(order.media())}", fault=order.a_fault())


def _column(order: Order) -> None:
    order.run("crawl", "eastmoney", "-a", "column=cgnjj", fault=order.a_fault())


def _correct(order: Order) -> None:
    code, mark = order.rng.choice(sorted(order.codes())), f"更正{len(order.taken)}"
    article = order.site.article(code)
    bodies = {name: getattr(article, name).replace("</p>", f"（{mark}）</p>", 1) for name in ("text", "content")}
    order.site.change(code, title=f"{mark}：{article.title[-12:]}", **bodies)
    time.sleep(1.05)  # pages of one second are told apart by nothing


def _move(order: Order) -> None:
    """The day of an article is another, be it an earlier one; its title stays."""
    code = order.rng.choice(sorted(order.codes()))
    order.site.change(code, date=order.site.article(code).date + timedelta(days=order.rng.choice([-1, 1])))
    time.sleep(1.05)


def _some(order: Order) -> None:
    """A crawl that leaves most of them out."""
    order.run("crawl", "finews", *START, "-a", "since=2022-01-12", fault=order.a_fault())


def _edit_and_take_back(order: Order) -> None:
    """Somebody has all posts otherwise while a crawl runs, as git does with line ends."""
    posts = {file: file.read_bytes() for file in (order.folder / "out/_posts").glob("*.md")}
    for file, data in posts.items():
        file.write_bytes(data.replace(b"\n", b"\r\n"))
    order.run("crawl", "finews", *START)
    for file, data in posts.items():
        assert file.read_bytes() == data.replace(b"\n", b"\r\n"), order.taken
        file.write_bytes(data)


def _grow(order: Order) -> None:
    number = f"20220111220{order.rng.randrange(10**7):07}"
    article = order.site.article(order.rng.choice(order.media()))
    link = article.link.replace(article.code, f"NW{number}")
    day = article.date + timedelta(days=1)
    order.site.put(replace(article, code=f"NW{number}", title=f"新稿{number[-7:]}", date=day, link=link))


def _saved(order: Order) -> None:
    if (order.folder / "out/archive").is_dir():
        order.run("reprocess", str(order.folder / "out/archive"), "--workers", "1")


def _rebuild(order: Order) -> None:
    if (order.folder / "out/_posts").is_dir():
        order.run("verify", "--rebuild")


def _delete(order: Order) -> None:
    for file in sorted((order.folder / "out/_posts").glob("*.md"))[::3]:
        file.unlink()


def _clean_otherwise(order: Order) -> None:
    order.cleaning = "source" if order.cleaning == "standard" else "standard"


STEPS: dict[str, tuple[Callable[[Order], None], float]] = {
    "crawl": (_crawl, 7),
    "all again": (lambda order: _crawl(order, "-a", "full=1"), 1),
    "links": (_links, 2),
    "column": (_column, 2),
    "correct": (_correct, 5),
    "move": (_move, 1.5),
    "some": (_some, 1),
    "edit and take back": (_edit_and_take_back, 0.5),
    "grow": (_grow, 1.5),
    "saved": (_saved, 2.5),
    "rebuild": (_rebuild, 1),
    "delete": (_delete, 1),
    "clean otherwise": (_clean_otherwise, 1.5),
}


@pytest.mark.parametrize("number", range(size(8, 600)))
def test_in_the_end_it_is_what_a_crawl_into_an_empty_folder_makes(
    number: int, forker: ScrapyForker, tmp_path: Path
) -> None:
    rng = random.Random(number)
    with World(generated_site(8, 2)) as world:
        order = Order(world, forker, tmp_path, rng, WHOLE_CHAIN if number % 2 else {})
        for step in rng.choices(list(STEPS), [weight for _, weight in STEPS.values()], k=rng.randint(3, 9)):
            order.take(step)
        order.taken.append("in the end")
        done = order.run("crawl", "finews", *START)
        fresh = order.run("crawl", "finews", *START, output="fresh")
        assert (done.code, fresh.code) == (0, 0), (order.taken, done.out, fresh.out)
        wanted = fresh.posts()
        wrong = sorted(name for name in {*done.posts(), *wanted} if done.posts().get(name) != wanted.get(name))
        assert wrong == [], (order.taken, done.out)
        assert "written 0," in order.run("crawl", "finews", *START).out, order.taken
    shutil.rmtree(tmp_path)
