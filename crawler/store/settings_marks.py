"""The part of the ledger that knows with which settings posts are made, and which of them wait for other ones."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, update

from crawler.assemble.stages import removes_more
from crawler.store.engine import Database, noted
from crawler.store.tables import EDITED, OTHERWISE_MADE, REMOVED_MORE, articles

_SPIDERS: Final = ("finews", "eastmoney", "share")
_LAST: Final = "settings"
"""Under this name stand the settings of the spider that ran last."""


class SettingsMarks(Database):
    """By spider, since each asks for its own articles; and by post, since one may be made by all of them."""

    def settings_fingerprints(self, spider: str = "finews") -> list[str]:
        """The settings that posts of the spider's may be made with: when it last came to its end, and ever since."""
        with self._transaction() as db:
            value = noted(db, _name(spider))
        return value.split("\n") if value else []

    def keep_settings_fingerprints(self, fingerprints: Iterable[str], spider: str = "finews") -> None:
        """Note the settings that the spider's posts are, or may be, made with now."""
        with self._transaction() as db:
            self._note(db, _name(spider), "\n".join(fingerprints))

    def also_made_with(self, fingerprint: str) -> None:
        """Note of the posts of all spiders that some may be made with these settings: what was saved was read so."""
        with self._transaction() as db:
            is_news = _last(db) not in {None, _settings(fingerprint)}
            self._note(db, _LAST, "" if is_news else _settings(fingerprint))
        for spider in _SPIDERS:
            before = self.settings_fingerprints(spider)
            if fingerprint not in before:
                self.keep_settings_fingerprints([*before, fingerprint], spider)

    def begin_with(self, fingerprint: str) -> None:
        """Mark all posts as made otherwise where the last run had other settings; who makes one anew takes that off.

        Other rules of a later version are no reason: what an earlier one made of a page is read by them as well.
        """
        mine = _settings(fingerprint)
        with self._transaction() as db:
            last = _last(db)
            if last not in {None, mine}:
                is_plain = articles.c.reason.is_(None) | (articles.c.reason == EDITED)  # what changed is due as it is
                made = (articles.c.state == "written") & is_plain
                reason = REMOVED_MORE if removes_more(str(last), mine) else OTHERWISE_MADE
                db.execute(update(articles).where(made).values(reason=reason))
            self._note(db, _LAST, mine)


def _last(db: Connection) -> str | None:
    """The settings with which all posts are made; "" where they are several, None where there are none yet."""
    last = noted(db, _LAST)
    if last is None:  # a ledger of before
        told = "\n".join(filter(None, (noted(db, _name(spider)) for spider in _SPIDERS)))
        known = {_settings(one) for one in told.splitlines()}
        last = next(iter(known), None) if len(known) < 2 else ""
    return last


def _name(spider: str) -> str:
    return "making" if spider == "finews" else f"making/{spider}"[:40]


def _settings(fingerprint: str) -> str:
    """What the fingerprint says of settings; its first word is of the rules."""
    return fingerprint.partition(" ")[2]
