"""What a run says: with -q only what is new or wrong, with -v each article; on a terminal, in a log, as JSON."""

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from forked_scrapy import ROOT, START, Done
from run_scrapy import Crawl, finews, forker, fresh_finews, scrapy
from world import Fault, World, generated_site

NOWHERE = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
SITE = "finews.withounder.com"


def codes_of(done: Done) -> list[str]:
    """Of each line, the digits of the code in its address."""
    assert done.err == ""
    return [re.search(r"https?://\S*?(\d{18})", line)[1] for line in done.out.splitlines()]  # type: ignore[index]


def test_quiet_says_what_is_new_and_nothing_else(crawl: Crawl, tmp_path: Path) -> None:
    with World(generated_site(6, 2)) as world:
        first = crawl(world, "-q")
        assert sorted(codes_of(first)) == sorted(re.findall(r"\d{18}", " ".join(first.posts())))
        assert all(one.title in first.out for one in world.site)
        again = crawl(world, "-q")
        assert (again.code, again.out, again.err) == (0, "", "")
        media = next(one for one in world.site if one.code.startswith("NW"))
        code = "NW202203010900000001"
        world.site.put(replace(media, code=code, link=media.link.replace(media.code, code), title="新的一篇"))
        new = crawl(world, "-q")
        assert (new.code, codes_of(new)) == (0, ["202203010900000001"])
        assert new.out.startswith("新的一篇 http")
        world.site.change(media.code, title="题目改过了")
        changed = crawl(world, "-q")  # a title that changes, or rules that do, make no article new
        assert (changed.code, changed.out) == (0, "")
        assert any("题目改过了".encode() in post for post in changed.posts().values())
        made_anew = crawl(world, "-q", "-s", "FINEWS_CLEANING=source")
        assert (made_anew.code, made_anew.out, made_anew.err) == (0, "", "")


@pytest.mark.long
def test_titles_are_said_as_text(crawl: Crawl) -> None:
    """In a post, references stand for what would act."""
    with World(generated_site(4, 2)) as world:
        media = [one for one in world.site if one.code.startswith("NW")]
        world.site.change(media[0].code, title="&lt;script>甲&lt;/script> A&B {% 乙")
        world.site.change(media[1].code, title="&lt;img>丙&丁")
        world.faults.add(
            Fault("status", host=SITE, path=media[1].code, status=500),
            Fault("status", host="*zning*", path=media[1].code),
        )
        said = crawl(world, "-q")
        told = scrapy("report", output=said.output).out + scrapy("quarantine", "list", output=said.output).out
    assert "<script>甲</script> A&B {% 乙 http" in said.out
    assert told.count("<img>丙&丁") == 2
    assert b"&lt;script>" in b"".join(said.posts().values())


@pytest.mark.long
def test_quiet_tells_each_failure_with_its_address(crawl: Crawl) -> None:
    with World(generated_site(6, 2)) as world:
        assert crawl(world, "-q", "-a", "since=2999-01-01").out == ""
        article = next(one for one in world.site if one.code.startswith("NW"))
        lost = f"/{article.code}.html"
        world.faults.add(Fault("status", host=SITE, path=f"{article.code}|category/emnews", status=500))
        done = crawl(world, "-q")
        assert done.code == 5
        wrong = [line for line in done.out.splitlines() if line.startswith("HTTP status 500: http://")]
        assert {lost in line for line in wrong} == {True, False}
        assert any("category/emnews" in line for line in wrong)
        assert len(wrong) == 2
        assert len(done.out.splitlines()) == 2 + 5


def test_quiet_tells_of_an_outage_which_hosts_and_lists(crawl: Crawl) -> None:
    with World(generated_site(4, 2)) as world:
        output = crawl(world).output
        words = ("crawl", "finews", *START, "-q", "-s", "RETRY_TIMES=0")
        for env in (world.env() | NOWHERE, world.env()):
            world.faults.replace(Fault("status", status=403))
            done = scrapy(*words, output=output, env=env)
            assert done.code in {3, 8}
            assert f": {SITE}\n" in done.out
            assert f"http://{SITE}/ (" in done.out
            assert done.err == ""
        chinese = scrapy(*words, output=output, env=world.env() | {"FINEWS_LANG": "zh"})
    assert f"没有看到的列表：http://{SITE}/ (HTTP 状态 403)\n" in chinese.out
    assert not re.search("[a-z] [a-z]", chinese.out)
    assert "http://finews.withounder.com/ (HTTP 状态 403)" in (output / "reports/latest.html").read_text("utf-8")


def test_where_there_are_no_chinese_characters_they_are_spelled_out(tmp_path: Path) -> None:
    with World(generated_site(3, 1)) as world:
        env = world.env() | {"PYTHONIOENCODING": "ascii"}
        done = fresh_finews("crawl", "finews", *START, "-q", folder=tmp_path, env=env)
    assert len(done.out.splitlines()) == 3
    assert all(re.match(r"[ -~]*\\u\w{4}.* http", line) for line in done.out.splitlines())


def test_quiet_says_why_nothing_came(tmp_path: Path) -> None:
    done = finews("reprocess", ".", "-q", folder=tmp_path)
    assert (done.code, done.err) == (3, "")
    assert done.out.startswith("exit 3: ")


def test_verbose_says_each_article(crawl: Crawl) -> None:
    with World(generated_site(6, 2)) as world:
        done = crawl(world, "-v")
        for one in world.site:
            assert re.search(rf"^written {re.escape(one.title)} http\S+$", done.out, re.MULTILINE)
        assert "exit 0: all well" in done.out
        known = re.findall(r"^unchanged (NW\d+|\d+)$", crawl(world, "-v").out, re.MULTILINE)
        assert sorted(known) == sorted(one.code for one in world.site)
        assert crawl(world, "-v", "-a", "full=1").out.count("\nunchanged ") >= 5


@pytest.mark.long
@pytest.mark.parametrize("word", ["-q", "-v"])
def test_reprocess_says_the_same(word: str, tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    post = '---\nlayout: post\ntitle: "一\x9b31m题"\ndate: 2022-01-14 13:02:46 +0800\ncategories: jia\ntags: 甲新闻\n---\n<p>正文在这里，说明情况。</p>\n\n<http://a.example/?infoCode=NW202201142248170578>\n'
    (saved / "2022-01-14-NW202201142248170578.md").write_text(post)
    (saved / "2022-01-15-NW202201152248170578.html").write_text("<html><p>cut")
    done = finews("reprocess", "saved", word, folder=tmp_path)
    assert done.code == 5, done.out + done.err
    lines = done.out.splitlines()
    assert any("202201142248170578" in line and r"一\x9b31m题" in line for line in lines)
    assert any("saved/2022-01-15-NW202201152248170578.html" in line for line in lines)
    assert (len(lines) == 2) == (word == "-q")


def test_every_line_on_standard_error_is_json(tmp_path: Path) -> None:
    with World(generated_site(2, 1)) as world:
        world.faults.add(Fault("status", path="robots", status=500, first=1))
        for word in ("-s", "file"):
            (tmp_path / "finews.toml").write_text('LOG_FORMAT = "json"\n' if word == "file" else "")
            more = ["-s", "LOG_FORMAT=json"] if word == "-s" else []
            done = finews("crawl", "finews", *START, "-L", "DEBUG", *more, folder=tmp_path, env=world.env())
            assert done.code == 0
            held = [json.loads(line) for line in done.err.splitlines()]
            assert {"time", "message"} <= set.intersection(*(set(one) for one in held))
            assert any(one.get("logger", "").startswith("scrapy") and one["level"] == "INFO" for one in held)


def test_nothing_foreign_acts_by_way_of_the_log(crawl: Crawl, tmp_path: Path) -> None:
    (tmp_path / "telling_queue.py").write_text(
        "import logging\nfrom scrapy.core.scheduler import Scheduler\n\n\nclass Telling(Scheduler):\n"
        "    def enqueue_request(self, request):\n"
        "        logging.getLogger('x').warning('told %s', 'a\\x1b[2J\\x9b31m\\u202e\\nb')\n"
        "        return super().enqueue_request(request)\n"
    )
    with World(generated_site(1, 1)) as world:
        env = world.env() | {"PYTHONPATH": f"{tmp_path}:{ROOT}"}
        for more in ([], ["-s", "LOG_FORMAT=json"], ["--logfile", str(tmp_path / "log")]):
            words = ("crawl", "finews", *START, "-s", "SCHEDULER=telling_queue.Telling", *more)
            done = fresh_finews(*words, folder=tmp_path, env=env)
            said = done.err + ((tmp_path / "log").read_text() if "--logfile" in more else "")
            assert r"\x1b[2J" in said.replace("\\\\", "\\")
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", said)
            assert not any(line.startswith("b") for line in said.splitlines())


def test_a_line_a_minute(crawl: Crawl, tmp_path: Path) -> None:
    with World(generated_site(12, 2)) as world:
        silent = forker().crawl(output=tmp_path / "a", env=world.env())
        assert silent.err == ""
        quick = {"crawler.progress.EVERY": 0.05, "crawler.middlewares.progress._STEP": 0.05}
        often = forker().crawl(output=tmp_path / "b", env=world.env(), constants=quick)
    lines = often.err.splitlines()
    assert lines
    assert all(re.match(r"found \d+, written \d+, unchanged \d+, failed \d+", line) for line in lines)
    assert len(lines) <= often.seconds / 0.05


def on_terminal(words: Iterable[str], folder: Path, env: dict[str, str], every: float = 60) -> tuple[int, str]:
    """Exit code and output of a command that is started on a terminal, where a line a minute comes so often."""
    code = f"import sys; from crawler import __main__, progress; progress.EVERY = {every}; sys.argv[1:] = {[*words]}"
    ours, theirs = pty.openpty()
    started = subprocess.Popen(
        [sys.executable, "-P", "-c", f"{code}; __main__.main()"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", **env},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other side is closed
            break
        said += piece
    os.close(ours)
    return started.wait(30), said.decode()


@pytest.mark.long
def test_a_terminal_shows_how_far_it_is_and_whom_it_waits_for(tmp_path: Path) -> None:
    with World(generated_site(12, 2)) as world:
        world.faults.add(
            Fault("status", host="finews.zning.xyz", path="(?i)getnews", status=429, retry_after=3, first=1)
        )
        code, said = on_terminal(["crawl", "finews", *START], tmp_path, world.env())
    assert code == 0
    assert re.search(r"found \d+, written [1-9]\d*, unchanged \d+, failed \d+", said)
    assert re.search(r"waiting for finews\.zning\.xyz: HTTP status 429, asked again in \d s", said)
    assert said.rindex("\x1b[?25h") > said.rindex("\x1b[?25l")  # the cursor is there
    assert said.endswith("exit 0: all well\r\n")
    assert re.search(r"\x1b\[2Karticles: found 12, written 12", said)  # the display is gone


@pytest.mark.long
def test_no_end_is_foretold_while_a_host_is_waited_for(tmp_path: Path) -> None:
    """What waits for a host does not take as long as what was answered."""
    with World(generated_site(40, 2)) as world:
        codes = sorted(one.code for one in world.site if one.code.startswith("NW"))
        held = Fault("status", host="finews.zning.xyz", path="|".join(codes[:4]), status=429, retry_after=5, first=1)
        world.faults.add(held)
        code, said = on_terminal(["crawl", "finews", *START], tmp_path, world.env())
    assert (code, "asked again in" in said) == (0, True)
    assert not re.search(r"to go[^\r\n]*\r\n[^\r\n]*asked again in", said)


def test_a_terminal_with_v_shows_lines_only_and_without_a_screen_nothing_moves(tmp_path: Path) -> None:
    with World(generated_site(3, 1)) as world:
        code, said = on_terminal(["crawl", "finews", *START, "-v"], tmp_path, world.env())
        assert (code, said.count("written ") >= 3, "\x1b" in said) == (0, True, False)
        code, said = on_terminal(["crawl", "finews", *START], tmp_path, world.env() | {"TERM": "dumb"}, 0)
        assert (code, "\x1b" in said, said.startswith("found ")) == (0, False, True)


def test_a_terminal_and_reprocess(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>no article")
    code, said = on_terminal(["reprocess", "a.html"], tmp_path, {})
    assert code in {0, 3, 5}
    assert re.search(r"pages read \d+, found \d+, written \d+", said)
    assert said.rindex("\x1b[?25h") > said.rindex("\x1b[?25l")
