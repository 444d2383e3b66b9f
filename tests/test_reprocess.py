"""The saved door: the same pages give the same bytes, whatever their names and order."""

import json
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest
from forked_scrapy import Done
from run_scrapy import Crawl, fresh_scrapy, scrapy
from world import Site, World, generated_site

from crawler.demo.messages import Request
from crawler.demo.world import answer

HOST = "finews.withounder.com"


def fetch(site: Site, url: str) -> bytes:
    """What the world answers, without a socket."""
    scheme, _, rest = url.partition("://")
    host, _, target = rest.partition("/")
    response = answer(site, Request("GET", scheme, host, "/" + target))
    assert response.status == 200, url
    return response.body


def pages_of(site: Site) -> dict[str, bytes]:
    """URL -> bytes of every page that a crawl asks for."""
    urls = [f"http://{HOST}/", f"http://{HOST}/emnews/"]
    urls += [f"http://{HOST}/category/{a.category}.html" for a in site if a.digest is None]
    for article in site:
        urls.append(f"http://{HOST}{article.path}")
        host = "choicewzp1.eastmoney.com" if "choicewzp1" in article.link else "finews.zning.xyz"
        urls.append(f"http://{host}/NewsData/GetNewsText.do?id={article.info_code}")
    return {url: fetch(site, url) for url in dict.fromkeys(urls)}


def save_mirror(site: Site, folder: Path) -> Path:
    """As wget would: a folder a host, the path below it, the query in the name."""
    for url, body in pages_of(site).items():
        name = unquote(url.partition("://")[2])
        path = folder / (name + "index.html" if name.endswith("/") else name)
        path = path.with_name(path.name + ".json") if ".do?" in path.name else path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    return folder


def save_flat(site: Site, folder: Path) -> Path:
    """As a person would: every page in one folder, named by its article."""
    folder.mkdir()
    for article in site:
        (folder / f"{article.code}.html").write_bytes(fetch(site, f"http://{HOST}{article.path}"))
        url = f"http://finews.zning.xyz/NewsData/GetNewsText.do?id={article.info_code}"
        (folder / f"{article.info_code}.json").write_bytes(fetch(site, url))
    return folder


def report_of(done: Done) -> dict[str, object]:
    newest = max((done.output / "reports").glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    report: dict[str, object] = json.loads(newest.read_bytes())
    return report


@pytest.mark.parametrize("save", [save_mirror, save_flat])
def test_saved_pages_give_the_source_s_posts(save, sample: Site, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = save(sample, tmp_path / "saved")
    done = fresh_scrapy("reprocess", str(folder), "-s", "FINEWS_CLEANING=source", output=tmp_path / "out")
    assert done.code == 0, done.out + done.err
    assert done.posts() == sample.posts()
    report = report_of(done)
    assert report["found"] == report["written"] == len(sample)
    inputs = report["inputs"]
    assert isinstance(inputs, list)
    assert sorted(line["path"] for line in inputs) == sorted(str(p) for p in folder.rglob("*") if p.is_file())
    again = scrapy("reprocess", str(folder), "-s", "FINEWS_CLEANING=source", output=tmp_path / "out")
    assert f"written 0, unchanged {len(sample)}" in again.out


def test_posts_of_the_source_in_old_formats_come_out_in_the_current_one(sample: Site, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    for name, data in sample.posts().items():
        (folder / name).write_bytes(data.replace(b" +0800", b"").replace("｜".encode(), b"\n"))
    done = scrapy("reprocess", str(folder), "-s", "FINEWS_CLEANING=source", output=tmp_path / "out")
    assert (done.code, done.posts()) == (0, sample.posts())


def test_wrong_usage(tmp_path: Path) -> None:
    assert scrapy("reprocess", output=tmp_path).code == 2
    done = scrapy("reprocess", str(tmp_path / "nowhere"), output=tmp_path)
    assert (done.code, "nowhere" in done.err) == (2, True)
    for workers in ("0", "-1", "two"):
        assert scrapy("reprocess", str(tmp_path), "--workers", workers, output=tmp_path).code == 2


def test_two_posts_of_one_article_are_at_fault(tmp_path: Path, sample: Site) -> None:
    name, data = next(iter(sample.posts().items()))
    for day in (name[:10], "2001-01-01"):
        (tmp_path / f"{day}{name[10:]}").write_bytes(data)
    done = scrapy("verify", str(tmp_path), output=tmp_path / "out")
    assert (done.code, f"the same article as 2001-01-01{name[10:]}" in done.out + done.err) == (9, True)


def test_the_archive_of_a_crawl_gives_the_crawl_s_posts(world: World, crawl: Crawl, tmp_path: Path) -> None:
    done = crawl(world, "-s", "FINEWS_ARCHIVE=1")
    assert done.code == 0
    assert list((done.output / "archive").glob("*.warc.gz"))
    again = scrapy("reprocess", str(done.output / "archive"), output=tmp_path / "again")
    assert again.code == 0, again.out
    assert again.posts() == done.posts()
    assert (tmp_path / "again/category").is_dir()
    stubs = {path.name: path.read_bytes() for path in (done.output / "category").iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "again/category").iterdir()} == stubs


@pytest.mark.parametrize("workers", ["1", "2"])
def test_any_number_of_workers_and_a_zip_give_the_same(workers: str, sample: Site, tmp_path: Path) -> None:
    folder = save_flat(sample, tmp_path / "saved")
    zipped = shutil.make_archive(str(tmp_path / "saved"), "zip", folder)
    for number, source in enumerate((str(folder), zipped)):
        output = tmp_path / f"out{number}"
        done = scrapy("reprocess", source, "--workers", workers, "-s", "FINEWS_CLEANING=source", output=output)
        assert (done.code, done.posts()) == (0, sample.posts())


SOURCE = ("-s", "FINEWS_CLEANING=source")


@pytest.mark.long
@pytest.mark.parametrize("door", ["saved pages first", "saved pages afterwards", "ledger made anew", "all asked for"])
def test_a_crawl_makes_anew_what_others_made_with_other_settings(door: str, crawl: Crawl, tmp_path: Path) -> None:
    with World(generated_site(3, 2)) as world:
        first = crawl(world, "-s", "FINEWS_ARCHIVE=1")
        wanted, saved = first.posts(), tmp_path / "saved.warc.gz"
        (warc,) = (first.output / "archive").iterdir()
        shutil.copy(warc, saved)
        output = first.output if door == "saved pages afterwards" else tmp_path / "another"
        if door == "ledger made anew":
            done = crawl(world, *SOURCE, output=output)
            assert scrapy("verify", "--rebuild", output=output).code == 0
        else:
            settings = () if door == "all asked for" else SOURCE
            done = scrapy("reprocess", str(saved), "--workers", "1", *settings, output=output)
        assert (done.code, done.posts() == wanted) == (0, door == "all asked for"), done.err
        world.forget_requests()
        done = crawl(world, *(("-a", "full=1") if door == "all asked for" else ()), output=output)
        assert (done.code, done.posts() == wanted) == (0, True), done.err
        assert sum("/2022/" in one.path for one in world.requests) == len(wanted)
        world.forget_requests()
        assert crawl(world, output=output).posts() == wanted
        assert not any("/2022/" in one.path for one in world.requests), "once"
