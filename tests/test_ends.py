"""How runs end that are cut: by a limit, an outage, a fault of the engine; an export that is there already."""

from pathlib import Path

import pytest
from forked_scrapy import ROOT
from run_scrapy import Crawl, fresh_scrapy, scrapy
from world import World, generated_site


@pytest.mark.parametrize("limit", ["CLOSESPIDER_ITEMCOUNT=3", "CLOSESPIDER_PAGECOUNT=1", "DEPTH_LIMIT=1"])
def test_a_limit(limit: str, crawl: Crawl) -> None:
    with World(generated_site(16, 3)) as world:
        cut = crawl(world, "-s", limit)
        assert cut.code == 4, cut.out
        assert "stopped by a limit" in cut.out
        done = crawl(world)
    assert (done.code, set(done.posts())) == (0, set(world.site.posts()))


@pytest.mark.long
@pytest.mark.parametrize(("posts", "retries"), [(0, 1), (8, 0)])
def test_an_outage(posts: int, retries: int, crawl: Crawl) -> None:
    with World(generated_site(8, 3)) as world:
        if posts:
            assert crawl(world).code == 0
        env = world.env() | {"http_proxy": "127.0.0.1:9", "https_proxy": "127.0.0.1:9"}
        start = ("-a", "start=http://finews.withounder.com/", "-s", f"RETRY_TIMES={retries}")
        output = crawl(world, "-a", "since=2999-01-01").output if not posts else crawl(world).output
        down = scrapy("crawl", "finews", *start, output=output, env=env)
        assert down.code == 3, down.out
        assert scrapy("quarantine", "list", output=output).out == ""
        assert crawl(world).code == 0


def test_a_fault_of_the_engine_at_the_first_request(crawl: Crawl, tmp_path: Path) -> None:
    """A scheduler that raises: nobody asked the run to stop, so it was not interrupted."""
    broken = tmp_path / "broken_queue.py"
    broken.write_text(
        "from scrapy.core.scheduler import Scheduler\n\n\nclass Broken(Scheduler):\n"
        "    def enqueue_request(self, request):\n        raise RuntimeError('no queue')\n"
    )
    with World(generated_site(2, 1)) as world:
        env = world.env() | {"PYTHONPATH": f"{tmp_path}:{ROOT}"}
        done = fresh_scrapy("crawl", "finews", "-s", "SCHEDULER=broken_queue.Broken", output=tmp_path / "o", env=env)
    assert done.code == 1, done.err


def test_a_signal_while_scrapy_makes_the_process_of_the_crawl(tmp_path: Path) -> None:
    """Before, and behind it, somebody of ours hears of it."""
    (tmp_path / "stopped.py").write_text(
        "import os, signal, traceback\nfrom scrapy.spiderloader import SpiderLoader\n\n\nclass Loader(SpiderLoader):\n"
        "    @classmethod\n    def from_settings(cls, settings):\n"
        "        if any('scrapy/crawler.py' in frame.filename for frame in traceback.extract_stack()):\n"
        "            os.kill(os.getpid(), signal.SIGTERM)\n        return super().from_settings(settings)\n"
    )
    nowhere = {"http_proxy": "127.0.0.1:9", "https_proxy": "127.0.0.1:9", "PYTHONPATH": f"{tmp_path}:{ROOT}"}
    words = ("crawl", "finews", "-s", "SPIDER_LOADER_CLASS=stopped.Loader")
    done = fresh_scrapy(*words, output=tmp_path / "o", env=nowhere)
    assert (done.code, done.err.count("\n")) == (11, 1), done.err


@pytest.mark.parametrize(
    ("name", "text", "code"), [("", "", 3), ("a/b.css", "p{}", 3), ("x.html", "<html><p>another site</p></html>", 0)]
)
def test_nothing_to_be_read(name: str, text: str, code: int, tmp_path: Path) -> None:
    file = tmp_path / "saved" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    if name:
        file.write_text(text)
    else:
        file.mkdir()
    assert scrapy("reprocess", str(tmp_path / "saved"), output=tmp_path / "out").code == code


def test_arguments_of_scrapyd_are_none_of_ours(crawl: Crawl) -> None:
    with World(generated_site(4, 2)) as world:
        done = crawl(world, "-a", "_job=6487ec79", "-a", "_version=1")
        assert (done.code, set(done.posts())) == (0, set(world.site.posts()))
        assert crawl(world, "-a", "job=6487ec79").code == 2


@pytest.mark.parametrize("command", ["crawl finews", "reprocess", "verify", "quarantine retry"])
def test_a_damaged_ledger_is_told_in_one_sentence_with_the_way_out(command: str, tmp_path: Path) -> None:
    state, saved = tmp_path / "out" / "state", tmp_path / "saved"
    for folder in (state, saved, tmp_path / "out" / "_posts"):
        folder.mkdir(parents=True)
    (state / "ledger.sqlite").write_bytes(b"no ledger at all, and long enough to be looked at" * 99)
    args = [*command.split(), *([str(saved)] if command == "reprocess" else [])]
    done = scrapy(*args, output=tmp_path / "out")
    assert done.code == 7, done.err
    assert "Traceback" not in done.out + done.err
    (told,) = [line for line in done.err.splitlines() if "ledger.sqlite" in line]
    assert "verify --rebuild" in told
    assert scrapy("verify", "--rebuild", output=tmp_path / "out").code == 0
    assert scrapy("verify", output=tmp_path / "out").code == 0
    assert any(path.read_bytes().startswith(b"no ledger") for path in (tmp_path / "out").rglob("*") if path.is_file())
