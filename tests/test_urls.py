"""Addresses that the standard library refuses are none, wherever they stand; they end no run and no check."""

import pytest

from crawler import footer, origins, pages, post_format, sites
from crawler.items import Page, Post
from crawler.urls import urljoin, urlsplit
from crawler.verify import verify

REFUSED = (
    "http://[/",
    "http://a]b/",
    "http://news.xx.com？id=1",
    "http://a：80/",
    "//[::1",
    "http://a:b/",
    "http://a:99999/",
)


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_refused_is_no_address(address: str) -> None:
    assert urlsplit(address).hostname is None
    assert sites.code_of_url(address) is None
    assert sites.post_address(address) is None
    assert not sites.is_promised(address)
    assert footer.category_of(address) is None
    (first, *_) = origins.places("share", "NW202201142248170578", address, sites.KNOWN)
    assert first.url.startswith(f"http://{sites.SHARE_HOST}/")


def test_an_address_is_read_as_ever() -> None:
    assert urlsplit("https://a.cn:81/b?c#d")[:] == ("https", "a.cn:81", "/b", "c", "d")
    assert (urljoin("https://a.cn/b/c", "../d"), urljoin("https://a.cn/", "http://[/")) == ("https://a.cn/d", "")


@pytest.mark.parametrize("address", REFUSED)
def test_one_on_a_list_costs_no_other(address: str) -> None:
    items = "".join(
        f'<li><a href="{href}">题</a></li>' for href in (address, "/a/2022/01/14/NW202201142248170578.html")
    )
    found = pages.read(Page(url="https://finews.withounder.com/", body=f"<section><ul>{items}</ul></section>".encode()))
    assert [article.code for article in found.articles] == ["NW202201142248170578"]


@pytest.mark.parametrize(
    "text",
    [
        *(
            f'---\nlayout: post\ntitle: "题"\ndate: 2022-01-14 13:02:46 +0800\ncategories: a\ntags: b\n---\n<p><a href="{x}">x</a></p>\n\n<{x}>'
            for x in REFUSED
        ),
        f"---\nlayout: post\ntitle: {'[' * 3000}\ncategories: a\ntags: b\n---\n<p>x</p>",
        f"---\nlayout: post\ntitle: a\ncategories: {'{' * 3000}\ntags: b\n---\n<p>x</p>",
    ],
)
def test_one_post_ends_the_check_of_no_other(text: str, tmp_path) -> None:
    sound = Post(
        code="NW202201142248170578", kind="media", title="题", time="2022-01-14 13:02:46", category="a", tag="甲报新闻",
        link="http://finews.zning.xyz/x?infoCode=NW202201142248170578", body="<p>1</p>",
    )  # fmt: skip
    (tmp_path / "2022-01-13-NW202201132248170578.md").write_text(text)
    (tmp_path / post_format.file_name(sound)).write_bytes(post_format.render(sound))
    checked, faults = verify([tmp_path])
    assert checked == 2
    assert {path.name for path, _ in faults} == {"2022-01-13-NW202201132248170578.md"}
