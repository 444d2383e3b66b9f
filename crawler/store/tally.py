"""The tally of a run: what became of every article that it found, and the numbers beside it."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from crawler.assemble.outcome import Outcome
from crawler.store.quarantine import Entry

_ENDS: dict[str, str] = {"written": "unchanged", "quarantined": "quarantined", "out_of_scope": "out_of_scope"}


class Tally:
    """What a run counts."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.outcomes: dict[str, Outcome] = {}
        self.reasons: Counter[str] = Counter()
        self.article_reasons: dict[str, str] = {}
        self.notes: defaultdict[str, list[str]] = defaultdict(list, edited_by_hand=[])
        """The codes of posts by what their notes say."""
        self.found: set[str] = set()
        self.failed: list[dict[str, str]] = []
        """What was put aside in this run, as the report lists it."""
        self.lists_gone: list[str] = []
        """Slugs of list pages that were there in earlier runs."""
        self.given_up: dict[str, str] = {}
        """Hosts that were asked for nothing more, and why."""
        self.left_alone: dict[str, str] = {}
        """Hosts that were asked for nothing for a while, or for nothing more, because they had brought nothing."""
        self.without: defaultdict[str, dict[str, bool]] = defaultdict(dict)
        """By hosts of bodies: the articles that had to do without, and whether the next run asks at once."""

    def book(self, code: str, outcome: Outcome, reason: str = "") -> None:
        """Count the article, with the reason if it has one."""
        self.found.add(code)
        self.outcomes[code] = outcome
        if reason:
            self.reasons[reason] += 1
            self.article_reasons[code] = reason

    def tell_failed(self, entry: Entry) -> None:
        """List what was put aside, as the report has it."""
        self.failed.append({"id": entry.id, "reason": entry.reason, "title": entry.title, "url": entry.where})

    def refused_bodies(self) -> dict[str, bool]:
        """The articles that had to do without the bodies of hosts that refuse, and whether the next run is to ask."""
        return {code: ask for host in self.given_up for code, ask in self.without.get(host, {}).items()}

    def sums(self, states: Mapping[str, str]) -> dict[str, int]:
        """How many articles were found and what became of them; ``states``: what the ledger says of each."""
        ends = Counter(self.outcomes.get(code, _ENDS.get(states.get(code, ""), "unfinished")) for code in self.found)
        done = {name: ends[name] for name in ("written", "unchanged", "quarantined", "out_of_scope")}
        return {"found": sum(done.values()), **done, "unfinished": ends["unfinished"]}
