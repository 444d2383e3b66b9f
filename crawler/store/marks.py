"""What runs over saved pages have finished, so that the next one need not do it again."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Final

from sqlalchemy import bindparam, delete, select

from crawler.store.engine import Database, among, in_parts, now
from crawler.store.tables import marks

_USED = "used"
_TOLD: Final = select(marks.c.told).where(marks.c.key == bindparam("key"))


class Marks(Database):
    """The ledger's part of it: by a key that tells all that the work was done with, what came of it."""

    def mark(self, done: Mapping[str, bytes]) -> None:
        """Note what came of the work of these keys."""
        with self._transaction() as db:
            self._put(db, marks, [{"key": key, "told": told} for key, told in done.items()])

    def marked(self, key: str) -> bytes | None:
        """What came of the work; None where it is not done."""
        with self._transaction() as db:
            return db.execute(_TOLD, {"key": key}).scalar()

    def forget_marks(self, but: Collection[str], begins: str) -> None:
        """Forget all work but that of these keys, among the keys that begin so."""
        with self._transaction() as db:
            own = db.execute(select(marks.c.key).where(marks.c.key.startswith(begins, autoescape=True))).scalars()
            gone = [key for key in own if key not in but]
            in_parts(db, delete(marks).where(among(marks.c.key)), gone)

    def forget_unused(self, used: str, age: timedelta) -> None:
        """Note that all work is in use whose keys begin so; forget what was not for longer."""
        self.mark({f"{used}{_USED}": now().isoformat().encode()})
        old = marks.c.key.endswith(_USED, autoescape=True) & (marks.c.told < (now() - age).isoformat().encode())
        for (key,) in self._found(select(marks.c.key).where(old)):
            self.forget_marks((), key.removesuffix(_USED))
