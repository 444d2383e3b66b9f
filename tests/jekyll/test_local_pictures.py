"""Stored K-line pictures show on a real site, at its root and below a baseurl."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from jekyll.build import build, static
from jekyll.built import Window
from jekyll.case import Case, Written, write
from jekyll.look import SITE, look

from crawler import kline, post_format
from crawler.demo import Site
from crawler.demo.articles import SITE_HOST
from crawler.demo.hosts import HOSTS
from crawler.demo.pictures import kline_picture
from crawler.kline.paths import picture_path, wanted
from crawler.store.posts import PostStore

pytestmark = pytest.mark.xdist_group("jekyll")


def store_locally(written: list[Written], output: Path) -> list[Written]:
    """Let the written posts point to pictures below the output folder; those that have any."""
    local = []
    for made in written:
        day = date.fromisoformat(made.post.time[:10])
        places = {key: picture_path(key, day, "png") for key in wanted(made.post.klines)}
        for key, place in places.items():
            (output / place).parent.mkdir(parents=True, exist_ok=True)
            (output / place).write_bytes(kline_picture(key.secid))
        body = kline.localize(made.post.body, made.post.klines, places, made.post.category)
        if places:
            PostStore(output).write(replace(made.post, body=body))
            local.append(made)
    return local


@pytest.mark.parametrize("baseurl", ["", "/news/finance"])
def test_stored_pictures_show(
    tmp_path: Path, sample: Site, window: Window, monkeypatch: pytest.MonkeyPatch, baseurl: str
):
    output = tmp_path / "output"
    cases = [Case(name, post_format.parse(data, name)) for name, data in sample.posts().items()]
    written, refused = write(cases, output)
    assert not refused
    local = store_locally(written, output)
    assert len({made.post.category for made in local}) > 5
    monkeypatch.setitem(HOSTS, SITE_HOST, static(build(tmp_path, output, baseurl), baseurl))
    for made in local:
        seen = look(window.chromium, SITE + baseurl + made.url)
        assert seen.hosts <= {SITE_HOST, "dfscdn.dfcfw.com", "np-newspic.dfcfw.com"}, made.url
        stored = [(src, width) for src, width in seen.document["pictures"] if "assets/kline/" in src]
        assert len(stored) == len(made.post.klines), made.url
        assert all(width == 578 for _, width in stored), (made.url, stored)
