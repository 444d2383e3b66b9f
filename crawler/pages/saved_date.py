"""When a page was saved, as the tool that saved it noted."""

from datetime import datetime

from crawler.patterns import compiled

_SINGLE_FILE = compiled(r"\bsaved date:[ \t]*+(?P<date>[^\r\n<(]{1,60}+)")
_HEAD = 4000
"""Characters of a page's beginning that may hold the note."""


def saved_date(text: str) -> datetime | None:
    """The (aware) moment that SingleFile's comment tells: ``Fri Jan 14 2022 16:29:05 GMT+0800 (…)``, or ISO 8601."""
    found = _SINGLE_FILE.search(text[:_HEAD])
    if found is None:
        return None
    spelled = found["date"].strip()
    for read in (datetime.fromisoformat, lambda s: datetime.strptime(s, "%a %b %d %Y %H:%M:%S GMT%z")):
        try:
            moment = read(spelled)
        except ValueError:
            continue
        return moment if moment.tzinfo else None
    return None
