"""A crawl of a real Jekyll site, and a reprocessing of its saved pages, give back the posts that it was built from."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from forked_scrapy import Done
from jekyll.jekyll_build import build, static
from jekyll.once_per_run import once
from jekyll.post_case import keep
from run_scrapy import SHARED_POSTS, scrapy
from world import DemoArticle, Site, World, post_bytes, sample_site, site_from_posts

from crawler import post_format
from crawler.assemble.outcome import of_post
from crawler.assemble.stages import stages
from crawler.demo.messages import Request
from crawler.demo.world import answer
from crawler.sites import SHARE_HOST, SITE_HOST, share_link
from crawler.store.posts import PostStore

pytestmark = pytest.mark.timeout(300)

_PICTURE = "<center><img src='https://dfscdn.dfcfw.com/download/D1.jpg?a=1&b=2' alt='图' width=\"552\" /></center>"
HARD = (  # title, body, category, medium
    ("a & b “引” 'x' 5<6", f"<p>一 & 二 &nbsp;&lt;b&gt; \"引\" 'x' -- ...</p>{_PICTURE}<p>尾<br></p>", "21shijijingjibaodao  nancailicaitong", "21世纪经济报道  南财理财通"),
    ("a <b>粗</b> c", "<p>一</p>", "renminyoudianbao", "人民邮电报"),
    ('他说"好"\\', "<p>一</p>", "36ke", "36氪"),
    ("{{ 标题 }}", "<p>二</p>", "36ke", "36氪"),
    ("带|竖线", "<p>一</p>\r\n <p>二</p>\r\n <p>三</p>", "A|Bcaijing", "A|B财经"),
    ("大写", "<P CLASS='x'>一</P>", "TechWeb", "TechWeb"),
    ("小写", "<p>二</p>", "Techweb", "Techweb"),
    ("数字", "<p>一\u3000二</p>", "2022", "2022"),
    ("括号", "<p>一</p>", "anxinguojizhengquan(xianggang)", "安信国际证券(香港)"),
    ("冒号: 空格", "<p>{{ 一 }} {% 二 %}</p>", "a: b", "a: b"),
    ("小于", "<p>产量x<y。</p><p>利率<3%，收入<成本（P<0.05）</p>", "36ke", "36氪"),
    ("尖括号", "<p>就<征求意见稿>提意见</p>", "36ke", "36氪"),
    ("文在块前", "导语<br /><p>一</p>", "36ke", "36氪"),
    ("换行在前", "\n<p>一</p>", "36ke", "36氪"),
    ("表", "<table border=1><tr><td>一</td></tr></table>", "xinwen", "新闻"),
)  # fmt: skip
DIGESTS = ('他说"好"，对“是”...1--2 A&B', "1. 一 | 二 *x*", "- 一", "【标题】正文——（财联社）")


def articles() -> Iterator[DemoArticle]:
    """The sample site's, the source's own where they are at hand, and hard ones."""
    yield from sample_site()
    yield from site_from_posts(SHARED_POSTS)
    for number, (title, body, category, medium) in enumerate(HARD):
        code = f"NW2022061524123110{number:02}"
        when = datetime(2022, 6, 15, 10, 0, number)
        yield DemoArticle(code, title, when, category, f"{medium}新闻", share_link(code), None, body, body)
    for number, digest in enumerate(DIGESTS):
        code = f"2022061524123111{number:02}"
        body = f"<p>{digest}。</p>"
        link = f"http://finance.eastmoney.com/news/1350,{code}.html"
        yield DemoArticle(
            code,
            f"滚动 {number}",
            datetime(2022, 6, 15, 11, 0, number),
            "emnews",
            "东财滚动新闻",
            link,
            digest,
            body,
            body,
        )


@dataclass
class Crawled:
    """A real site, what it was built from, and what a crawl of it wrote."""

    articles: list[DemoArticle]
    pages: Path
    source: dict[str, bytes]
    done: Done


def as_published(article: DemoArticle) -> bytes:
    """The article's post, made safe where the source's own format would break the front matter or run."""
    data = post_bytes(article)
    post = post_format.parse(data, article.file_name)
    for stage in stages({"FINEWS_CLEANING": "source", "FINEWS_KLINE_IMAGES": "remote"}):
        post = stage(post, Counter())
    return post_format.render(post)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    return once(tmp_path_factory, "crawl", crawl_real_site)


def crawl_real_site(folder: Path) -> Crawled:
    site = Site(articles())
    source = {article.file_name: as_published(article) for article in site}
    store = PostStore(folder / "source")
    for name, data in source.items():
        keep(store, of_post(post_format.parse(data, name), data))
        assert (store.posts / name).read_bytes() == data
    pages = build(folder, folder / "source")
    with World(site, hosts={SITE_HOST: static(pages)}) as world:
        settings = ("-s", "FINEWS_CLEANING=source", "-s", "AUTOTHROTTLE_ENABLED=0")
        start = f"start=http://{SITE_HOST}/"
        done = scrapy("crawl", "finews", "-a", start, *settings, output=folder / "output", env=world.env())
    return Crawled(list(site), pages, source, done)


def test_crawl_gives_the_source_back(crawled: Crawled):
    assert crawled.done.code == 0, crawled.done.out + crawled.done.err
    posts = crawled.done.posts()
    assert posts.keys() == crawled.source.keys()
    assert len(posts) > 60
    changed = {
        name: (posts[name].decode(), data.decode()) for name, data in crawled.source.items() if posts[name] != data
    }
    assert not changed


def test_only_what_could_harm_differs_from_the_sites_own_posts(crawled: Crawled):
    """What is compared above is the site's own post to the byte, but for the titles that nothing could read or show."""
    differing = [
        article.title for article in crawled.articles if crawled.source[article.file_name] != post_bytes(article)
    ]
    assert set(differing) <= {"a <b>粗</b> c", '他说"好"\\', "{{ 标题 }}", "数字", "冒号: 空格", "尖括号", "文在块前"}


def test_reprocessing_the_saved_site_gives_the_same(crawled: Crawled, tmp_path: Path):
    save(crawled, tmp_path / "saved")
    done = scrapy("reprocess", str(tmp_path / "saved"), "-s", "FINEWS_CLEANING=source", output=tmp_path / "output")
    assert done.code == 0, done.out + done.err
    assert done.posts() == crawled.done.posts()


def save(crawled: Crawled, folder: Path) -> None:
    """The pages and the article JSON as a mirror keeps them: a folder a host, addresses as file names."""
    for file in crawled.pages.rglob("*.html"):
        target = folder / SITE_HOST / file.relative_to(crawled.pages)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    replies = folder / SHARE_HOST / "NewsData"
    replies.mkdir(parents=True)
    site = Site(crawled.articles)
    for article in crawled.articles:
        query = f"id={article.info_code}"
        reply = answer(site, Request("GET", "http", SHARE_HOST, f"/NewsData/GetNewsText.do?{query}"))
        (replies / f"GetNewsText.do?{query}").write_bytes(reply.body)
