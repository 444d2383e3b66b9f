"""The ledger's tables, and the states of an article."""

from datetime import UTC, datetime
from functools import lru_cache
from importlib import import_module
from typing import Any, Final, Literal

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Executable,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    false,
    insert,
    literal,
    select,
    text,
)

SCHEMA_VERSION: Final = 8

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

DOUBTED: Final = "the site is not known to have it"
"""Why there is a post that the site's crawl asks for where it would be: the site names its other spelling alone."""

OTHERWISE_MADE: Final = "made with other settings"
"""Reasons that begin so are of written posts: they are asked for as if there were none."""
REMOVED_MORE: Final = f"{OTHERWISE_MADE}, which took out more"
"""Such a post is not what the settings want, either, as long as its body is the one that they had made."""

BODY_WANTED: Final = "its body is to be had again"
"""The same of a post whose title changed, or of which somebody asked for all, as long as it has the body of before."""

EDITED: Final = "left as somebody edited it"
"""Of a written post that a run would have made anew: when it is again what was written, it is asked for."""

IS_OPEN: Final = text(
    f"(state = 'pending' OR next_try IS NOT NULL OR substr(reason, 1, {len(FILTERED)}) = '{FILTERED}'"
    " OR (state = 'written' AND attempts = 0 AND origin <> 'share'))"
)
"""What may be due. A query that says it to the letter is answered from an index of these rows alone, as with the next.

The best origin of bodies stands for all that nothing better is asked for.
"""
IS_UNSETTLED: Final = text("(state <> 'written' AND file IS NOT NULL)")
"""There was a file once, and the article is asked for, put aside, or out of scope."""

metadata = MetaData()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


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
    Column("newest", String(48)),  # time and id of its newest article when it was last read as far as was asked
    Column("down_to", String(10)),  # the day from which on all of its articles are known, "" for all there are
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
    Index("articles_file", "file", "stamp"),
    Index("articles_category", "state", "category"),
)

IS_OTHERWISE_MADE: Final = articles.c.reason.startswith(OTHERWISE_MADE)

said = Table(  # what pages told of articles that no post is made of
    "said",
    metadata,
    Column("code", String(64), primary_key=True),
    Column("pages", LargeBinary, nullable=False),  # JSON, compressed
)

marks = Table(  # of work on saved pages, what is done
    "marks",
    metadata,
    Column("key", String(64), primary_key=True),  # a digest of all that it was done with
    Column("told", LargeBinary, nullable=False),  # JSON, compressed
)

securities = Table(  # what articles are about
    "securities",
    metadata,
    Column("code", String(64), primary_key=True),
    Column("secid", String(32), primary_key=True, index=True),
    Column("way", String(8), nullable=False),  # items.Security: list, kline or link
    Column("name", Text, nullable=False),
    Column("position", Integer),  # of the first mention in the body, in characters
    Column("seen", String(32), default=_now),  # when that was known; none in ledgers of before
)

wanted = Table(  # what a shared crawl asks for, and what became of it
    "wanted",
    metadata,
    Column("key", Text, primary_key=True),  # an article's code, or a list page's address
    Column("is_list", Boolean, nullable=False, server_default=false()),
    Column("told", Text),  # JSON: what whoever asks has to know; of an ended one what the report draws of it
    Column("worker", String(64)),  # who has it, or had it
    Column("until", Float),  # seconds by the database's clock
    Column("outcome", String(16)),
    Column("reason", Text),
)

workers = Table(  # of a shared crawl
    "workers",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("started", String(32), nullable=False),
    Column("until", Float, nullable=False),  # taken for dead from then on
    Column("left", String(32)),
    Column("told", Text, nullable=False),  # JSON: what it has counted
)

hosts = Table(  # as all workers of a shared crawl are to treat them; times in seconds by the database's clock
    "hosts",
    metadata,
    Column("name", String(255), primary_key=True),
    Column("next", Float, nullable=False),  # nothing is sent before
    Column("held", Float, nullable=False),  # nor before this: it refused
    Column("refusals", Integer, nullable=False),  # in a row
    Column("why", Text, nullable=False),  # it refused last
    Column("blocked", Text, nullable=False),  # why it was given up in this crawl, "" while it was not
)


def _of_posts(name: str, *more: Column[Any]) -> Table:
    return Table(
        name,
        metadata,
        Column("code", String(64), primary_key=True),
        Column("sha256", String(64), nullable=False),  # of the post's bytes
        Column("version", Integer, nullable=False),  # grows when the source changed
        Column("first_seen", String(32)),  # when its first version was on disk; none where nothing tells
        Column("since", String(32)),  # when these bytes were
        Column("revised", String(32)),  # when the source's last change was
        *more,
    )


versions = _of_posts("versions")  # what is known of the posts that are on disk
coming = _of_posts("coming", Column("booking", Text, nullable=False))
# Posts on their way to the disk, with what is booked of each when it is there (columns of an article, as JSON).


_is_known = articles.c.code.in_(select(versions.c.code))
HISTORY_OF_BEFORE: Final = insert(versions).from_select(
    ("code", "sha256", "version", "first_seen", "since"),
    select(articles.c.code, articles.c.sha256, literal(1), articles.c.last_seen, articles.c.last_seen).where(
        articles.c.sha256.is_not(None) & (articles.c.state == "written") & ~_is_known
    ),
)
"""When posts came, ledgers of before do not tell, but that they were there when they were last heard of."""


INDEXES_OF_PARTS: Final = (
    f"articles_open ON articles (site, code) WHERE {IS_OPEN}",
    f"articles_unsettled ON articles (code) WHERE {IS_UNSETTLED}",
    "wanted_open ON wanted (is_list, key) WHERE outcome IS NULL",
    "wanted_worker ON wanted (worker) WHERE outcome IS NULL",
)
"""Of some rows alone, as both databases spell it: an Index of SQLAlchemy would load the dialects of both."""


def new_row(code: str, time: str) -> dict[str, Any]:
    """A row for an article that the ledger does not know yet, pending."""
    row: dict[str, Any] = {column.name: None for column in articles.columns}
    known = {"code": code, "site": "", "url": "", "state": "pending", "attempts": 0}
    return row | known | {"first_seen": time, "last_seen": time}


def insert_into(table: Table, dialect: str) -> Any:
    """The INSERT of the database's own dialect, which is loaded; it can say what becomes of rows that are there."""
    return import_module(f"sqlalchemy.dialects.{dialect}").insert(table)


@lru_cache(64)
def put_into(table: Table, dialect: str, names: tuple[str, ...], where: ColumnElement[bool] | None) -> Executable:
    """The statement that writes rows of these columns over those of the same key, where that holds of these."""
    keys, insert = table.primary_key.columns.keys(), insert_into(table, dialect)
    rest = {name: insert.excluded[name] for name in names if name in table.c and name not in keys}
    made: Executable = insert.on_conflict_do_update(index_elements=keys, set_=rest, where=where)
    return made
