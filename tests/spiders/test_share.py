"""Articles by their links alone: which lines name one, and a crawl through the front door."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from run_scrapy import Crawl, Done, scrapy
from world import Fault, Site, World

from crawler.sites import share_link
from crawler.spiders.share import ShareSpider, code_of

ID = "202201142248170578"
OLD = "20171215814043213"
NAMED = {
    f"NW{ID}": f"NW{ID}",
    f"  nw{ID}\t": f"NW{ID}",
    ID: ID,
    OLD: OLD,
    f"<{share_link(ID)}>": f"NW{ID}",
    f"https://choicew2z.eastmoney.com/info/information/detail.html?infocode=NW{ID}": f"NW{ID}",
    f"http://app.jg.eastmoney.com/NewsData/GetNewsText.do?id=NW{ID}&cid=1": f"NW{ID}",
    f"https://finance.eastmoney.com/a/{ID}.html#comment": ID,
    f"finance.eastmoney.com/a/{ID}.html": ID,
    f"http://hk.eastmoney.com/news/1353,{ID}.html?from=x": ID,
    f"https://wap.eastmoney.com/a/{ID}.html": ID,
    "ＮＷ２０２２０１１４２２４８１７０５７８": f"NW{ID}",
    f"http://wap.eastmoney.com/3g/news/article,8,344,1,{OLD}.shtml": OLD,
    f"https://finews.withounder.com/jia/2022/01/14/NW{ID}.html": f"NW{ID}",
}
NOT_NAMED = [
    "中国联通",
    "http://finance.eastmoney.com/",
    "https://caifuhao.eastmoney.com/news/20190124053117311720040",
    "https://guba.eastmoney.com/news,600519,1234567.html",
    "AP202201141540123456",
    f"{ID}1",
    "http://[::1",
]


@pytest.mark.parametrize(("line", "code"), NAMED.items())
def test_lines_that_name_an_article(line: str, code: str) -> None:
    assert code_of(line) == code


@pytest.mark.parametrize("line", NOT_NAMED)
def test_lines_that_name_none(line: str) -> None:
    assert code_of(line) is None


def test_all_forms_of_one_article_are_one_and_addresses_keep_their_commas() -> None:
    spider = ShareSpider(links=",".join([*(line for line, code in NAMED.items() if ID in code), "x", ""]))
    assert [*spider._links] == [ID]
    assert [wrong.partition(": ")[2] for wrong in spider._wrong] == ["x"]


@pytest.mark.parametrize(
    ("links", "message"),
    [
        ("", "no links"),
        (" , ", "neither a link"),
        ("missing.txt", "no such file"),
        ("/", "Is a directory"),
        ("x" * 5000, "no such file"),
        ("EMPTY", "no links"),
    ],
)
def test_no_links_at_all(links: str, message: str, tmp_path: Path) -> None:
    if links == "EMPTY":
        (tmp_path / links).write_bytes(b"\xef\xbb\xbf\r\n \r\n")
        links = str(tmp_path / links)
    with pytest.raises(ValueError, match=message):
        ShareSpider(links=links)


def test_there_may_be_many_between_commas() -> None:
    assert len(ShareSpider(links=",".join(str(int(ID) + number) for number in range(500)))._links) == 500


def test_links_by_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    told = io.TextIOWrapper(io.BytesIO(f"\ufeffNW{ID}\r\n\r\n中国联通\r\n".encode("utf-16")))
    monkeypatch.setattr("sys.stdin", told)
    spider = ShareSpider(links="-")
    assert ([*spider._links], spider._wrong) == ([ID], ["3: 中国联通"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16"])
def test_nuls_make_no_other_text_of_a_file(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "links"
    file.write_bytes((b"\0\0\n" if encoding == "utf-8" else b"") + f"NW{ID}\n".encode(encoding))
    spider = ShareSpider(links=str(file))
    assert ([*spider._links], spider._wrong) == ([ID], [])


def report(done: Done) -> dict[str, Any]:
    """That of the last run."""
    told: dict[str, Any] = json.loads(max((done.output / "reports").glob("*.json")).read_bytes())
    return told


def crawl_share(world: World, output: Path, *args: str, links: str) -> Done:
    file = output.with_suffix(".links")
    file.write_text(links, "utf-8")
    return scrapy("crawl", "share", "-a", f"links={file}", *args, output=output, env=world.env())


def nine(site: Site) -> list[str]:
    """The news ids of nine articles of media."""
    return [article.code[2:] for article in site.newest if article.code.startswith("NW")][:9]


FORMS = [
    "NW{}",
    "{}",
    "http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW{}",
    "http://choicewzp1.eastmoney.com/html_News/NewsShare.html?infocode=NW{}",
    "http://finance.eastmoney.com/a/{}.html",
    "https://stock.eastmoney.com/news/1350,{}.html",
    "https://wap.eastmoney.com/a/{}.html",
    "http://wap.eastmoney.com/3g/news/article,8,344,1,{}.shtml",
    "http://nobody.example/html_News/NewsShare.html?infoCode=NW{}",
]


def test_eighteen_links_in_nine_forms_are_nine_posts_whether_or_not_the_site_is_there(
    world: World, crawl: Crawl, tmp_path: Path
) -> None:
    ids = nine(world.site)
    links = [FORMS[(number + shift) % 9].format(name) for shift in (0, 4) for number, name in enumerate(ids)]
    world.faults.replace(Fault("close", host="finews.withounder.com"))
    done = crawl_share(world, tmp_path / "share", links="\n\n".join([*links, "中国联通", ""]))
    assert done.code == 5, done.out + done.err
    told = report(done)
    assert (told["found"], told["written"], told["counts"]["origin/share"]) == (9, 9, 9)
    assert told["wrong_lines"] == ["37: 中国联通"]
    assert "lines that name no article 1: 37: 中国联通" in done.out
    assert not {"finews.withounder.com", "nobody.example"} & {record.host for record in world.requests}
    assert {name.partition("-NW")[2] for name in done.posts()} == {f"{name}.md" for name in ids}
    asked = [record.path for record in world.requests if record.path != "/robots.txt"]
    assert len(asked) == len(set(asked)) == 2 * 9

    world.faults.replace()
    world.forget_requests()
    again = crawl_share(world, tmp_path / "share", links="\n".join(ids))
    assert (again.code, world.requests, report(again)["unchanged"]) == (0, [], 9)
    by_site = crawl(world, output=tmp_path / "site")
    assert {name: by_site.posts()[name] for name in done.posts()} == {
        name: data.replace(b"finews.zning.xyz", b"choicewzp1.eastmoney.com")
        if b"choicewzp1" in by_site.posts()[name]
        else data
        for name, data in done.posts().items()
    }


@pytest.mark.long
def test_by_links_and_by_the_site_in_any_order_there_is_one_post_of_each(
    world: World, crawl: Crawl, tmp_path: Path
) -> None:
    """Items of the rolling list, too: a link makes them articles of their media, until the site says what they are."""
    links = "\n".join(article.code for article in world.site)
    first = crawl_share(world, tmp_path / "both", links=links)
    assert (first.code, len(first.posts())) == (0, len(world.site))
    assert all("-NW" in name for name in first.posts())
    both, site = crawl(world, output=tmp_path / "both"), crawl(world, output=tmp_path / "site")
    assert (both.code, site.code) == (0, 0)
    assert both.posts() == site.posts()
    assert "another article" not in both.out
    for again in (crawl_share(world, tmp_path / "both", links=links), crawl(world, output=tmp_path / "both")):
        assert (again.code, report(again)["written"]) == (0, 0)
    assert both.posts() == site.posts()


@pytest.mark.long
def test_what_no_origin_has_is_named(world: World, tmp_path: Path) -> None:
    done = crawl_share(world, tmp_path / "output", links="NW202201149999999999\n" + nine(world.site)[0])
    told = report(done)
    assert (done.code, told["quarantined"], told["written"]) == (5, 1, 1)
    assert [entry["id"] for entry in told["failed"]] == ["NW202201149999999999"]


@pytest.mark.long
@pytest.mark.parametrize("kind", ["close", "captcha"])
def test_without_any_host_nothing_is_lost(kind: str, world: World, tmp_path: Path) -> None:
    world.faults.replace(Fault(kind))
    links, output = "\n".join(nine(world.site)), tmp_path / "output"
    done = crawl_share(world, output, "-s", "RETRY_TIMES=1", links=links)
    assert done.code == (8 if kind == "captcha" else 3), done.out + done.err
    assert (report(done)["quarantined"], report(done)["unfinished"]) == (0, 9)
    world.faults.replace()
    assert len(crawl_share(world, output, links=links.partition("\n")[0]).posts()) == 9, "what was left undone, too"


def test_lines_that_are_all_wrong_are_no_outage(world: World, tmp_path: Path) -> None:
    done = crawl_share(world, tmp_path / "output", links="甲乙\n")
    assert (done.code, report(done)["wrong_lines"], world.requests) == (5, ["1: 甲乙"], [])


def test_a_chain_that_has_no_body_is_no_block(world: World, tmp_path: Path) -> None:
    done = crawl_share(world, tmp_path / "output", "-s", "FINEWS_ORIGINS=finews-page", links=nine(world.site)[0])
    assert (done.code, report(done)["reasons"]) == (5, {"no origin has its body": 1})


def test_what_hosts_lacked_that_were_down_is_had_when_they_are_back(world: World, tmp_path: Path) -> None:
    output, links = tmp_path / "output", "\n".join(nine(world.site)[:2])
    world.faults.replace(Fault("status", status=500, path="GetNewsText"))
    for _ in range(4):  # as often as later runs ask without a pause, and once more
        done = crawl_share(world, output, "-s", "RETRY_TIMES=0", links=links)
        assert (done.code, report(done)["counts"].get("origin/share")) == (0, None), done.out
    world.faults.replace()
    done = crawl_share(world, output, links=links)
    assert (done.code, report(done)["counts"]["origin/share"]) == (0, 2)


def test_what_robots_forbid_is_told(world: World, tmp_path: Path) -> None:
    world.robots["finews.zning.xyz"] = world.robots["choicewzp1.eastmoney.com"] = "User-agent: *\nDisallow: /"
    done = crawl_share(world, tmp_path / "output", links=nine(world.site)[0])
    assert re.search(r"^not asked, by robots.txt: share \d", done.out, re.MULTILINE), done.out
