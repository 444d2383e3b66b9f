"""A post, its bytes, and what a list says of it, as the tests of the store use them."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from sqlalchemy import insert

from crawler import post_format
from crawler.assemble.outcome import Assembled, of_post
from crawler.items import Article, Post
from crawler.store.frontier import Validators
from crawler.store.ledger import Ledger
from crawler.store.tables import articles, new_row

SITE = "finews.withounder.com"
TIME = "2022-01-14T00:00:00+00:00"
CODE = "NW202201142248170578"
POST = Post(
    code=CODE, kind="media", title="题", time="2022-01-14 13:02:46", category="jia", tag="甲报新闻", link="",
    body="<p>1</p>", origin="share",
)  # fmt: skip


def made(post: Post) -> Assembled:
    return of_post(post, post_format.render(post))


def written_post(origin: str = "share", body: str = "<p>1</p>") -> Assembled:
    return made(replace(POST, origin=origin, body=body))  # type: ignore[arg-type]


def listed_article(title: str = "题", code: str = CODE) -> Article:
    return Article(code=code, origin="list", url=f"http://{SITE}/jia/2022/01/14/{code}.html", title=title)


def record_list(ledger: Ledger, *listed: Article, reason: str | None = None) -> list[str]:
    scope = {article.code: reason for article in listed}
    tasks, _ = ledger.record_list("http://x/", SITE, Validators("e", None, "h"), listed, scope)
    return [task.code for task in tasks]


def filled(url: str, number: int) -> Ledger:
    """A ledger of so many articles that are written, and nothing is to be done for."""
    told = {"site": SITE, "state": "written", "origin": "share", "category": "jia", "sources": "[]" * 99}
    codes = (f"NW20220114{n:010}" for n in range(number))
    rows = [new_row(code, TIME) | told | {"file": f"2022-01-14-{code}.md", "stamp": f"1 {code}"} for code in codes]
    ledger = Ledger(url)
    with ledger._transaction() as db:
        db.execute(insert(articles), rows)
    return ledger


def sql(ledger: Path, *statements: str) -> list[object]:
    """What the last of the statements gives, done behind the ledger's back."""
    with closing(sqlite3.connect(ledger)) as db, db:
        return [db.execute(statement).fetchall() for statement in statements][-1]
