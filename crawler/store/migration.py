"""Bringing the tables of an earlier schema up to date."""

from sqlalchemy import Connection, func, inspect, update
from sqlalchemy.schema import CreateColumn

from crawler.store.tables import HISTORY_OF_BEFORE, INDEXES_OF_PARTS, RENAMED, articles, metadata, versions


def migrate(db: Connection) -> None:
    """Make what an earlier version left as this one has it; the tables that it lacks are there."""
    _make_versions_anew(db)
    _add_columns(db)
    _add_indexes(db)
    _rename_origins(db)
    db.execute(HISTORY_OF_BEFORE)


def _make_versions_anew(db: Connection) -> None:
    """A table of that name told until schema 2 when posts gave way, by another key; nothing reads that any more."""
    if "replaced" in {column["name"] for column in inspect(db).get_columns(versions.name)}:
        versions.drop(db)
        versions.create(db)


def _rename_origins(db: Connection) -> None:
    """Call the origins of bodies, and of what else pages told, as they are called now."""
    for before, name in RENAMED.items():
        db.execute(update(articles).where(articles.c.origin == before).values(origin=name))
        told = func.replace(articles.c.sources, f'"{before}"', f'"{name}"')
        db.execute(update(articles).where(articles.c.sources.is_not(None)).values(sources=told))


def _add_columns(db: Connection) -> None:
    """Give tables of an earlier schema the columns that came later: these may be null, or have a default."""
    for table in metadata.sorted_tables:
        there = {column["name"] for column in inspect(db).get_columns(table.name)}
        for column in table.columns:
            if column.name not in there:
                told = CreateColumn(column).compile(dialect=db.dialect)
                db.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {told}")


def _add_indexes(db: Connection) -> None:
    """Give tables of an earlier schema the indexes that came later."""
    for table in metadata.sorted_tables:
        for index in table.indexes:
            index.create(db, checkfirst=True)
    for part in INDEXES_OF_PARTS:
        db.exec_driver_sql(f"CREATE INDEX IF NOT EXISTS {part}")
