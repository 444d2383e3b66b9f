"""The ledger's tables, and the states of an article with the moves between them."""

from typing import Any, Final, Literal

from sqlalchemy import Column, Index, Integer, MetaData, String, Table, Text

SCHEMA_VERSION: Final = 1

State = Literal["pending", "written", "quarantined", "out_of_scope"]

TRANSITIONS: Final[dict[State, frozenset[State]]] = {
    # A list named it, or its title changed there; it is asked for until one of the others is reached.
    "pending": frozenset({"written", "quarantined", "out_of_scope"}),
    # Its file is durably in place. A changed title asks for it again, as do -a full=1 and changed settings.
    "written": frozenset({"pending", "written", "quarantined", "out_of_scope"}),
    # It could not be made into a post. Later runs try again with growing gaps; `quarantine retry` makes it pending,
    # `quarantine drop` ends it.
    "quarantined": frozenset({"pending", "written", "quarantined", "out_of_scope"}),
    # The user's filters leave it out, it is no article, or it was dropped. A run with wider filters takes it back.
    "out_of_scope": frozenset({"pending", "written", "quarantined", "out_of_scope"}),
}
"""Where an article may go from each state: nothing becomes pending twice, and nothing leaves the table."""


def move(old: str, new: State) -> State:
    """The new state; raises RuntimeError for a move that the table does not know."""
    if new not in TRANSITIONS.get(old, ()):  # type: ignore[call-overload]
        raise RuntimeError(f"an article cannot go from {old} to {new}")
    return new


FILTERED: Final = "filtered: "
"""Reasons that begin so hold for one run only: a run with wider filters takes these articles back."""

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
    Column("sha256", String(64)),
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
