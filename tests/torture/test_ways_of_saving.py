"""One real site, saved in every usual way: the posts are the crawl's, but for what the docs call unavoidable."""

import html
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

import pytest
from jekyll.built_site import any_picture
from jekyll.chromedriver import FLAGS, Chromium
from jekyll.jekyll_build import build, program, static
from jekyll.post_case import keep
from jekyll.test_crawl import as_published
from run_scrapy import ROOT, Done, scrapy
from world import Client, DemoArticle, Site, World, sample_site

from crawler import post_format
from crawler.assemble.outcome import of_post
from crawler.sites import SHARE_HOST, SITE_HOST, share_link
from crawler.store.posts import PostStore

pytestmark = pytest.mark.timeout(300)

PICTURES = "dfscdn.dfcfw.com"
HOME = f"http://{SITE_HOST}/"
K_LINE = (
    '<!-- EM_StockImg_Start --><p style="text-align:center;"><img src="https://webquoteklinepic.eastmoney.com/GetPic.aspx'
    '?nid=1.600050&imageType=k&token=28dfeb41d35cc81d84b4664d7c23c49f&at=1" border="0" alt="K图 600050_0" data-code="K 600050|1|1"'
    ' style="border:#d1d1d1 1px solid;" width="578" height="276" /></p><!-- EM_StockImg_End --><p>正文</p>'
)
WIDE, PLAIN = ("21shijijingjibaodao  nancailicaitong", "21世纪经济报道  南财理财通"), ("TechWeb", "TechWeb")
BODIES = (
    (WIDE, K_LINE),
    (
        PLAIN,
        '<p>一<br />二</p><p><a href="//data.eastmoney.com/x.html?a=1&b=2" target="_blank">数据</a>、<a href="http://a.example/b">乙</a></p>',
    ),
    (PLAIN, "<p>研发费用（R&D），利率<3%，就<征求意见稿>提意见</p>"),
    (PLAIN, "<P CLASS='x'>一<br>二</P>\r\n <p>三</p>\r\n <p>四</p>"),
    (PLAIN, "<table border=1><tr><td>甲</td></tr></table><ul><li>一</li><li>二</li></ul>"),
    (PLAIN, "<p>&ldquo;引&rdquo;&nbsp;&nbsp;&#39;尾&#39;</p><p>  空  白\n  行  </p>"),
    (WIDE, f'<p>一</p><p><img src="https://{PICTURES}/download/D1.jpg" alt="图" width="552" /></p>'),
    (PLAIN, "\n<p>换行在前</p>导语"),
)
DIGESTS = ("【标题】正文——（财联社）", '他说"好"，对“是”...1--2 A&B')


def articles() -> Iterator[DemoArticle]:
    """Some of the sample's, and hard ones."""
    yield from islice(sample_site(), 3)
    for number, ((category, medium), body) in enumerate(BODIES):
        code, when = f"NW2022061524123120{number:02}", datetime(2022, 6, 15, 10, 1, number)
        yield DemoArticle(code, f"题{number}", when, category, f"{medium}新闻", share_link(code), None, body, body)
    for number, digest in enumerate(DIGESTS):
        code, when, body = f"2022061524123121{number:02}", datetime(2022, 6, 15, 11, 0, number), f"<p>{digest}。</p>"
        link = f"http://finance.eastmoney.com/news/1350,{code}.html"
        yield DemoArticle(code, f"滚动{number}", when, "emnews", "东财滚动新闻", link, digest, body, body)


@dataclass
class Served:
    """The site as it is served, what a crawl makes of it, and the addresses of its posts' pages."""

    world: World
    crawled: Mapping[str, str]
    urls: list[str]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("ways")
    site, store = Site(articles()), PostStore(folder / "source")
    for article in site:
        data = as_published(article)
        keep(store, of_post(post_format.parse(data, article.file_name), data))
    pages = build(folder, folder / "source")
    with World(site, hosts={SITE_HOST: static(pages), PICTURES: any_picture}) as world:
        done = scrapy(
            "crawl",
            "finews",
            "-a",
            f"start={HOME}",
            "-s",
            "AUTOTHROTTLE_ENABLED=0",
            output=folder / "crawl",
            env=world.env(),
        )
        assert done.code == 0, done.out + done.err
        yield Served(world, texts(done), [HOME + article.path[1:] for article in site])


def texts(done: Done) -> dict[str, str]:
    return {name: data.decode() for name, data in done.posts().items()}


Way = Callable[[Served, Path], None]


def run(command: list[str], served: Served, folder: Path, accepted: tuple[int, ...] = (0,)) -> str:
    """What the program says that saves the site into the folder."""
    env = {**os.environ, **served.world.env(), "HOME": str(folder.parent)}
    done = subprocess.run(
        [program(command[0]), *command[1:]], cwd=folder, env=env, capture_output=True, timeout=280, check=False
    )
    assert done.returncode in accepted, done.stderr[-2000:]
    return done.stdout.decode()


def crlf(served: Served, folder: Path) -> None:
    """Pages as they are, by an editor or a version control that makes every line end two characters."""
    for number, url in enumerate(served.urls):
        reply = Client(served.world).get(url)
        (folder / f"{number}.html").write_bytes(reply.body.replace(b"\n", b"\r\n"))


def wget_pages(served: Served, folder: Path) -> None:
    run(["wget", "-q", "-x", "-k", *served.urls], served, folder)


def wget_mirror(served: Served, folder: Path) -> None:
    hosts = f"{SITE_HOST},{SHARE_HOST},webquoteklinepic.eastmoney.com"
    ca = f"--ca-certificate={served.world.ca_file}"
    run(["wget", "-q", "-mkEp", "-H", "-D", hosts, ca, HOME], served, folder, (0, 8))


def httrack(served: Served, folder: Path) -> None:
    """As HTTrack rewrites them: the originals that it keeps beside them are often thrown away."""
    proxy = served.world.proxy_url.removeprefix("http://")
    command = f"httrack {HOME} -O {folder} -P {proxy} -q -s0 -R0 -c8 -%c0 -A100000000 --disable-security-limits"
    run([*command.split(), f"+{SHARE_HOST}/*", "-*feed.xml"], served, folder)
    shutil.rmtree(folder / "hts-cache")


def chromium_flags(served: Served, folder: Path) -> list[str]:
    return [*FLAGS, f"--proxy-server={served.world.proxy_url}", f"--user-data-dir={folder.parent / 'profile'}"]


def dump_dom(served: Served, folder: Path) -> None:
    for number, url in enumerate(served.urls):
        dom = run(["chromium", *chromium_flags(served, folder), "--dump-dom", url], served, folder)
        (folder / f"{number}.html").write_text(dom)


def mhtml(served: Served, folder: Path) -> None:
    with Chromium(folder.parent / "profile", served.world.proxy_url) as chromium:
        for number, url in enumerate(served.urls):
            chromium.open(url)
            (folder / f"{number}.mhtml").write_bytes(chromium.snapshot().encode())


def single_file(served: Served, folder: Path) -> None:
    flags = json.dumps([*chromium_flags(served, folder), "--disable-web-security"])  # pictures of other hosts
    browser = [
        "--browser-executable-path",
        program("chromium"),
        "--browser-ignore-insecure-certs",
        "--browser-args",
        flags,
    ]
    name = ["--filename-template", "{page-title} ({url-last-segment}).html"]  # several pages may have one title
    for _ in range(3):  # where the machine is busy it passes over a page without a word
        saved = " ".join(path.name for path in folder.glob("*.html"))
        (folder / "urls").write_text("\n".join(url for url in served.urls if f"({Path(url).stem})" not in saved))
        if (folder / "urls").read_text():
            run(["single-file", *browser, *name, "--urls-file", "urls", "--max-parallel-workers", "2"], served, folder)
        (folder / "urls").unlink()


TAG = re.compile(r"<(/?)([A-Za-z]+)((?:\s+[\w-]+=(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))*)\s*/?>")


def as_kramdown(post: str) -> str:
    def spelled(tag: re.Match[str]) -> str:
        held = "".join(
            f' {name.lower()}="{a or b or c}"'
            for name, a, b, c in re.findall(r"""([\w-]+)=(?:"([^"]*)"|'([^']*)'|(\S+))""", tag[3])
        )
        return f"<{tag[1]}{tag[2].lower()}{held}>"

    return TAG.sub(spelled, post)


UNAVOIDABLE: dict[str, Callable[[str], str]] = {
    "bare `&`, `<` and `>` are references": lambda post: (
        post.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    ),
    "tags in kramdown's spelling": as_kramdown,
    "other references are characters": lambda post: re.sub(
        "&(?:ldquo|rdquo|nbsp|#39);", lambda found: html.unescape(found[0]), post
    ),
    "tables have a `tbody`": lambda post: re.sub("</?tbody>", "", post),
    "no comments around K-line pictures": lambda post: re.sub("<!-- EM_StockImg_(?:Start|End) -->", "", post),
    "styles in its own spelling": lambda post: re.sub(r';(?=")', "", post),
    "one blank for several": lambda post: re.sub(r"[ \n]+", " ", post),
    "pictures in the post itself": lambda post: re.sub(r'(?<=<img src=")[^"]*', "", post),
}
"""What a page saved in this or that way does not hold: made alike in both, so that nothing else may differ."""
RENDERED, BROWSER, ALL = (tuple(UNAVOIDABLE)[:end] for end in (2, 4, 8))
WAYS: dict[str, tuple[Way, tuple[str, ...]]] = {
    "CRLF": (crlf, RENDERED),
    "wget -k": (wget_pages, RENDERED),
    "wget -mkEp -H": (wget_mirror, RENDERED),
    "HTTrack": (httrack, RENDERED),
    "MHTML": (mhtml, BROWSER),
    "--dump-dom": (dump_dom, BROWSER),
    "SingleFile": (single_file, ALL),
}


def alike(posts: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    for name in names:
        posts = {file: UNAVOIDABLE[name](post) for file, post in posts.items()}
    return dict(posts)


@pytest.mark.parametrize("way", WAYS)
def test_saved_pages_give_the_posts_of_a_crawl(way: str, served: Served, tmp_path: Path) -> None:
    save, names = WAYS[way]
    folder = tmp_path / "saved"
    folder.mkdir()
    save(served, folder)
    done = scrapy("reprocess", str(folder), output=tmp_path / "output")
    assert done.code == 0, done.out + done.err
    posts = texts(done)
    assert alike(posts, names) == alike(served.crawled, names)
    for name in names:  # each of them is needed
        others = [other for other in names if other != name]
        assert alike(posts, others) != alike(served.crawled, others), name


def test_the_docs_say_which() -> None:
    rows = [
        line.split("|")[1:3]
        for line in (ROOT / "docs" / "saving-pages.md").read_text("utf-8").splitlines()
        if line.startswith("| ")
    ]
    told = {
        way: row[1]
        for way in WAYS
        for row in rows
        if f"`{way}`" in row[0] or way in re.split(", | and ", row[0].strip())
    }
    assert told.keys() == WAYS.keys()
    for way, (_, names) in WAYS.items():
        assert [
            name for name in names if name not in told[way] + told["CRLF"] + (told["MHTML"] if names == ALL else "")
        ] == []
