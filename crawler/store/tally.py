"""The tally of a run: what became of every article that it found, and the numbers beside it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from html import unescape
from typing import Any, Final, NamedTuple

from crawler.assemble.outcome import Assembled, Outcome
from crawler.store.figures import Figures
from crawler.store.quarantine import QuarantineEntry
from crawler.store.retry import Asked
from crawler.store.tables import REMOVED_MORE

_NUMBERS, _LISTS, _NAMES = ("counts", "reasons"), ("failed", "lists_gone"), ("given_up", "left_alone")
_ENDS: dict[str, Outcome] = {"written": "unchanged", "quarantined": "quarantined", "out_of_scope": "out_of_scope"}


_DONE: Final = ("written", "unchanged", "quarantined", "out_of_scope")
SUMS: Final = ("found", *_DONE, "unfinished")
"""What a report says first: the first is the sum of those that follow but the last, which is left to a later run."""


class BookedArticle(NamedTuple):
    """What became of one article."""

    code: str
    outcome: Outcome
    reason: str = ""
    title: str = ""
    """As text: in a post, references stand for what would act (``&lt;``)."""
    address: str = ""
    is_new: bool = False
    """Whether there was no post of it."""


class Tally:
    """What a run counts."""

    def __init__(self) -> None:
        self.job = ""
        """What runs, as it is called for people: the spider, or the command."""
        self.counts: Counter[str] = Counter()
        self.figures = Figures()
        self.outcomes: dict[str, Outcome] = {}
        self.reasons: Counter[str] = Counter()
        self.article_reasons: dict[str, str] = {}
        self.notes: defaultdict[str, list[str]] = defaultdict(list, edited_by_hand=[])
        """The codes of posts by what their notes say."""
        self.asked: Asked = "news"
        """What the run goes through."""
        self.on_article: Callable[[BookedArticle], object] | None = None
        """Hears of each article that comes to its end."""
        self.found: set[str] = set()
        """Codes of what was met, and of what was booked; ``site`` says what else was found."""
        self.site: str | None = None
        """All that the ledger holds under this name is found, too."""
        self.known = 0
        """How many these are, as far as is known while the run goes on."""
        self.replaced: set[str] = set()
        """Codes that are none any more: what was found under them has another."""
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

    def book(self, code: str, outcome: Outcome, reason: str = "", title: str = "", address: str = "") -> None:
        """Count the article, with the reason if it has one."""
        self._book(BookedArticle(code, outcome, reason, title, address))

    def _book(self, told: BookedArticle) -> None:
        self.found.add(told.code)
        self.outcomes[told.code] = told.outcome
        if told.reason:
            self.reasons[told.reason] += 1
            self.article_reasons[told.code] = told.reason
        if self.on_article:
            self.on_article(told)

    def book_posts(self, done: Iterable[Assembled]) -> None:
        """Count those of them that are posts, and what their notes say."""
        for one in done:
            if not one.post:
                continue
            self.has_another_code([code for code in one.post.replaces if code not in self.outcomes])
            self.counts[f"origin/{one.post.origin}"] += 1
            if one.outcome == "written":
                self.figures.wrote(one)
            for note in one.post.notes:
                self.counts[note] += 1
                self.notes[note].append(one.code)
            is_new = one.outcome == "written" and not one.post.on_disk and not one.post.replaces
            self._book(BookedArticle(one.code, one.outcome, "", unescape(one.post.title), one.post.link or "", is_new))

    def tell_late(self, late: Mapping[str, Iterable[str]]) -> None:
        """Note which posts have the body of before, by the reasons for which they were to have another."""
        for reason, codes in late.items():
            self.notes["otherwise_made" if reason == REMOVED_MORE else "not_had_again"] += codes

    def how_many(self) -> int:
        """How many articles were found until now."""
        return len(self.found) if self.site is None else self.known

    def has_another_code(self, codes: Collection[str]) -> None:
        """What was found under these codes is counted under others."""
        self.found.difference_update(codes)
        self.replaced.update(codes)

    def so_far(self) -> dict[str, Any]:
        """What was counted, but for the articles themselves, as JSON."""
        told = {name: getattr(self, name) for name in (*_NUMBERS, *_LISTS, *_NAMES, "notes", "without")}
        return {**told, "replaced": sorted(self.replaced), "figures": self.figures.so_far()}

    def take_in(self, told: Mapping[str, Any]) -> None:
        """Add what another worker of the same crawl has counted."""
        for name in (*_NUMBERS, *_NAMES):
            getattr(self, name).update(told.get(name, {}))
        for name in _LISTS:
            getattr(self, name).extend(told.get(name, ()))
        for name, codes in told.get("notes", {}).items():
            self.notes[name] = [*dict.fromkeys([*self.notes[name], *codes])]  # a list may have been read twice
        for host, codes in told.get("without", {}).items():
            self.without[host] |= codes
        self.replaced.update(told.get("replaced", ()))
        self.figures.take_in(told.get("figures", {}))

    def tell_failed(self, entry: QuarantineEntry) -> None:
        """List what was put aside, as the report has it."""
        kept = f"{entry.id}.raw" if entry.raw else f"{entry.id}.json"
        told = {"id": entry.id, "reason": entry.reason, "title": entry.title, "url": entry.where}
        self.failed.append(told | {"file": f"quarantine/{kept}"})

    def no_list(self, name: str) -> None:
        """Count a list that failed, and name it."""
        self.counts["lists/failed"] += 1
        self.notes["lists_failed"].append(name)

    def refused_bodies(self) -> dict[str, bool]:
        """The articles that had to do without the bodies of hosts that refuse, and whether the next run is to ask."""
        return {code: ask for host in self.given_up for code, ask in self.without.get(host, {}).items()}

    def told(self) -> dict[str, Any]:
        """What the report says of it, beside the sums."""
        beside = {name: told for name in ("given_up", "left_alone", "lists_gone") if (told := getattr(self, name))}
        beside |= {note: sorted(codes) for note, codes in sorted(self.notes.items())}
        reasons = dict(self.reasons.most_common())
        told = {"job": self.job, "counts": dict(sorted(self.counts.items())), "reasons": reasons, "failed": self.failed}
        return {**told, **beside}

    def tell_known(self, states: Mapping[str, str]) -> None:
        """Let whoever hears of each article hear of those that nothing was to be done for, too."""
        for code in sorted(states.keys() - self.outcomes.keys() - self.replaced):
            if self.on_article and (outcome := _ENDS.get(states[code])):
                self.on_article(BookedArticle(code, outcome))

    def sums(self, of_site: Mapping[str, int], states: Mapping[str, str]) -> dict[str, int]:
        """How many articles were found and what became of them, as the ledger says where this run did nothing.

        ``of_site``: how many others of the site are in which state; ``states``: of what was met.
        """
        ends = Counter(self.outcomes.get(code) or _end(states.get(code, "")) for code in self.found)
        for state, number in of_site.items():
            ends[_end(state)] += number
        done = {name: ends[name] for name in _DONE}
        return {"found": sum(done.values()), **done, "unfinished": ends["unfinished"]}


def _end(state: str) -> str:
    """What became of an article that a run has nothing to do for."""
    return _ENDS.get(state, "unfinished")
