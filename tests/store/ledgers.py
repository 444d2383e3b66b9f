"""What the tests of the ledger write into it."""

from crawler import post_format
from crawler.assemble.outcome import Assembled, of_post
from crawler.items import Article, Post
from crawler.store.frontier import Validators
from crawler.store.ledger import Ledger

SITE = "finews.withounder.com"


CODE = "NW202201142248170578"


def listed_article(title: str = "题", code: str = CODE) -> Article:
    return Article(code=code, origin="list", url=f"http://{SITE}/x/2022/01/14/{code}.html", title=title)


def written_post(origin: str = "share-json", body: str = "<p>1</p>") -> Assembled:
    post = Post(
        code=CODE, kind="media", title="题", time="2022-01-14 13:02:46", category="x", tag="x新闻", link="", body=body, origin=origin,  # type: ignore[arg-type]
    )  # fmt: skip
    return of_post(post, post_format.render(post))


def record_list(ledger: Ledger, *listed: Article, reason: str | None = None) -> list[str]:
    scope = {article.code: reason for article in listed}
    return [task.code for task in ledger.record_list("http://x/", SITE, Validators("e", None, "h"), listed, scope)]
