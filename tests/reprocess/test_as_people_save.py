"""Pages as people have them after years: renamed, mirrored, cut short, wrapped. Each file's outcome, one by one."""

import base64
import bz2
import gzip
import io
import json
import lzma
import quopri
import re
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import brotli
import pytest
from archive.makers import make_tar, make_zip
from reprocess import makers
from reprocess.makers import Art
from reprocess.running import posts, report, reprocess

from crawler import post_format

ABSTRACT = "<div>摘要：公司公告。</div>"
HOST = "finance.eastmoney.com/a"


def bare(art: Art) -> str:
    """A page that does not say where it is from."""
    return makers.desktop(art).replace(f'<link rel="canonical" href="{art.url}">', "")


def post_in(zone: str) -> Callable[[Art], str]:
    return lambda art: makers.old_post(art, zone=" +0800").replace("\n", zone)


def single_part(art: Art) -> str:
    head = "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
    return f"{head}Content-Location: {art.url}\r\n\r\n{bare(art)}"


def in_parts(art: Art) -> str:
    """A page in a message as browsers save it."""
    page = quopri.encodestring(bare(art).encode()).decode()
    head = f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {art.url}\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    head += f'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="x"\r\nX-Note: {"x" * 300}\r\n\r\n'
    part = (
        f"--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: {art.url}"
    )
    return f"{head}{part}\r\n\r\n{page}\r\n--x--\r\n"


def packed_by(pack: Callable[[bytes], bytes]) -> Callable[[dict[str, bytes]], bytes]:
    return lambda files: b"".join(map(pack, files.values()))


def damaged(pack: Callable[[dict[str, bytes]], bytes], size: int) -> Callable[[Art], bytes]:
    """A page in a container whose first bytes are zeros."""
    return lambda art: bytes(size) + pack({"x.html": makers.desktop(art).encode()})[size:]


def shown_json(art: Art) -> str:
    reply = makers.news_text(art).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<html><head></head><body><pre style="white-space: pre-wrap;">{reply}</pre></body></html>'


def before(mark: str) -> Callable[[Art], str]:
    return lambda art: makers.desktop(art).partition(mark)[0]


def cached(pack: Callable[[dict[str, bytes]], bytes]) -> Callable[[Art], str | bytes]:
    """One reply in Scrapy's HTTP cache, in an archive."""

    def packed(art: Art) -> bytes:
        meta = {"url": art.url, "response_url": art.url, "status": 200, "method": "GET", "timestamp": 1642166577.0}
        parts = {"meta": repr(meta), "response_body": bare(art), "response_headers": "Content-Type: text/html\r\n"}
        parts |= {"request_body": "", "request_headers": ""}
        return pack({f"httpcache/finews/ab/abcd/{name}": text.encode() for name, text in parts.items()})

    return packed


def recorded(
    make: Callable[[Art], bytes | str] = bare,
    head: str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n",
    *,
    kind: str = "response",
    extra: str = "",
    before: str = "",
) -> Callable[[Art], bytes]:
    """One record of a WARC."""

    def record(art: Art) -> bytes:
        made = make(art)
        block = head.encode() + b"\r\n" + (made.encode() if isinstance(made, str) else made)
        fields = f"WARC-Type: {kind}\r\nWARC-Target-URI: {art.url}\r\nWARC-Date: 2022-01-14T05:02:57Z\r\n{extra}"
        fields += f"WARC-Record-ID: <urn:uuid:{art.id}>\r\nContent-Type: application/http; msgtype=response\r\n"
        return f"{before}WARC/1.0\r\n{fields}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"

    return record


def in_chunks(data: bytes, end: bytes) -> bytes:
    return b"%x\r\n%b\r\n%x;name=x\r\n%b\r\n0\r\n%b" % (99, data[:99], len(data) - 99, data[99:], end)


def squeezed(art: Art) -> bytes:
    return gzip.compress(bare(art).encode())


def in_members(art: Art) -> bytes:
    data = bare(art).encode()
    return gzip.compress(data[:300]) + gzip.compress(data[300:])


def har(status: int, **content: str) -> Callable[[Art], str]:
    def recorded(art: Art) -> str:
        text = {"text": base64.b64encode(squeezed(art)).decode(), "encoding": "base64"} | content
        reply = {"status": status, "content": {"mimeType": "text/html", **text}}
        return json.dumps({"comment": "x", "log": {"entries": [{"request": {"url": art.url}, "response": reply}]}})

    return recorded


def old_archive(art: Art) -> bytes:
    reply = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + bare(art).encode()
    head = "1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n\n"
    first = f"filedesc://x.arc 0.0.0.0 20220114000000 text/plain {len(head)}\n{head}\n"
    return f"{first}{art.url} 1.2.3.4 20220114130246 text/html {len(reply)}\n".encode() + reply + b"\n"


def mailed(art: Art) -> bytes:
    mail = EmailMessage()
    mail["Subject"] = "新闻"
    mail.set_content("见附件")
    mail.add_attachment(makers.desktop(art).encode(), maintype="text", subtype="html", filename="a.html")
    return bytes(mail)


def beside(decoy: str) -> Callable[[Art], str]:
    """The page with something before its body."""
    return lambda art: makers.desktop(art).replace('<div class="contentwrap">', decoy + '<div class="contentwrap">', 1)


def with_body(change: Callable[[str], str]) -> Callable[[Art], str]:
    return lambda art: makers.desktop(art, body=change(art.body))


def half_and_whole(art: Art) -> str:
    page = makers.desktop(art)
    return page[: page.index("分析")] + page


TEMPLATE = "<template></template>"  # the quick look leaves such a page to the parser
FAKE = '<div id="ContentBody"><p>加载中，请稍候。如果长时间没有反应，请刷新页面或者检查网络，稍后再试，谢谢您的耐心等待。</p></div>'


def reprinted(*, site: str = "新浪网", address: str = "", **changed: str) -> Callable[[Art], str]:
    """The article on another site's page, in the same kind of box; ``address``: the page calls this its own."""

    def page(art: Art) -> str:
        own = address.format(url=art.url, id=art.id)
        found = bare(art).replace("_ 东方财富网", f"_ {site}").replace("<head>", f"<head>{own}")
        for old, new in changed.items():
            found = found.replace(old, new)
        return found

    return page


CANONICAL = '<link rel="canonical" href="{url}">'
SINA = "<!-- saved from url=(0057)https://finance.sina.com.cn/stock/2022-01-14/doc-3.html -->"


def in_one_file(art: Art) -> str:
    """The site's page as tools write it that save a page in one file: without quotes and end tags that can be spared."""
    page = re.sub(r'<a href="(?:http:)?([^"]*)">', r"<a href=http:\1>", makers.post_page(art)).replace(
        "</a></p>", "</a>"
    )
    address = f"http://finews.withounder.com/zhengquanshibao/2022/01/14/NW{art.id}.html"
    return page.replace("<head>", f"<head><!--\n Page saved with SingleFile \n url: {address} \n-->")


WRITTEN: list[tuple[str, Callable[[Art], str | bytes]]] = [
    (f"{HOST}/{{id}}.html.1", bare),
    (f"{HOST}/{{id}}.html.orig", bare),
    (f"{HOST}/{{id}}.html.html", bare),
    (f"{HOST}/{{id}} (1).html", bare),
    (f"{HOST}/{{id}}", bare),
    (f"{HOST}/x1.html", lambda a: f"<!-- Mirrored from {HOST}/{a.id}.html by HTTrack Website Copier/3.x -->" + bare(a)),
    ("wap.eastmoney.com/3g/news/article,8,344,1,{id}.shtml.html", bare),
    ("web.archive.org/web/20220115000000/https:/finance.eastmoney.com/a/{id}.html", bare),
    ("x2.html", lambda a: "<!-- saved from url=(0016)http://localhost -->" + makers.desktop(a)),
    ("x3.html", lambda a: f"<!-- saved from url=(0057)https://emwap.eastmoney.com/info/detail?newsId={a.id} -->" + bare(a)),
    ("x4.mht", single_part),
    ("Maildir/new/1641.M1P2Q3.host", single_part),
    ("cache.zip", cached(make_zip)),
    ("x9.html.gz", lambda a: gzip.compress(makers.desktop(a).encode()) + b"saved by"),
    ("x10.html.lzma", lambda a: lzma.compress(makers.desktop(a).encode(), lzma.FORMAT_ALONE)),
    ("x5.html.bak", makers.desktop),
    ("x6.doc", makers.desktop),
    ("x7.xml", makers.desktop),
    ("x8.jpg", makers.desktop),
    ("NW{id}.html", bare),
    ("2022-01-14-NW{id}.md", post_in("\r\n")),
    ("2022-01-14-NW{id} .md", lambda a: makers.old_post(a) + "\n\n\n"),
    ("203.warc", recorded(head="HTTP/1.1 203 OK\r\nContent-Type: text/html\r\n")),
    ("x11.warc", recorded(squeezed, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")),
    ("x12.warc", recorded(lambda a: gzip.compress(squeezed(a)), "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\n")),
    ("x13.warc", recorded(in_members, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n")),
    ("x14.warc", recorded(lambda a: in_chunks(squeezed(a), b"A: b\r\n\r\n"), "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n")),
    ("x15.warc", recorded(lambda a: in_chunks(bare(a).encode(), b""), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n")),
    ("x16.warc", recorded(head="HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n")),
    ("x17.warc", recorded(extra="WARC-Truncated: length\r\n")),
    ("blank.warc", recorded(before="\r\n\r\n")),
    ("x18.arc", old_archive),
    ("x19.har", har(200)),
    ("x20.eml", mailed),
    ("copy.md", makers.old_post),
    ("https%3A%2F%2Ffinance.eastmoney.com%2Fa%2F{id}.html", bare),
    ("1354%2C{id}.html", bare),
    ("{id}.html/index.html", bare),
    ("x21.html", beside(f"<template>{FAKE}</template>")),
    ("x22.html", beside(f"<noscript>{FAKE}</noscript>")),
    ("x23.html", beside(FAKE.replace("<div", '<div style="display: none"'))),
    ("x24.html", beside('<div id="ContentBody"></div>')),
    ("x25.html", with_body(lambda body: body.replace("</p>", "</p></div>", 1))),
    ("x26.html", half_and_whole),
    ("x31.mht", lambda a: "\ufeff" + single_part(a)),
    ("x32.mht", lambda a: "From saved@localhost Fri Jan 14 13:02:46 2022\r\n" + single_part(a)),
    ("x33.mhtml", lambda a: "HTTP/1.1 200 OK\r\n" + single_part(a)),
    ("x34.mht", lambda a: in_parts(a).encode("utf-16")),
    ("x35.mht", lambda a: in_parts(a).encode("utf-16-be")),
    ("x36.har", lambda a: har(200)(a).encode("utf-16")),
    ("x37.har", lambda a: har(200)(a).encode("utf-16-le")),
    ("x38.har", lambda a: f"[{har(200)(a)}]"),
    ("x39.json", lambda a: "\n" + json.dumps({"log": {"entries": json.loads(har(200)(a))["log"]["entries"]}})),
    ("x43.json", lambda a: json.dumps({"log": json.loads(har(200)(a))["log"]}).encode("utf-16")),
    ("x40.mbox", lambda a: b"From a@b Fri\nSubject: x\n\ny\n\nFrom a@b Sat\n" + mailed(a)),
    ("x41.gz", makers.desktop),
    ("x44.pdf", makers.web),
    ("{id}/index.json", makers.web),
    ("x45.csv", lambda a: f"window.x = {makers.web(a)};"),
    ("x46.js", lambda a: f"cb && cb({makers.web(a)})"),
    ("x47.js", lambda a: f"try{{cb({makers.web(a)})}}catch(e){{}}"),
    ("x48.json", lambda a: ")]}',\n" + makers.web(a)),
    ("x49.json", lambda a: json.dumps(makers.web(a), ensure_ascii=False)),
    ("x50.js", makers.desktop),
    ("x51.html", lambda a: makers.desktop(a).encode("utf-16-le")),
    ("x52.txt", lambda a: makers.web(a).encode("utf-16-be")),
    ("2022-01-14-NW{id}.bin", makers.old_post),
    ("2022-01-14-NW{id}.md", lambda a: makers.old_post(a).encode("utf-16-le")),
    ("x53.html", lambda a: b"\xef\xbb\xbf" + makers.desktop(a, declare='<meta charset="gb2312">').encode("gb18030")),
    ("x54.html", lambda a: SINA + makers.desktop(a)),
    ("x55.html", in_one_file),
    ("x56.html", lambda a: makers.desktop(a).replace("<head>", f"<head><style>{'.a{b:c}' * 20000}</style>")),
    ("www.example.sg/{id}.html", makers.desktop),
    ("x42.iso", makers.desktop),
    ("x30.html", lambda a: makers.desktop(a).replace('<div class="title">', f'<html><body>{TEMPLATE}<div class="title">', 1)),
]  # fmt: skip
LOST: list[tuple[str, Callable[[Art], str | bytes], str]] = [
    (f"{HOST}/{{id}}.html", before("</head>"), "no body on an article's page"),
    (f"{HOST}/{{id}}.html", lambda _: "<html><title>502 Bad Gateway</title></html>", "no body on an article's page"),
    (f"{HOST}/{{id}}.html", lambda _: '{"code":403,"message":"x"}', "cut short, or an error page"),
    (f"{HOST}/{{id}}_2.html", bare, "cut by a pager"),
    ("{id}.html", lambda _: f"<html><head><title>别处的新闻</title></head><body>{'<p>正文一段。</p>' * 900}</body></html>", "no body on the page"),
    (f"{HOST}/{{id}}.html", lambda a: makers.desktop(a, body=ABSTRACT).partition(ABSTRACT)[0] + ABSTRACT, "truncated"),
    ("finews.withounder.com/zhengquanshibao/2022/01/14/NW{id}.html", lambda a: makers.post_page(a).partition("<section")[0], "cut short"),
    ("finews.withounder.com/category/x.html", lambda _: "<html><body><section><h2>甲</h2><ul><li>", "cut short"),
    ("2022-01-14-NW{id}.md", lambda a: makers.old_post(a).partition("<p>分析")[0], "cut short: the post ends without its link"),
    ("GetNewsText.do.json", makers.news_text, "no news id"),
    ("x.html", lambda a: bare(a).replace("<head>", f"<head><style>{'.a{b:c}' * 2000}</style>"), "no news id"),
    ("np-listapi.eastmoney.com/comm/web/getNewsByColumns?column=350", lambda _: "<html>502 Bad Gateway</html>", "cut short, or an error page"),
    ("183.136.162.242/web/webapi?type=102", lambda _: '{"code":403,"message":"x"}', "cut short, or an error page"),
    ("list.json", lambda _: '{"code":403,"message":"访问过于频繁，请稍后再试","data":null}', "blocked"),
    ("x.json", lambda _: '{"rc":0,"me":"资讯不存在","news":null}', "error reply: 资讯不存在"),
    ("20230517093011124.html", bare, "no news id"),
    ("all.rar", lambda _: b"Rar!\x1a\x07\x01\x00" + bytes(99), "not opened"),
    ("all.7z", lambda _: b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(99), "not opened"),
    ("x.webarchive", lambda _: b"bplist00\xdf\x10" + bytes(99), "not opened"),
    ("{id}.html", lambda a: bare(a).replace("证券时报", ""), "no tag"),
    ("all.tar", damaged(make_tar, 512), "damaged: what should be a header"),
    ("all.tar", lambda a: make_tar({"x.html": makers.desktop(a).encode()})[:300], "truncated: the archive's own end"),
    ("all.tar.gz", lambda a: gzip.compress(damaged(make_tar, 512)(a)), "damaged: what should be a header"),
    ("all.tgz", lambda a: gzip.compress(make_tar({"x.html": makers.desktop(a).encode()})[:300]), "truncated: the archive's own end"),
    ("all.tar.gz", damaged(lambda files: make_tar(files, "w:gz"), 20), "damaged: it does not begin as a .gz does"),
    ("x.html.gz", damaged(packed_by(gzip.compress), 20), "damaged: it does not begin as a .gz does"),
    ("x.html.xz", damaged(packed_by(lzma.compress), 20), "damaged: it does not begin as a .xz does"),
    ("x.html.bz2", damaged(packed_by(bz2.compress), 20), "damaged: it does not begin as a .bz2 does"),
    ("x.warc.gz", lambda a: bytes(20) + gzip.compress(recorded()(a))[20:], "damaged: it does not begin as a .gz does"),
    ("x.gz", damaged(packed_by(gzip.compress), 20), "damaged: it does not begin as a .gz does"),
    ("x.mht", lambda a: in_parts(a)[300:], "damaged: it does not begin as a .mht does"),
    ("x.mhtml", lambda a: in_parts(a)[in_parts(a).index("--x"):], "damaged: it does not begin as a .mhtml does"),
    ("x.mht", lambda a: in_parts(a)[in_parts(a).index("Snapshot") + 3:].replace("Content-Type: m", "", 1), "damaged: the page"),
    ("x.eml", lambda a: b"X: y\r\n\r\n" + mailed(a)[200:], "damaged: the page"),
    ("x.eml", lambda a: b"=" + mailed(a)[300:], "damaged: it does not begin as a .eml does"),
    ("x.mbox", lambda a: b"=\n" + mailed(a), "damaged: it does not begin as a .mbox does"),
    ("x.emlx", lambda a: b"999\n" + mailed(a) + b"<plist>", "not opened (emlx)"),
    ("x.har", lambda a: "// saved\n" + har(200)(a), "damaged: its JSON cannot be read"),
    ("x.har", lambda a: har(200)(a)[99:], "damaged: its JSON cannot be read"),
    ("x.har", lambda _: '{"version": 1}', "damaged: there are no entries of a HAR in it"),
    ("all.cab", lambda _: b"MSCF\0\0\0\0" + bytes(99), "not opened"),
    ("all.chm", lambda _: b"ITSF\3\0\0\0" + bytes(99), "not opened"),
    ("all.chm", lambda _: bytes(99), "not opened"),
    ("all.iso", lambda _: bytes(40000), "not opened"),
    ("all.rar", lambda _: bytes(99), "not opened"),
    ("cache.tar.gz", cached(lambda files: make_tar(files, "w:gz")), "a reply of an HTTP cache in a tar"),
    ("500.warc", recorded(head="HTTP/1.1 500 No\r\nContent-Type: text/html\r\n"), "HTTP 500"),
    ("429.har", har(429), "HTTP 429"),
    ("empty.har", har(200, text=""), "no content recorded"),
    ("revisit.warc", recorded(lambda _: b"", kind="revisit"), "revisit"),
    ("br.warc", recorded(lambda a: brotli.compress(bare(a).encode())), "binary data"),
    ("cut.warc", recorded(before("<p>分析"), extra="WARC-Truncated: length\r\n"), "truncated"),
    ("x27.html", with_body(lambda body: body.replace("<p>分析", "<!-- 广告 <p>分析")), "truncated: a comment"),
    ("x28.html", with_body(lambda body: body.replace("<p>分析", '<p style="color:red>分析')), "broken markup: a quote"),
    ("2022-01-14-NW{id}.md", lambda a: makers.old_post(a) + "\n" + makers.old_post(Art(7001)), "two posts in one file"),
    ("2022-01-14-NW{id}.md", lambda _: makers.old_post(Art(7002)), "its name says NW"),
]  # fmt: skip
NOT_OURS: list[tuple[str, Callable[[Art], str | bytes]]] = [
    ("._x9.html", lambda _: b"\0\5\x16\7\0\2\0\0Mac OS X        " + bytes(99)),
    ("list.json", lambda a: json.dumps({"data": {"list": [{"Art_Code": a.id, "Art_Title": a.name, "Art_ShowTime": a.time}]}})),
    ("404.warc", recorded(head="HTTP/1.1 404 No\r\nContent-Type: text/html\r\n")),
    ("301.warc", recorded(head="HTTP/1.1 301 No\r\nLocation: https://x.example/\r\n")),
    ("finance.sina.com.cn/stock/doc-1.html", reprinted(address=CANONICAL)),
    ("r1.html", lambda a: SINA + reprinted(address=CANONICAL)(a)),
    ("r2.html", lambda a: SINA + reprinted(site="甲", address='<meta property="og:url" content="{url}">')(a)),
    ("{id}.html", reprinted(site="某某财经网")),
    ("www.example.sg/{id}.html", reprinted(site="联合早报")),
    ("192.168.1.3/{id}.html", reprinted(site="某网")),
    ("r5.html", lambda a: SINA + reprinted(address='<meta property="og:url" content="{url}">')(a).replace(" _ 新浪网", "")),
    ("r4.html", reprinted(site="雪球", 号公司="号公司东方财富")),
    ("r3.html", reprinted(site="凤凰网财经", 号公司="号公司东方财富")),
    ("comments.json", lambda a: json.dumps({"log": {"entries": [{"request": {"url": f"https://api.example.com/get?id={a.id}"}, "response": {"status": 200, "content": {"mimeType": "application/json", "text": '{"content":"<p>网友评论</p>"}'}}}]}})),
    ("style.css", lambda _: "body { color: red }"),
    ("style.css.gz", lambda _: bytes(20) + gzip.compress(b"body { color: red }")[20:]),
    ("x.js.br", lambda _: brotli.compress(b"function f() {}")),
    ("photo.jpg.gz", lambda _: bytes(20) + gzip.compress(bytes(999))[20:]),
    ("photo.iso", lambda _: b"\x89PNG\r\n" + bytes(99)),
    ("font.woff", lambda _: bytes(99)),
    ("notes.gz", lambda _: "买菜"),
    ("none.tar", lambda _: make_tar({})),
    ("letter.eml", lambda _: b"Subject: x\r\nContent-Type: text/plain\r\n\r\nHello.\r\n"),
    ("x10.jpg", lambda _: b"\xff\xd8\xff\xe0" + bytes(99)),
]  # fmt: skip


@dataclass
class Told:
    """What one run made of everything."""

    output: Path
    code: int
    err: str
    lines: dict[str, tuple[str, str]] = field(default_factory=dict)
    arts: dict[str, Art] = field(default_factory=dict)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    top = tmp_path_factory.mktemp("saved")
    arts = {}
    everything = [*WRITTEN, *((name, make) for name, make, _ in LOST), *NOT_OURS]
    for number, (name, make) in enumerate(everything):
        art = Art(number)
        file = top / str(number) / name.format(id=art.id)
        file.parent.mkdir(parents=True)
        data = make(art)
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        arts[str(number)] = art
    ended = reprocess(top.parent / "out", top, "-s", "FINEWS_CLEANING=source")
    lines = [(line["path"], line["outcome"], line["reason"]) for line in report(top.parent / "out")["inputs"]]
    assert len(lines) == len({path for path, *_ in lines})
    found = Told(top.parent / "out", ended.code, ended.err, {}, arts)
    for path, outcome, reason in lines:
        if "part of an HTTP cache entry" not in reason:
            found.lines[str(Path(path).relative_to(top)).partition("/")[0]] = (outcome, reason)
    return found


def test_the_run_says_that_something_is_lost(told: Told) -> None:
    assert told.code == 5
    assert "Traceback" not in told.err


@pytest.mark.parametrize("number", range(len(WRITTEN)), ids=[name for name, _ in WRITTEN])
def test_it_is_the_article(number: int, told: Told) -> None:
    assert told.lines[str(number)] == ("written", "")
    art = told.arts[str(number)]
    post = posts(told.output)[art.file]
    assert (post.body, post.title, post.tag, post.time) == (art.body, art.name, "证券时报新闻", art.time)


@pytest.mark.parametrize("number", range(len(LOST)), ids=[name for name, *_ in LOST])
def test_what_may_have_cost_an_article_is_told_of(number: int, told: Told) -> None:
    outcome, reason = told.lines[str(len(WRITTEN) + number)]
    assert outcome == "quarantined"
    assert reason.startswith(LOST[number][2])


@pytest.mark.parametrize("number", range(len(NOT_OURS)), ids=[name for name, _ in NOT_OURS])
def test_what_is_no_page_is_no_loss(number: int, told: Told) -> None:
    assert told.lines[str(len(WRITTEN) + len(LOST) + number)][0] in {"out_of_scope", "read"}


def test_nothing_else_is_written(told: Told) -> None:
    assert len(posts(told.output)) == len(WRITTEN)


def _one(tmp_path: Path, **files: str | bytes) -> dict[str, post_format.Post]:
    for name, data in files.items():
        file = tmp_path / "saved" / name.replace("__", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
    reprocess(tmp_path / "out", tmp_path / "saved")
    return posts(tmp_path / "out")


def test_what_a_browser_makes_of_the_json(tmp_path: Path) -> None:
    art = Art(1, more="<p>A &amp; B</p>")
    found = _one(tmp_path, **{f"NW{art.id}__html": shown_json(art), "page__html": makers.desktop(art)})
    assert found[art.file].body == art.body
    assert found[art.file].origin == "post-file"


@pytest.mark.parametrize(
    "title",
    ["美团-W二季度营收增长", "小米集团-W：回购", "快手-W涨5%", "证券板块拉升-东方财富涨超5%", "五粮液_茅台谁更贵"],
)
def test_titles_with_dashes_are_whole(title: str, tmp_path: Path) -> None:
    art = Art(1, title, more='<a class="keytip" href="//quote.eastmoney.com/hk/03690.html">美团</a>')
    assert _one(tmp_path, page__html=makers.desktop(art))[art.file].title == title


@pytest.mark.parametrize(
    ("label", "medium"),
    [
        ("来源：安信国际证券(香港)", "安信国际证券(香港)"),
        ("来源：【财经】", "【财经】"),
        ("（来源：证券时报）", "证券时报"),
        ("来源：", "证券日报"),
        ('来源：<img alt="证券时报" src="//x.eastmoney.com/1.png">', "证券日报"),
    ],
)
def test_the_label_of_the_medium(label: str, medium: str, tmp_path: Path) -> None:
    art = Art(1, medium="证券日报")
    page = makers.desktop(art).replace("来源：证券日报</div>", f"{label}</div>", 1)
    assert _one(tmp_path, page__html=page)[art.file].tag == f"{medium}新闻"


def test_a_source_line_without_its_class_names_the_medium_too(tmp_path: Path) -> None:
    art = Art(1, medium="证券日报")
    page = makers.desktop_2018(art).replace(' class="em_media"', "")
    assert _one(tmp_path, page__html=page)[art.file].tag == "证券日报新闻"


def test_relative_addresses_are_the_page_s_own(tmp_path: Path) -> None:
    more = '<p><a href="/a/x.html">一</a><img src="../../dfscdn.dfcfw.com/download/D1.jpg"></p>'
    art = Art(1, more=more)
    body = _one(tmp_path, page__html=makers.desktop(art))[art.file].body
    assert 'href="https://finance.eastmoney.com/a/x.html"' in body
    assert 'src="https://dfscdn.dfcfw.com/download/D1.jpg"' in body


@pytest.mark.parametrize(
    ("base", "src"),
    [
        ('<base href="https://np.eastmoney.com/x/">', "https://np.eastmoney.com/x/1.jpg"),
        ("<BASE target=_blank HREF=https://np.eastmoney.com/x/y.html>", "https://np.eastmoney.com/x/1.jpg"),
        ('<base href="file:///C:/x/">', "https://finance.eastmoney.com/a/1.jpg"),
    ],
)
def test_a_page_may_name_what_its_addresses_are_relative_to(tmp_path: Path, base: str, src: str) -> None:
    art = Art(1, more='<base href="https://evil.example/"><p><img src="1.jpg"></p>')
    page = makers.desktop(art).replace("<head>", f"<head>{base}")
    assert f'src="{src}"' in _one(tmp_path, page__html=page)[art.file].body


def test_a_share_page_s_heading_is_the_title_whatever_its_head_says(tmp_path: Path) -> None:
    art = Art(1)
    page = f'<html><head><title>资讯分享</title></head><body><h1>{art.name}</h1><div id="content">{art.body}</div></body></html>'
    assert _one(tmp_path, **{f"NW{art.id}__html": page})[art.file].title == art.name


def test_a_reply_in_a_call_behind_a_comment(tmp_path: Path) -> None:
    art, more = Art(1), Art(1, more="<p>二</p>")
    reply = f"/**/jQuery1_2({makers.news_text(more)});"
    found = _one(tmp_path, **{f"NW{art.id}__json": reply, "page__html": makers.desktop(art)})
    assert found[art.file].body == more.body


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "wrapping"),
    [
        ("GetNewsText.do?id=NW{}&cid=1&cb=cb", "cb({})"),
        ("GetNewsText.do_id=NW{}", "var x = {};"),
        ("GetNewsText.do@id=NW{}", "[{}]"),
        ("GetNewsText.do_id=NW{}&cb=cb", "{}"),
        ("NW{}.txt", "jQuery1_2({});"),
        ("NW{}.txt", "[{}]"),
        ("NW{}.html", "var x = {}"),
        ("NW{}.html", "[{}]"),
        ("NW{}.do", "cb({})\n"),
        ("NW{}.js", "window.x = {};"),
        ("NW{}.js", "[{}]"),
        ("NW{}", "/**/ typeof cb === 'function' && cb({});"),
        ("NW{}", "\ufeff cb && cb([{}]) ;\n"),
    ],
)
def test_a_reply_however_it_is_wrapped_and_called(name: str, wrapping: str, tmp_path: Path) -> None:
    art, more = Art(1), Art(1, more="<p>二</p>")
    reply = wrapping.replace("{}", makers.news_text(more))
    found = _one(tmp_path, **{name.format(art.id): reply, "page__html": makers.desktop(art)})
    assert found[art.file].body == more.body
    assert report(tmp_path / "out")["exit_code"] == 0


def test_a_list_knows_the_time_better_than_the_page(tmp_path: Path) -> None:
    art = Art(1)
    items = [{"Art_Code": art.id, "Art_Title": art.name, "Art_ShowTime": art.time}]
    page = makers.desktop(art).replace("13:02:46", "13:02")
    found = _one(tmp_path, page__html=page, list__json=json.dumps({"data": {"list": items}}))
    assert found[art.file].time == art.time


def test_members_of_the_same_name_have_lines_of_their_own(tmp_path: Path) -> None:
    data, arts = io.BytesIO(), (Art(1), Art(2))
    with zipfile.ZipFile(data, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for art in arts:
            archive.writestr("x.html", makers.desktop(art))
    assert set(_one(tmp_path, pages__zip=data.getvalue())) == {art.file for art in arts}
    paths = [line["path"].rpartition("/")[2] for line in report(tmp_path / "out")["inputs"]]
    assert paths == ["pages.zip!x.html", "pages.zip!x.html (2)"]


@pytest.mark.parametrize(
    "picture",
    [
        'src="./x_files/GetPic.aspx" alt="K图 600050_0" data-code="K 600050|1|1"',
        'src="images/600050.png" alt="K图 600050_0" data-code="K 600050|1|1"',
        'src="../../webquoteklinepic.eastmoney.com/GetPic.aspx@nid=1.600050&imageType=k"',
        'src="../webquoteklinepic.eastmoney.com/GetPic4f2a.png" data-code="K 600050|1|1"',
        'src="" data-code2="K 600050|1|2|"',
        'src="" data-code="K&nbsp;600050 | 1 | 1"',
    ],
)
def test_a_stock_picture_saved_with_the_page_means_its_stock(picture: str, tmp_path: Path) -> None:
    art = Art(1, more=f"<p><img {picture}></p>")
    body = _one(tmp_path, page__html=makers.desktop(art))[art.file].body
    assert 'src="https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050&imageType=k' in body


def test_other_pictures_saved_with_the_page_get_no_address_that_never_was(tmp_path: Path) -> None:
    art = Art(1, more='<p><img src="./x_files/1.jpg"></p>')
    assert 'src="./x_files/1.jpg"' in _one(tmp_path, page__html=makers.desktop(art))[art.file].body


@pytest.mark.parametrize("between", ["", "\n\n"])
def test_two_pages_in_one_file(between: str, tmp_path: Path) -> None:
    one, two = Art(1), Art(2, more="<p>二</p>")
    page = makers.desktop(one) + between + makers.desktop(two).replace("<!DOCTYPE html>", "")
    found = _one(tmp_path, pages__html=page)
    assert {name: post.body for name, post in found.items()} == {one.file: one.body, two.file: two.body}


def test_a_failed_reply_is_no_loss_beside_a_whole_one(tmp_path: Path) -> None:
    art = Art(1)
    failed = recorded(head="HTTP/1.1 503 No\r\nContent-Type: text/html\r\n")(art)
    found = _one(tmp_path, all__warc=failed + recorded()(art))
    assert list(found) == [art.file]
    told = report(tmp_path / "out")
    assert told["exit_code"] == 0
    assert [(line["outcome"], line["reason"]) for line in told["inputs"]] == [
        ("out_of_scope", "HTTP 503"),
        ("written", ""),
    ]


def test_a_frame_beside_the_page_in_a_message_is_no_page(tmp_path: Path) -> None:
    art = Art(1)
    frame = "<html><body><p>广告</p></body></html>"
    parts = [(art.url, makers.desktop(art)), ("cid:frame-1@mhtml.blink", frame), ("about:blank", frame), ("", frame)]
    spelled = "".join(
        f"--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: {place}\r\n\r\n{text}\r\n"
        for place, text in parts
    )
    head = f"Snapshot-Content-Location: {art.url}\r\nMIME-Version: 1.0\r\n"
    found = _one(tmp_path, page__mhtml=f'{head}Content-Type: multipart/related; boundary="x"\r\n\r\n{spelled}--x--\r\n')
    assert found[art.file].body == art.body
    assert report(tmp_path / "out")["exit_code"] == 0


@pytest.mark.parametrize("news", ["null", '""'])
def test_a_flash_item_of_the_app_stands_in_its_digest(news: str, tmp_path: Path) -> None:
    art = Art(1)
    item = {"newsid": art.id, "title": art.name, "showtime": art.time, "digest": "快讯一句话。"}
    found = _one(
        tmp_path, **{f"{art.id}__json": f'{{"rc": 1, "me": "", "news": {news}, "digest": {json.dumps(item)}}}'}
    )
    assert [(post.kind, post.digest, post.time) for post in found.values()] == [("emnews", "快讯一句话。", art.time)]


def test_a_reply_whose_body_is_not_its_first_word(tmp_path: Path) -> None:
    art = Art(1)
    reply = json.dumps({"Code": f"NW{art.id}", "Hits": 1, "Text": art.body, "IfStore": False}, ensure_ascii=False)
    for number, name in enumerate((f"{art.id}__json", "detail__json")):
        found = _one(tmp_path / str(number), **{name: reply, "list__json": makers.listed(art)})
        assert found[art.file].body == art.body


def test_another_service_s_reply_is_no_body(tmp_path: Path) -> None:
    art = Art(1)
    entries = [
        {"request": {"url": url}, "response": {"status": 200, "content": {"mimeType": "text/html", "text": text}}}
        for url, text in (
            (art.url, makers.desktop(art)),
            (f"https://gbapi.eastmoney.com/reply/get?newsid={art.id}", '{"content":"<p>网友评论</p>"}'),
        )
    ]
    found = _one(tmp_path, saved__har=json.dumps({"log": {"entries": entries}}))
    assert found[art.file].body == art.body


def test_of_two_copies_the_one_without_errors_is_believed(tmp_path: Path) -> None:
    art = Art(1)
    damaged = makers.desktop(art).encode().replace("分析".encode(), b"\xe5\x88\x86\xe6\x9e" + "（补）".encode())
    for number, (one, other) in enumerate((("a", "b"), ("b", "a"))):
        found = _one(tmp_path / str(number), **{f"{one}__html": damaged, f"{other}__html": makers.desktop(art)})
        assert found[art.file].body == art.body


def test_an_empty_date_tells_no_time(tmp_path: Path) -> None:
    art = Art(1)
    empty = makers.old_post(art).replace(f"date: {art.time}", "date:  +0800")
    found = _one(tmp_path, **{f"2022-01-14-NW{art.id}__md": empty})
    assert found[art.file].time == "2022-01-14 00:00:00"
    found = _one(tmp_path, page__html=makers.desktop(art))
    assert found[art.file].time == art.time


def test_a_post_whose_day_is_known_better_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    art, later = Art(1), Art(1, time="2022-01-15 00:10:00")
    assert list(_one(tmp_path, page__html=makers.desktop(art))) == [art.file]
    assert list(_one(tmp_path, page__html=makers.desktop(later))) == [art.file.replace("01-14", "01-15")]
    assert report(tmp_path / "out")["counts"]["posts/moved"] == 1
    found = list(_one(tmp_path, page__html=makers.desktop(later)))
    assert (len(found), report(tmp_path / "out")["unchanged"]) == (1, 1)
