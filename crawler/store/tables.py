"""The ledger's tables, and the states of an article."""

from typing import Any, Final, Literal

from sqlalchemy import Column, Index, Integer, MetaData, String, Table, Text

SCHEMA_VERSION: Final = 4

State = Literal["pending", "written", "quarantined", "out_of_scope"]
"""``pending``: a list named it, or its title changed there, and it is asked for until it is one of the others.

``written``: its file is durably in place. A changed title makes it pending; -a full=1 and changed settings ask again.
``quarantined``: it could not be made into a post. Later runs try again with growing gaps; `quarantine retry` makes it
pending, `quarantine drop` puts it out of scope.
``out_of_scope``: the user's filters leave it out (a run with wider ones takes it back), it is no article, or dropped.
"""

FILTERED: Final = "filtered: "
"""Reasons that begin so hold for one run only: a run with wider filters takes these articles back."""

WITHDRAWN: Final = "withdrawn since "
"""Reasons that begin so, and go on with the day: the site no longer has the article, be there a post of it or not."""

RENAMED: Final = {"share-json": "share", "post-page": "finews-page", "eastmoney": "article-page"}
"""Origins as ledgers until schema 2 called them."""
LOST: Final = "its post is lost from disk, and cannot be made again: "
"""Reasons that begin so: only the file, put back, or the article's page makes it right again."""

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

pages = Table(  # list pages: the frontier's roots, with their validators
    "pages",
    metadata,
    Column("url", Text, primary_key=True),
    Column("site", String(255), nullable=False, index=True),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("sha256", String(64)),
    Column("fetched", String(32)),
)

articles = Table(
    "articles",
    metadata,
    Column("code", String(64), primary_key=True),
    Column("site", String(255), nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text),  # as a list showed it last
    Column("state", String(16), nullable=False),
    Column("reason", Text),
    Column("origin", String(16)),
    Column("file", Text),
    Column("sha256", String(64)),  # of what was written last; none where nothing tells what was
    Column("stamp", String(48)),  # size and time of that file, by which a listing knows it
    Column("category", Text),  # as the post's footer spells it
    Column("sources", Text),  # which page told what (items.Source), as JSON
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_try", String(32)),
    Column("first_seen", String(32), nullable=False),
    Column("last_seen", String(32), nullable=False),
    Index("articles_site_state", "site", "state"),
)


def new_row(code: str, time: str) -> dict[str, Any]:
    """A row for an article that the ledger does not know yet, pending."""
    row: dict[str, Any] = {column.name: None for column in articles.columns}
    known = {"code": code, "site": "", "url": "", "state": "pending", "attempts": 0}
    return row | known | {"first_seen": time, "last_seen": time}
