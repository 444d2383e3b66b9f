"""What comes with a message: files attached, frames, and pages that only the name of the file tells."""

import gzip
from email.message import EmailMessage
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest
from archive.makers import HTML_TYPE, URL, make_warc, make_zip

from crawler.archive import Limits
from crawler.archive.saved_url import article_at
from crawler.pages.promise import NOT_KNOWN

NAMED = "http://finance.eastmoney.com/a/202201142248170578.html"
JSON_URL = "http://finews.zning.xyz/NewsData/GetNewsText.do?id=NW202201142248170578"
OTHER = "https://finance.eastmoney.com/a/202201142248170579.html"


def mail(*attachments: tuple[str, bytes, str]) -> bytes:
    message = EmailMessage()
    message["Subject"], message["Date"] = "x", "Fri, 14 Jan 2022 13:02:46 +0800"
    message.set_content("<p>see attached")
    for name, data, kind in attachments:
        major, _, minor = kind.partition("/")
        message.add_attachment(data, maintype=major, subtype=minor, filename=name)
    return message.as_bytes()


def saved(*parts: tuple[str, bytes], kind: str = "text/html", subtype: str = "related") -> bytes:
    """A page as browsers save it: each part with its location, "" for none."""
    message = MIMEMultipart(subtype)
    for location, data in parts:
        part = MIMEText(data.decode(), kind.partition("/")[2], "utf-8")
        if location:
            part["Content-Location"] = location
        message.attach(part)
    return message.as_bytes()


def article(url: str) -> bytes:
    return (
        f'<!DOCTYPE html><html><head><title>x_东方财富网</title><link rel="canonical" href="{url}"></head>'
        '<body><h1>x</h1><div id="ContentBody"><p>中国联通。</p></div></body></html>'
    ).encode()


PAGE = article(URL)
WEB = b'{"data":{"Art_Title":"x","Art_Content":"<p>x</p>","Art_Code":"202201142248170578"}}'
BINARY = "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "data", "kind", "source", "url"),
    [
        ("a.html", PAGE, BINARY, "a.html", URL),
        ("a.html", PAGE, "text/html", "1", URL),
        ("202201142248170578.html", b"<html><p>x", "text/html", "1", NAMED),
        ("202201142248170578.html", b"<html><p>x", BINARY, "202201142248170578.html", NAMED),
        ("联通202201142248170578.htm", b"<html><p>x", BINARY, "联通202201142248170578.htm", NAMED),
        ("C:\\saved\\202201142248170578.htm", b"<html><p>x", BINARY, "C:/saved/202201142248170578.htm", NAMED),
        ("NW202201142248170578.json", b'{"text":"<p>x"}', "application/json", "1", JSON_URL),
        ("NW202201142248170578.txt", b'{"text":"<p>x"}', "text/plain", "NW202201142248170578.txt", JSON_URL),
        ("noname", PAGE, BINARY, "noname", URL),
        ("a.bin", PAGE, "application/x-whatever", "a.bin", URL),
        ("a.html.gz", gzip.compress(PAGE), "application/gzip", "a.html.gz", URL),
        ("a.zip", make_zip({"b.html": PAGE}), "application/zip", "a.zip!b.html", URL),
        ("a.zip", make_zip({"b.html": PAGE}), "application/x-zip-compressed", "a.zip!b.html", URL),
        ("a.warc", make_warc([(URL, PAGE, [HTML_TYPE])]), BINARY, f"a.warc!{URL}", URL),
        ("a.mht", saved((URL, PAGE)), BINARY, f"a.mht!{URL}", URL),
        ("a.eml", mail(("a.zip", make_zip({"b.html": PAGE}), BINARY)), BINARY, "a.eml!a.zip!b.html", URL),
        ("a.jsonl", WEB + b"\n" + WEB + b"{", BINARY, "a.jsonl!1", ""),
        ("2022-01-14-NW202201142248170578.md", b"---\nlayout: post\n", "text/markdown", "2022-01-14-NW202201142248170578.md", "2022-01-14-NW202201142248170578.md"),
    ],
)  # fmt: skip
def test_what_is_attached_is_read_as_a_file(
    tmp_path: Path, opened, name: str, data: bytes, kind: str, source: str, url: str
) -> None:
    (tmp_path / "x.eml").write_bytes(mail((name, data, kind)))
    found = opened()
    assert [(p.source, p.url) for p in found.pages] == [(f"{tmp_path}/x.eml!{source}", url)]


@pytest.mark.parametrize(
    "word", ["=?utf-8?B?6IGU6YCaLmh0bWw=?=", "=?gb2312?B?warNqC5odG1s?=", "=?gb2312?Q?=C1=AA=CD=A8.html?="]
)
def test_the_name_may_be_an_encoded_word(tmp_path: Path, opened, word: str) -> None:
    message, part = MIMEMultipart(), MIMEBase("application", "octet-stream")
    part.set_payload(PAGE.decode(), "utf-8")
    part.add_header("Content-Disposition", f'attachment; filename="{word}"')
    message.attach(part)
    (tmp_path / "x.eml").write_bytes(message.as_bytes())
    assert opened().names == ["x.eml!联通.html"]


@pytest.mark.parametrize(
    ("name", "data", "kind", "reason"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n", "image/png", "asset: image/png"),
        ("a.png", b"\x89PNG\r\n\x1a\n", BINARY, "asset: image/png"),
        ("a.css", b"a{}", "text/css", "asset: text/css"),
        ("a.pdf", b"%PDF-1.4", "application/pdf", "asset: application/pdf"),
        ("a.txt", b"a note", "text/plain", "asset: text/plain"),
    ],
)
def test_attached_pictures_are_companions(
    tmp_path: Path, opened, name: str, data: bytes, kind: str, reason: str
) -> None:
    (tmp_path / "x.eml").write_bytes(mail((name, data, kind)))
    found = opened()
    assert not found.pages
    assert [(u.reason, u.failed) for u in found.skipped] == [("asset: text/plain", False), (reason, False)]


SENTENCE = "青禾股份说，新的产线已经投产，今年前两个季度的订单已经排满，下半年还会再开工两条。"
EXTRACTED = f"{URL}\n题\n2022年01月14日 13:02\n{SENTENCE}\n（文章来源：甲报）\n"


@pytest.mark.parametrize(
    ("text", "html", "pages", "reasons"),
    [
        (EXTRACTED, "", 1, []),
        (f"转：{SENTENCE}\n见 {URL}\n", "", 0, [(NOT_KNOWN, True)]),
        (f"见 {URL}\n", "", 0, [("asset: text/plain", False)]),
        (EXTRACTED, "<p>页</p>", 1, [("asset: text/plain", False)]),
    ],
)
def test_an_article_may_be_the_text_of_a_mail(
    tmp_path: Path, opened, text: str, html: str, pages: int, reasons: list[tuple[str, bool]]
) -> None:
    message = EmailMessage()
    message["Date"] = "Fri, 14 Jan 2022 13:02:46 +0800"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    (tmp_path / "x.eml").write_bytes(message.as_bytes())
    found = opened()
    assert (len(found.pages), [(u.reason, u.failed) for u in found.skipped]) == (pages, reasons)
    assert html or not pages or SENTENCE in found.pages[0].body.decode()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.zip", make_zip({"b.html": PAGE})[:60], "damaged"),
        ("a.rar", b"Rar!\x1a\x07\0", "not opened"),
        ("a.html", b"", "empty file"),
        ("a.html.gz", gzip.compress(b"<html>" + b" " * (9 << 20)), "larger than 8 MiB"),
    ],
)
def test_what_cannot_be_read_of_it_is_told(tmp_path: Path, opened, name: str, data: bytes, words: str) -> None:
    (tmp_path / "x.eml").write_bytes(mail((name, data, BINARY)))
    found = opened(limits=Limits(member_bytes=8 << 20))
    assert words in [u.reason for u in found.skipped if u.failed][-1]


def test_mails_in_mails_have_an_end(tmp_path: Path, opened) -> None:
    data = PAGE
    for _ in range(9):
        data = mail(("a.eml", data, BINARY))
    (tmp_path / "x.eml").write_bytes(data)
    assert [u.reason for u in opened().skipped if u.failed] == ["nested deeper than 8 containers"]


BARE = b"<!DOCTYPE html><html><body><p>x"


@pytest.mark.parametrize(
    ("path", "parts", "url"),
    [
        ("202201142248170578.mht", [("", BARE)], NAMED),
        ("202201142248170578.eml", [("", BARE)], NAMED),
        ("202201142248170578.MHTML", [("cid:frame-1@mail_reader.blink", BARE)], NAMED),
        ("202201142248170578.mht", [("", PAGE)], URL),
        ("202201142248170578.mht", [(OTHER, BARE)], OTHER),
        ("x.mht", [("file:///C:/saved/202201142248170578.html", BARE)], NAMED),
        ("x.mht", [("", PAGE)], URL),
        ("x.mht", [("", BARE)], ""),
        ("finance.eastmoney.com/a/202201142248170578.mht", [("", BARE)], URL),
        ("finews.withounder.com/category/x.mht", [("", BARE)], "https://finews.withounder.com/category/x.html"),
    ],
)
def test_a_page_without_a_location_bears_the_name_of_its_file(
    tmp_path: Path, opened, path: str, parts: list[tuple[str, bytes]], url: str
) -> None:
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_bytes(saved(*parts))
    assert [p.url for p in opened().pages] == [url]


def test_only_the_page_of_one_message_bears_it(tmp_path: Path, opened) -> None:
    letter = saved(("", BARE), subtype="alternative")
    (tmp_path / "202201142248170578.mbox").write_bytes(b"From a@b Fri\n" + letter + b"\n\nFrom a@b Fri\n" + letter)
    assert [p.url for p in opened().pages] == [NAMED, ""]


def test_an_empty_page_of_an_article_is_missed(tmp_path: Path, opened) -> None:
    (tmp_path / "202201142248170578.mht").write_bytes(saved(("", b"")))
    assert [(u.reason, article_at(u.url)) for u in opened().skipped] == [("empty page", "202201142248170578")]


@pytest.mark.parametrize(
    ("frame", "is_page"),
    [
        (article(OTHER), True),
        (PAGE, False),
        (BARE, False),
        (b'<html><head><link rel="canonical" href="https://ad.example.com/x"></head><p>ad', False),
        (
            b'<html><head><link rel="canonical" href="https://gbfek.eastmoney.com/r.html?newsid=202201142248170578">',
            False,
        ),
        (b"", False),
    ],
    ids=["another", "itself", "bare", "ad", "comments", "empty"],
)
@pytest.mark.parametrize("location", ["cid:frame-2@mail_reader.blink", ""])
def test_a_frame_is_a_page_when_it_tells_an_article_of_its_own(
    tmp_path: Path, opened, frame: bytes, is_page: bool, location: str
) -> None:
    (tmp_path / "x.mhtml").write_bytes(saved((URL, PAGE), (location, frame)))
    found = opened()
    assert [p.url for p in found.pages] == [URL, OTHER][: 1 + is_page]
    assert [u.reason for u in found.skipped] == ["asset: a frame of the page"] * (not is_page)


def test_line_ends_of_the_message_are_not_the_pages(tmp_path: Path, opened) -> None:
    head = (
        "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    )
    body = '<html><div id=3D"ContentBody">\r\n<p>a</p>=0D\r\n<p>b=\r\nc</p></div></html>\r\n'
    (tmp_path / "x.mht").write_text(f"{head}Content-Location: {URL}\r\n\r\n{body}", newline="")
    (page,) = opened().pages
    assert page.body == b'<html><div id="ContentBody">\n<p>a</p>\r\n<p>bc</p></div></html>\n'
