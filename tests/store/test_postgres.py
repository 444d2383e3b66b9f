"""The ledger in PostgreSQL (FINEWS_LEDGER_URL): a real server, the same commands, the same outcome as with SQLite."""

from pathlib import Path

import pytest
from postgres_server import new_database
from run_scrapy import Crawl, scrapy
from world import Fault, World


@pytest.mark.long
def test_crawls_and_a_rebuild(world: World, crawl: Crawl, tmp_path: Path) -> None:
    ledger = new_database()
    lost = world.site.newest[0].code
    world.faults.replace(Fault("status", path=f"/2022/.*{lost}", status=451))
    url = ("-s", f"FINEWS_LEDGER_URL={ledger}")
    calm = (*url, "-s", "AUTOTHROTTLE_ENABLED=False")
    first = crawl(world, *calm)
    assert first.code == 5, first.out + first.err
    assert len(first.posts()) == len(world.site) - 1
    assert not list((tmp_path / "output/state").glob("*.sqlite*"))

    listed = scrapy("quarantine", "list", *url, output=first.output)
    assert lost in listed.out
    world.faults.replace()
    assert scrapy("quarantine", "retry", lost, *url, output=first.output).code == 0
    second = crawl(world, *calm)
    assert second.code == 0, second.out + second.err
    assert len(second.posts()) == len(world.site)
    assert "written 1, unchanged" in second.out

    world.forget_requests()
    rebuilt = scrapy("verify", "--rebuild", *url, output=first.output)
    assert rebuilt.code == 0, rebuilt.out + rebuilt.err
    third = crawl(world, *calm)
    assert third.code == 0, third.out + third.err
    assert "written 0" in third.out
    assert scrapy("quarantine", "list", *url, output=first.output).out == ""
