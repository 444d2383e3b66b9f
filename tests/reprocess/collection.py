"""A folder of saved files as years of saving leave it, hostile ones among them, and what must come of each."""

import base64
import gzip
import json
import os
import random
import sys
from dataclasses import dataclass, field
from pathlib import Path

import brotli
from archive.makers import HTML_TYPE, make_tar, make_warc, make_zip
from full_or_small import size
from reprocess import makers
from reprocess.makers import KLINES, NEWS_PICTURE, Art

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_MUCH = size(64, 200) << 20
WRITTEN, READ = ("written", ""), ("read", "")


@dataclass
class Collection:
    """What lies in ``root``: ``lines`` is the report by path below it, ``arts`` the articles that come out."""

    root: Path
    lines: dict[str, tuple[str, str]] = field(default_factory=dict)
    arts: dict[str, Art] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    files: int = 0
    last: int = 0

    def art(self, **about: str) -> Art:
        self.last += 1
        return Art(self.last, **about)

    def lost(self, name: str, data: bytes, outcome: str, reason: str, *, line: str = "") -> None:
        """A file that gives no article."""
        self._put(name, data)
        self.lines[line or name] = (outcome, reason)

    def good(self, name: str | bytes, art: Art, data: str | bytes, *lines: str) -> None:
        """A file that gives an article; ``lines``: the members that tell it, when it is a container."""
        self._put(name, data if isinstance(data, bytes) else data.encode())
        self.arts[art.file] = art
        self.lines |= dict.fromkeys(lines or (str(name),), WRITTEN)

    def _put(self, name: str | bytes, data: bytes) -> None:
        path = Path(os.fsdecode(os.fsencode(self.root) + b"/" + os.fsencode(name)))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.files += 1


def make(root: Path) -> Collection:
    """Fill ``root``; what lies beside it is for links to lead to."""
    it = Collection(root)
    root.mkdir(parents=True)
    for fill in (_encodings, _containers, _bombs, _pictures, _kinds, _broken, _names, _disagreeing, _foreign, _joined):
        fill(it)
    return it


def _encodings(it: Collection) -> None:
    traditional = {"title": "聯通發布業績預告：淨利潤同比增長三成", "medium": "香港經濟日報"}
    for name, codec, declared, about in (
        ("gbk", "gbk", "gb2312", {}),
        ("gb18030", "gb18030", "gb2312", {"title": "㐂㐂公司𠮷𠮷发布新产品"}),
        ("gbk-undeclared", "gbk", "", {}),
        ("gbk-said-utf8", "gbk", "utf-8", {}),
        ("gbk-said-latin1", "gbk", "iso-8859-1", {}),
        ("utf8-said-gbk", "utf-8", "gbk", {}),
        ("utf8-bom", "utf-8-sig", "gb2312", {}),
        ("big5", "big5hkscs", "big5", traditional),
        ("utf16", "utf-16", "", {}),
        ("utf16-be-bom", "utf-16-be", "", {}),
        ("utf16-le-bare", "utf-16-le", "", {}),
        ("utf16-be-bare", "utf-16-be", "", {}),
    ):
        art = it.art(**about)
        text = makers.desktop(art, declare=f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">')
        text = text if declared else makers.desktop(art, declare="")
        if name == "big5":  # the furniture of a page in Big5 is in traditional characters, too
            text = text.replace("东方财富网", "東方財富網").replace("来源", "來源")
            it.good(f"encodings/{name}.html", art, _big5(text))
            continue
        data = text.encode(codec)
        it.good(f"encodings/{name}.html", art, b"\xfe\xff" + data if name == "utf16-be-bom" else data)
    for name, codec in (("gbk", "gbk"), ("utf8", "utf-8"), ("utf16", "utf-16-le")):
        art = it.art(title="央行宣布下调存款准备金率", medium="Reuters")
        it.good(f"encodings/short-title-{name}.html", art, makers.short_latin(art).encode(codec))


def _big5(text: str) -> bytes:
    """Characters that Big5 lacks as references, as a page in Big5 has them in titles and bodies alike."""
    return text.encode("big5hkscs", "xmlcharrefreplace")


def _containers(it: Collection) -> None:
    def page() -> tuple[Art, bytes]:
        art = it.art()
        return art, makers.desktop(art).encode()

    data = make_zip({"0.html": makers.desktop(it.art()).encode()})
    it.lost("packed/cut.zip", data[: int(len(data) * 0.8)], "quarantined", "truncated or damaged zip")
    for ending, pack in (("gz", gzip.compress), ("br", brotli.compress), ("zst", zstd.compress)):
        art, data = page()
        it.good(f"packed/page.html.{ending}", art, pack(data))
    art, data = page()
    it.good("packed/a.zip", art, make_zip({"x/页.html": data}), "packed/a.zip!x/页.html")
    art, data = page()
    it.good("packed/a.tar.gz", art, make_tar({"x/a.html": data}, "w:gz"), "packed/a.tar.gz!x/a.html")
    art, data = page()
    nested = make_zip({"b.tar.gz": make_tar({"c.zip": make_zip({"a.html": data})}, "w:gz")})
    it.good("packed/nested.zip", art, nested, "packed/nested.zip!b.tar.gz!c.zip!a.html")
    art, data = page()
    gif = (art.url + ".gif", b"GIF89a", [("Content-Type", "image/gif")])
    it.good("packed/a.warc.gz", art, make_warc([(art.url, data, [HTML_TYPE]), gif]), f"packed/a.warc.gz!{art.url}")
    it.lines[f"packed/a.warc.gz!{art.url}.gif"] = ("out_of_scope", "asset: image/gif")
    art, data = page()
    it.good("packed/a.mhtml", art, _mhtml(art, data), f"packed/a.mhtml!{art.url}")
    art, data = page()
    it.good("packed/a.har", art, _har(art.url, data), f"packed/a.har!0 {art.url}")
    slip, data = page()
    name = "../../../../slipped.html"
    it.good("packed/slip.zip", slip, make_zip({name: data}), f"packed/slip.zip!{name}")
    slip, data = page()
    it.good("packed/slip.tar", slip, make_tar({"/slipped.html": data}), "packed/slip.tar!/slipped.html")
    _truncated(it)


def _truncated(it: Collection) -> None:
    rng = random.Random(1)
    noise = [f"<!-- {rng.randbytes(3000).hex()} -->" for _ in range(2)]
    for name, pack in (
        ("cut.tar.gz", lambda pages: make_tar(pages, "w:gz")),
        ("cut.warc.gz", lambda pages: make_warc([(n, d, [HTML_TYPE]) for n, d in pages.items()])),
    ):
        arts = [it.art(), it.art()]
        pages = {art.url: (makers.desktop(art) + filler).encode() for art, filler in zip(arts, noise, strict=True)}
        pages = pages if "warc" in name else {f"{n}.html": data for n, data in enumerate(pages.values())}
        data = pack(pages)
        it.good(f"packed/{name}", arts[0], data[: int(len(data) * 0.8)], f"packed/{name}!{next(iter(pages))}")
        it.lines[f"packed/{name}"] = ("quarantined", "truncated")
        if "warc" not in name:  # the member that was under way is named, and so is its archive
            it.lines[f"packed/{name}!1.html"] = ("quarantined", "truncated")
    data = make_zip({"0.html": makers.desktop(it.art()).encode()})
    it.lost("packed/cut.zip", data[: int(len(data) * 0.8)], "quarantined", "truncated or damaged zip")
    for ending, pack in (("gz", gzip.compress), ("br", brotli.compress), ("zst", zstd.compress)):
        data = pack((makers.desktop(it.art()) + noise[0]).encode())
        it.lost(f"packed/cut.html.{ending}", data[:-400], "quarantined", "truncated")


def _mhtml(art: Art, data: bytes) -> bytes:
    head = f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {art.url}\r\nMIME-Version: 1.0\r\n"
    head += 'Content-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n--B\r\nContent-Type: text/html\r\n'
    head += f"Content-Transfer-Encoding: base64\r\nContent-Location: {art.url}\r\n\r\n"
    return head.encode() + base64.encodebytes(data) + b"\r\n--B--\r\n"


def _har(url: str, data: bytes) -> bytes:
    content = {"mimeType": "text/html", "text": data.decode()}
    exchange = {"request": {"url": url}, "response": {"status": 200, "content": content}}
    return json.dumps({"log": {"version": "1.2", "entries": [exchange]}}).encode()


def _bombs(it: Collection) -> None:
    zeros = bytes(_MUCH)
    packed = gzip.compress(zeros, 1)
    it.lost("bombs/zeros.html.gz", packed, "quarantined", "binary data")
    it.lost("bombs/zeros.zip", make_zip({"z.html": zeros}), "quarantined", "binary data", line="bombs/zeros.zip!z.html")
    it.lost("bombs/blanks.html.br", brotli.compress(b"<p>" + b" " * _MUCH, quality=1), "quarantined", "larger than")
    it.lost("bombs/blanks.html.zst", zstd.compress(b"<p>" + b" " * _MUCH), "quarantined", "larger than")
    warc = make_warc(
        [
            (
                "https://finance.eastmoney.com/a/202201142248999999.html",
                gzip.compress(b" " * _MUCH),
                [HTML_TYPE, ("Content-Encoding", "gzip")],
            )
        ]
    )
    line = "bombs/a.warc.gz!https://finance.eastmoney.com/a/202201142248999999.html"
    it.lost("bombs/a.warc.gz", warc, "quarantined", "larger than", line=line)
    inner = make_zip({f"{n}.html": b"<p>" + b" " * (30 << 20) for n in range(4)})
    bomb = make_zip({f"{n}.zip": inner for n in range(16)})
    it.lost("bombs/nested.zip", bomb, "quarantined", "expands to more than")
    deep = b"<p>deep"
    for _ in range(20):
        deep = make_zip({"x.zip": deep})
    it.lost("bombs/deep.zip", deep, "quarantined", "nested deeper", line="bombs/deep.zip" + "!x.zip" * 8)


def _pictures(it: Collection) -> None:
    for name, markup, secid in KLINES:
        art = it.art(more=f"<p>{markup}</p>")
        it.good(f"klines/{name}.html", art, makers.desktop(art))
        it.pictures[art.file] = secid
    art = it.art(more="<p><img></p>")
    it.pictures[art.file] = "1.600050"
    body = art.body.replace("<p><img></p>", "<!-- EM_StockImg_Start --><!--IMG#0--><!-- EM_StockImg_End -->")
    picture = {"src": NEWS_PICTURE.format("1.600050"), "width": 578, "height": 276}
    it.good("klines/placeholder.json", art, makers.app(art, [picture], body))


def _kinds(it: Collection) -> None:
    for name, page in (
        ("2018.html", makers.desktop_2018),
        ("wap.shtml", makers.old_wap),
        ("web.json", makers.web),
    ):
        art = it.art()
        it.good(f"kinds/{name}", art, page(art))
    art = it.art()
    it.good("kinds/post.html", art, makers.post_page(art))
    art = it.art()
    it.good(f"kinds/{art.file}", art, makers.old_post(art))
    art = it.art()
    it.good(f"kinds/NW{art.id}.json", art, makers.news_text(art).encode("gbk"))
    it.lost("kinds/list.json", makers.listed(art).encode("utf-8-sig"), *READ)


def _broken(it: Collection) -> None:
    art = it.art()
    page = makers.post_page(art)
    it.lost("broken/post.html", page[: page.index("</p>") + 4].encode(), "quarantined", "cut short")
    art = it.art()
    page = makers.desktop(art)
    it.lost("broken/page.html", page[: page.index("分析")].encode(), "quarantined", "truncated")
    for number, (text, reason) in enumerate((
        (b"null", "no object"),
        (b"{}", "without a body"),
        (b'{"text":null,"content":""}', "without a body"),
        (b'{"text":"<p> </p>","content":null}', "without a body"),
        (b"<html><body>502 Bad Gateway</body></html>", "HTML instead of JSON"),
        (b'{"text":"\xff\xfe\xfd\x81', "not JSON"),
        (b'{"code":403,"message":"no","data":null}', "blocked"),
        (b"[" * 100_000, "not JSON"),
        (b" \n ", "not JSON"),
    )):  # fmt: skip
        code = it.art().id
        it.lost(f"broken/{number}-NW{code}.json", text, "quarantined", reason)
    art = it.art()
    it.lost(f"broken/NW{art.id}.json", makers.news_text(art).encode(), "quarantined", "no title")
    it.lost("broken/empty.html", b"", "quarantined", "empty file")
    it.lost("broken/junk.html", random.Random(2).randbytes(5000), "quarantined", "binary data")
    it.lost("broken/2022-01-14-NW202201142248999998.md", b"---\nlayout: post\ntitle: x", "quarantined", "not a post")


def _names(it: Collection) -> None:
    def page() -> tuple[Art, str]:
        art = it.art()
        return art, makers.desktop(art)

    art, text = page()
    it.good(b"names/" + "联通.html".encode("gbk"), art, text, "names/联通.html")
    art, text = page()
    it.good("names/" + "x" * 250 + ".html", art, text)
    art, text = page()
    it.good("names/new\nline.html", art, text, "names/new\\nline.html")
    art, text = page()
    it.good("names/.hidden.html", art, text)
    art, text = page()
    it.good("names/-dash.html", art, text)
    art, text = page()
    it.good("names/no suffix at all", art, text)
    art, text = page()
    long = "长" * 300 + ".html"
    it.good("names/long.zip", art, make_zip({long: text.encode()}), f"names/long.zip!{long}")
    art, text = page()
    gbk = make_zip({"ab.html": text.encode()}).replace(b"ab.html", "新".encode("gbk") + b".html")
    it.good("names/gbk.zip", art, gbk, "names/gbk.zip!新.html")
    secret = it.art()
    it.lost("names/secret.html", makers.desktop(secret).encode(), "quarantined", "no permission")
    (it.root / "names/secret.html").chmod(0)
    if os.access(it.root / "names/secret.html", os.R_OK):  # root reads everything
        it.arts[secret.file] = secret
        it.lines["names/secret.html"] = WRITTEN
    _no_files(it)


def _no_files(it: Collection) -> None:
    outside = it.root.parent / "outside.html"
    outside.write_text(makers.desktop(it.art()))
    names = it.root / "names"
    os.mkfifo(names / "pipe.html")
    for name, target, reason in (
        ("out.html", outside, "symlink out of the tree"),
        ("out", it.root.parent, "symlink out of the tree"),
        ("in.html", names / "-dash.html", "its target is read in its own place"),
        ("loop", it.root, "its target is read in its own place"),
        ("gone.html", names / "nothing", "symlink to nothing"),
    ):
        (names / name).symlink_to(target)
        it.lines[f"names/{name}"] = ("out_of_scope", reason)
    it.lines["names/pipe.html"] = ("out_of_scope", "a pipe")
    it.files += 6
    for name, data, reason in (
        ("style.css", b"p{}", "asset"),
        ("photo.jpg", b"\xff\xd8\xff\xe0", "asset"),
        ("notes.txt", "买菜".encode(), "asset"),
        ("Thumbs.db", b"\xd0\xcf\x11\xe0" * 500, ""),
    ):
        it.lost(f"names/{name}", data, "out_of_scope", reason)


def _disagreeing(it: Collection) -> None:
    art = it.art(more="<p>更正后的全文多一段。</p>")
    it.good("two/a.html", art, makers.desktop(Art(art.n)))
    it.good("two/b.html", art, makers.desktop(art))


def _foreign(it: Collection) -> None:
    sina = '<html><head><title>x_新浪财经</title><link rel="canonical" href="https://finance.sina.com.cn/2022-01-14/doc-ikyamrmz5.shtml"></head><p>x'
    caifuhao = '<html><head><link rel="canonical" href="https://caifuhao.eastmoney.com/news/20190124053117311720040"></head><div class="article page-article">x</div>'
    for name, text in (("guba.html", makers.guba(1)), ("sina.html", sina), ("caifuhao.html", caifuhao)):
        it.lost(f"foreign/{name}", text.encode(), "out_of_scope", "not an article")
    it.lost("foreign/package.json", b'{"name":"x","version":"1"}', "out_of_scope", "not an article")
    it.lost("foreign/README.md", b"# Notes\n", "out_of_scope", "not an article")


def _joined(it: Collection) -> None:
    """The same article five times over: the body is the JSON's, the rest the post's."""
    art = it.art(
        title="五份同文：以谁为准", medium="人民邮电报", more="<p>原文&nbsp;独有，A&B。</p>", time="2022-01-14 13:02:46"
    )
    rough = Art(art.n, title="别的标题的同一篇文章", medium="别的媒体", time="2022-01-14 13:02:00")
    it.good("joined/page.html", art, makers.desktop(rough))
    it.good(f"joined/NW{art.id}.json", art, makers.news_text(art))
    it.lost("joined/list.json", makers.listed(Art(art.n, title=art.name, medium=art.medium)).encode(), *READ)
    it.good("joined/post.html", art, makers.post_page(art, slug="renminyoudianbao"))
    it.good(f"joined/{art.file}", art, makers.old_post(Art(art.n, art.title, art.medium), slug="renminyoudianbao"))
