"""A small archive: posts in an output folder, with a ledger or without."""

from dataclasses import replace
from pathlib import Path

from crawler import kline, post_format
from crawler.assemble.outcome import Assembled, of_post
from crawler.data.archive import Archive
from crawler.items import Post, Security
from crawler.store.run import Run

UNICOM = (
    '<!-- EM_StockImg_Start --><p><img src="https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050&imageType=k"'
    ' alt="K图 600050_0" data-code="K 600050|1|1" /></p><!-- EM_StockImg_End -->'
)
POST = Post(
    code="NW202201142248170578", kind="media", title="A &amp; B", time="2022-01-14 13:02:46", category="jia", tag="甲报新闻",
    link="http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW202201142248170578",
    body=f"{UNICOM}<p>一&nbsp;段\n<b>中国</b>联通</p><table><tr><td>1</td><td>2</td></tr></table><script>x</script>", origin="share",
)  # fmt: skip


def post(number: int, **fields: object) -> Post:
    code = f"NW20220114224817{number:04}"
    return replace(POST, code=code, link=f"http://x/?infoCode={code}", **fields)  # type: ignore[arg-type]


def made(post: Post) -> Assembled:
    return of_post(kline.referring(post, post.body), post_format.render(post))


def stored(output: Path, *posts: Post, listed: dict[str, Security] | None = None) -> Archive:
    """The posts, written by a run."""
    with Run(output) as run:
        run.store(
            [made(replace(one, listed=(listed[one.code],) if one.code in (listed or {}) else ())) for one in posts]
        )
    return archive(output)


def archive(output: Path) -> Archive:
    return Archive(output, f"sqlite:///{output / 'state' / 'ledger.sqlite'}")
