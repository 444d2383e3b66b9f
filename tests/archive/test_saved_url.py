"""The address of a saved page, by what it says of itself, where it is and how it is called."""

from datetime import UTC, datetime

import pytest

from crawler.archive.saved_url import article_at, had, original, saved_url

PAGE = "https://finance.eastmoney.com/a/202201142248170578.html"
JSON = "http://finews.zning.xyz/NewsData/GetNewsText.do?id=NW202201142248170578"
SHARE = "http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW202201142248170578"
DIGITS = "202201142248170578"
FIRST = f'<html><head><link rel="canonical" href="{PAGE}"></head>'


@pytest.mark.parametrize(
    ("path", "body", "url"),
    [
        ("x.html", f"<html><!-- saved from url=(0055){PAGE} --><link rel=canonical href=https://a.com/b>", PAGE),
        (
            "x.html",
            f"<!DOCTYPE html><html><!--\n Page saved with SingleFile \n url: {PAGE} \n saved date: x\n-->",
            PAGE,
        ),
        (
            "x.html",
            f"<!-- Saved from {PAGE} at 2022-01-15T05:00:00Z using monolith v2.4.1 -->\n<!DOCTYPE html><html>",
            PAGE,
        ),
        (
            "x.html",
            f'<!DOCTYPE html><html lang="zh" data-scrapbook-source="{PAGE}" data-scrapbook-create="2022">',
            PAGE,
        ),
        ("x.html", f'<html><head><meta name="savepage-url" content="{PAGE}"><meta name="savepage-title">', PAGE),
        (
            "x.html",
            f'<head><link href="{PAGE}" rel="canonical"><meta property="og:url" content="https://a.com/c">',
            PAGE,
        ),
        ("x.html", f"<head><link rel='canonical' href='{PAGE[6:]}'>", PAGE),
        (
            "x.html",
            f'<head><link rel="canonical" href="https://archive.ph/Xy1"></head><div id="HEADER"><input name="q" value="{PAGE}">',
            PAGE,
        ),
        ("x.html", f'<head></head><div><input name="q" value="{PAGE}"></div>', ""),
        ("x.html", f'<head><base href="{PAGE}"></head><div>快照</div><title>题_东方财富网</title>', PAGE),
        ("cache.baiducontent.com/c@m=x.html", f'<title>题_东方财富网</title><base href="{PAGE}">', PAGE),
        ("x.html", '<head><base href="https://finance.eastmoney.com/"></head>', ""),
        ("202201142248170578.html", "<title>ÇàºÌ_¶«·½²Æ¸»Íø</title>", PAGE.replace("https", "http")),
        ("202201142248170578.html", "<title>??????_?????</title>", PAGE.replace("https", "http")),
        ("202201142248170578.html", "<title>题_某某网</title>", ""),
        ("x.html", f"<head><style>{'a{}' * 30000}</style><link rel=canonical href={PAGE}></head>", PAGE),
        ("x.html", f"<head></head><body>{'a b ' * 30000}<link rel=canonical href={PAGE}>", ""),
        (
            "x.html",
            f'<!-- <link rel="canonical" href="https://a.com/b"> --><meta property="og:url" content="{PAGE}">',
            PAGE,
        ),
        ("x.html", '<link rel="canonical" href="/relative"><link rel="canonical" href="javascript:x">', ""),
        ("x.html", "<p>nothing</p>", ""),
        ("NW202201142248170578.json", '{"text":""}', JSON),
        ("sub/nw202201142248170578.JSON", "{}", JSON),
        ("NW202201142248170578.html", "<p>", SHARE),
        ("NW202201142248170578.html", "\ufeff\n{", JSON),
        ("NW202201142248170578.txt", 'cb({"text":""})', JSON),
        ("NW202201142248170578", 'var x = {"text":""}', JSON),
        ("NW202201142248170578.do", '[{"text":""}]', JSON),
        ("NW202201142248170578.js", "/**/ typeof cb === 'function' && cb({", JSON),
        ("NW202201142248170578.js", "window.x = [{", JSON),
        ("GetNewsText.do?id=NW202201142248170578&cid=1&cb=cb", "<html>", JSON),
        ("GetNewsText.do_id=NW202201142248170578", "", JSON),
        ("getnewstext.do@id=NW202201142248170578.html", "<pre>", JSON),
        (
            "NW202201142248170578.html",
            "<small>(GMT+8, x</small>",
            "https://finews.withounder.com/NW202201142248170578.html",
        ),
        ("202201142248170578.html", "<p>", "http://finance.eastmoney.com/a/202201142248170578.html"),
        ("1350,202201142248170578.html", "<p>", "http://finance.eastmoney.com/a/202201142248170578.html"),
        ("20190124053117311720040.html", "<p>", ""),
        (
            "202201142248170578.html",
            '<link rel="canonical" href="https://finance.eastmoney.com/">',
            PAGE.replace("https", "http"),
        ),
        ("2022-01-14-NW202201142248170578.md", "---", "2022-01-14-NW202201142248170578.md"),
        (
            "m/finews.withounder.com/category/Career In x.html",
            "<p>",
            "https://finews.withounder.com/category/Career%20In%20x.html",
        ),
        ("m/finews.withounder.com/index.html", "<p>", "https://finews.withounder.com/"),
        ("finance.eastmoney.com/a/202201142248170578.html", "<p>", PAGE),
        ("finews.zning.xyz/html_News/NewsShare.html?infoCode=NW202201142248170578.html", "<p>", SHARE),
        ("finews.zning.xyz/html_News/NewsShare.html%3FinfoCode=NW202201142248170578.html", "<p>", SHARE),
        ("finews.zning.xyz/html_News/NewsShare.html@infoCode=NW202201142248170578.html", "<p>", SHARE),
        ("finews.zning.xyz/NewsData/GetNewsText.do?id=NW202201142248170578", "{}", JSON),
        ("NewsShare.html?infoCode=NW202201142248170578.html", "<p>", SHARE),
        (f"finance.eastmoney.com/a/{DIGITS}_2.html", FIRST, f"https://finance.eastmoney.com/a/{DIGITS}_2.html"),
        (
            f"finance.eastmoney.com/a/{DIGITS}.html@p=3.html",
            FIRST,
            f"https://finance.eastmoney.com/a/{DIGITS}.html?p=3",
        ),
        (f"finance.eastmoney.com/a/{DIGITS}.html", FIRST, PAGE),
        (f"finance.eastmoney.com/a/{int(DIGITS) + 1}_2.html", FIRST, PAGE),
    ],
)
def test_page_url(path: str, body: str, url: str) -> None:
    assert saved_url(path, body.encode()) == url


@pytest.mark.parametrize("place", ["", "a/2022/01/14/"])
def test_a_post_s_page_names_its_article_wherever_it_is(place: str) -> None:
    assert article_at(f"https://finews.withounder.com/{place}NW{DIGITS}.html") == f"NW{DIGITS}"


def test_utf16_page_tells_its_address() -> None:
    assert saved_url("x.html", f"<html><!-- saved from url=(0055){PAGE} -->".encode("utf-16")) == PAGE


@pytest.mark.parametrize(
    "prefix", ["https://web.archive.org/web/20220115010203/", "http://web.archive.org/web/2022id_/"]
)
def test_wayback_copies(prefix: str) -> None:
    assert original(prefix + PAGE) == PAGE


@pytest.mark.parametrize(
    ("at", "when"), [("20220115010203", "2022-01-15T01:02:03+00:00"), ("2022", None), ("20221315010203", None)]
)
def test_a_copy_in_a_web_archive_is_of_when_that_had_it(at: str, when: str | None) -> None:
    received = datetime(2026, 1, 1, tzinfo=UTC)
    found = had(f"https://web.archive.org/web/{at}/{PAGE}", received)
    assert (found and found.isoformat()) == when
    assert had(PAGE, received) is received


@pytest.mark.parametrize("name", ["2022-05-26-202205262391921712.txt", "2022-05-26-NW202205262391921712", "x.bak"])
def test_a_post_keeps_its_name_whatever_its_suffix(name: str) -> None:
    assert saved_url(f"posts/{name}", b"---\r\nlayout: post\r\ntitle: x") == name


@pytest.mark.parametrize(
    ("written", "read"), [("gbk", "euc_jp"), ("gbk", "euc_kr"), ("gbk", "big5"), ("utf-8", "shift_jis")]
)
def test_a_garbled_title_names_no_other_site_where_the_text_is_garbled_too(written: str, read: str) -> None:
    prose = "<p>港口吞吐量回升，一号码头恢复作业，企业补库意愿增强，二期工程明年开工，总投资三亿元。</p>"
    page = f'<html><title>青禾股份新产线投产_东方财富网</title><div id="ContentBody">{prose * 2}</div></html>'
    garbled = page.encode(written).decode(read, "ignore").encode()
    assert saved_url(f"{DIGITS}.html", garbled) == PAGE.replace("https", "http")
    reprint = page.replace("东方财富网", "某某网")
    assert saved_url(f"{DIGITS}.html", reprint.encode()) == ""
