"""What was found of an article so far: by a callback for the next one, or for whichever worker leases it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from crawler.items import Candidate, Origin
from crawler.spiders.failures import Failed
from crawler.store.leases import Wanted
from crawler.store.said import as_json, of_json


@dataclass(frozen=True, slots=True)
class Search:
    """What was found of an article so far, and where."""

    found: Candidate
    link: str | None = None
    """Where its share link leads, if one is known."""
    have: str | None = None
    """The origin of the body that is on disk: only better ones are asked."""
    complete: bool = False
    """Whether what is on disk tells of the article, and its time to the second."""
    asked: frozenset[str] = frozenset()
    further: Mapping[Origin, str] = field(default_factory=dict)
    """By origins that have it on several pages the address of the next one."""
    failures: tuple[Failed, ...] = ()

    def wanted(self) -> Wanted:
        """For whoever is to begin it."""
        told = {"link": self.link, "have": self.have, "complete": self.complete}
        return Wanted(self.found.code, is_list=False, told={**told, "said": as_json(self.found.articles)})

    @classmethod
    def of(cls, wanted: Wanted) -> Self:
        """What somebody wants begun."""
        told: dict[str, Any] = {**wanted.told}
        return cls(Candidate(wanted.key, tuple(of_json(told.pop("said")))), **told)
