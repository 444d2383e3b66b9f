"""The index of an output folder, ready to be asked: it can be deleted at any time, and a damaged one is made anew."""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

from crawler.search.tables import FILE, Damaged, connected, copied, is_damage, remove
from crawler.search.update import bring_up_to_date, pair, take
from crawler.store.places import posts_of

T = TypeVar("T")


def ask(
    output: Path, question: Callable[[sqlite3.Connection], T], tell: Callable[[str], None], *, for_words: bool = True
) -> T:
    """What the index answers, brought up to date with the files before; ``tell`` hears what is to be said of it.

    ``for_words``: whether words are asked for.

    Where it cannot be written a copy in memory is. Raises ValueError where there are no posts, OSError where they
    cannot be listed.
    """
    posts_of(output)
    file = output / "state" / FILE
    for again in (True, False):
        try:
            file.parent.mkdir(exist_ok=True)
            return _answered(connected(file), output, question, for_words)
        except (sqlite3.Error, Damaged, OSError) as error:
            reason = str(error)
            if not (again and is_damage(error)):
                break
            with suppress(OSError):
                remove(file)
    tell(f"the index {file} cannot be written ({reason}): one in memory is asked")
    return _answered(copied(file), output, question, for_words)


def _answered(db: sqlite3.Connection, output: Path, question: Callable[[sqlite3.Connection], T], for_words: bool) -> T:
    with closing(db):
        bring_up_to_date(db, output, for_words=for_words)
        db.execute("BEGIN")  # all that is asked is answered of one moment
        return question(db)


def keep_up(output: Path, files: Iterable[str]) -> None:
    """Bring the index up to date with the files that a run wrote, where there is one: the first search makes it.

    It is derived: what hinders this hinders no run, and the next search makes up for it.
    """
    file = output / "state" / FILE
    if file.is_file() and (some := [*files]):
        with suppress(sqlite3.Error, Damaged, OSError), closing(connected(file)) as db:
            take(db, output, some)
            pair(db)
