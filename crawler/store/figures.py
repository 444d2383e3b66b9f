"""The figures of a run that its report draws: what was written, answers over time, how long hosts were waited for."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta
from html import unescape
from itertools import accumulate
from time import monotonic
from typing import Any, Final, TypeAlias

from crawler import post_format, sites
from crawler.assemble.outcome import Assembled, Outcome
from crawler.printable import printable

Chart: TypeAlias = dict[str, Any]
"""``labels``, and ``series``: by name, a number for each label."""

MOST_BARS: Final = 30
"""So many bars fit on a page; what is longer is put together."""
MOST_SERIES: Final = 8
MOST_NEW: Final = 500
"""So many new articles are told by name."""
_WIDEST_LABEL: Final = 36
_LONGEST_PAUSE: Final = 86400.0
"""Servers may ask for any number, also for one that no float holds."""
_DAY, _MONTH, _YEAR = 10, 7, 4
"""So many characters of a date name it."""


class Waiting:
    """Seconds for which one host was waited for: for its turn, its answers, the end of a pause; none twice."""

    def __init__(self) -> None:
        self._seconds = self._until = self._since = 0.0
        self._under_way = 0

    def begin(self) -> None:
        """One more request is to be sent."""
        if not self._under_way:
            self._since = monotonic()
        self._under_way += 1

    def end(self) -> None:
        """One of them is answered, or never will be."""
        self._look()
        self._under_way -= 1

    def pause(self, seconds: float) -> None:
        """Nothing is sent for so long."""
        self._look()
        self._cover(monotonic(), monotonic() + min(seconds, _LONGEST_PAUSE))

    def take_in(self, seconds: float) -> None:
        """Add those that another worker waited."""
        self._seconds += seconds

    def pause_ends(self) -> None:
        """Nor is the end of a pause waited for from here on."""
        early = max(self._until - monotonic(), 0.0)
        self._seconds, self._until = self._seconds - early, self._until - early

    @property
    def seconds(self) -> float:
        """Until now."""
        self._look()
        return self._seconds - max(self._until - monotonic(), 0.0)

    def _look(self) -> None:
        if self._under_way:
            self._cover(self._since, monotonic())

    def _cover(self, begin: float, end: float) -> None:
        self._seconds += max(end - max(begin, self._until), 0.0)
        self._until = max(self._until, end)


class Timeline:
    """Numbers by name over time, in steps of a second at first, which double when there are too many."""

    def __init__(self) -> None:
        self._begin, self._step = monotonic(), 1
        self._steps: defaultdict[int, Counter[str]] = defaultdict(Counter)

    def add(self, name: str) -> None:
        """One more, now."""
        at = int(monotonic() - self._begin)
        while at // self._step >= MOST_BARS:
            self._double()
        self._steps[at // self._step][name] += 1

    def _double(self) -> None:
        self._step *= 2
        halves, self._steps = self._steps, defaultdict(Counter)
        for number, names in halves.items():
            self._steps[number // 2].update(names)

    def begun(self, seconds: float) -> None:
        """It began so long ago: others were there before."""
        self._begin = monotonic() - seconds

    def so_far(self) -> dict[str, Any]:
        """Its steps, and how many seconds each is."""
        return {"step": self._step, "steps": self._steps}

    def take_in(self, told: Mapping[str, Any]) -> None:
        """Add those of another."""
        while self._step < told["step"]:
            self._double()
        for number, names in told["steps"].items():
            self._steps[int(number) * told["step"] // self._step].update(names)

    def chart(self) -> Chart:
        """Its steps, by the time since the beginning."""
        steps = range(max(self._steps, default=-1) + 1)
        whole: Counter[str] = sum(self._steps.values(), Counter())
        names = [name for name, _ in whole.most_common(MOST_SERIES)]
        series = {name: [self._steps[at][name] for at in steps] for name in sorted(names)}
        if rest := whole.keys() - series.keys():
            series["…"] = [sum(self._steps[at][name] for name in rest) for at in steps]
        return {"labels": [str(timedelta(seconds=at * self._step)) for at in steps], "series": series}


class Figures:
    """What is noted of a run while it goes on, small enough for very many articles."""

    def __init__(self) -> None:
        self._written: dict[str, tuple[str, ...]] = {}
        self._by_others: set[str] = set()
        self._alike: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._new: dict[str, dict[str, str]] = {}
        self._media: dict[str, str] = {}
        self.answers = Timeline()
        """By status."""
        self.waiting: defaultdict[str, Waiting] = defaultdict(Waiting)

    def wrote(self, one: Assembled) -> None:
        """The article's post was written."""
        assert one.post
        told = (one.post.time[:_DAY], one.post.category, one.post.origin, *one.exchanges)
        if not one.post.on_disk and not one.post.replaces:
            self._media[sites.medium_of(unescape(one.post.tag))] = one.post.category
        self._written[one.code] = self._alike.setdefault(told, told)
        if len(self._new) < MOST_NEW:
            link = one.post.link or ""
            self._new[one.code] = {"code": one.code, "title": unescape(one.post.title), "link": link, "file": one.file}

    def files(self) -> Iterator[str]:
        """The names of the posts that were written, but for those that others wrote."""
        return (
            post_format.name_of(day, code) for code, (day, *_) in self._written.items() if code not in self._by_others
        )

    def of(self, code: str) -> tuple[Any, Any]:
        """What is noted of one article."""
        return self._written.get(code), self._new.get(code)

    def note(self, code: str, told: tuple[Any, Any]) -> None:
        """Note of an article what another worker did."""
        written, new = told
        if written:
            self._by_others.update({code}.difference(self._written))
            self._written[code] = self._alike.setdefault(tuple(written), tuple(written))
        if new and len(self._new) < MOST_NEW:
            self._new[code] = new

    def so_far(self) -> dict[str, Any]:
        """What is noted of hosts, answers and media."""
        waiting = {host: waiting.seconds for host, waiting in self.waiting.items()}
        return {"answers": self.answers.so_far(), "waiting": waiting, "media": self._media}

    def take_in(self, told: Mapping[str, Any]) -> None:
        """Add what another worker noted of them."""
        if told:
            self.answers.take_in(told["answers"])
            for host, seconds in told["waiting"].items():
                self.waiting[host].take_in(seconds)
            self._media |= told["media"]

    def told(self, report: Mapping[str, Any], outcomes: Mapping[str, Outcome]) -> dict[str, Any]:
        """What a report with the run's name and numbers says, too.

        ``new`` articles, the youngest first; ``media`` that any are of, with their categories; ``charts``.
        """
        alike = Counter(told for code, told in self._written.items() if outcomes.get(code) == "written")
        days, categories, origins, exchanges = (Counter[str]() for _ in range(4))
        for (day, category, origin, *markets), number in alike.items():
            days[day] += number
            categories[category] += number
            origins[origin] += number
            exchanges.update({market: times * number for market, times in Counter(markets).items()})
        new = [one for code, one in self._new.items() if outcomes.get(code) == "written"]
        waiting = {host: round(waiting.seconds, 1) for host, waiting in self.waiting.items()}
        return {
            "new": sorted(new, key=lambda one: one["file"], reverse=True),
            "media": dict(sorted(self._media.items())),
            "charts": {
                "articles-by-day": _by_day(days),
                "articles-by-category": _largest(categories, "written"),
                "new-and-known": {
                    "labels": [report["run"]],
                    "series": {name: [report[name]] for name in ("written", "unchanged")},
                },
                "requests-by-status": self.answers.chart(),
                "waiting-by-host": _largest(waiting, "seconds"),
                "klines-by-exchange": _largest(exchanges, "klines"),
                "body-origins": _largest(origins, "written"),
            },
        }


def _by_day(days: Mapping[str, int]) -> Chart:
    """By day, month or year, whichever are few enough; of many years the first ones together."""
    for length in (_DAY, _MONTH, _YEAR):
        bars: Counter[str] = Counter()
        for day, number in days.items():
            bars[day[:length]] += number
        if len(bars) <= MOST_BARS:
            break
    first, labels = sorted(bars)[: -MOST_BARS + 1], sorted(bars)
    if len(labels) > MOST_BARS:
        bars[f"… {first[-1]}"] = sum(bars[label] for label in first)
        labels = [f"… {first[-1]}", *labels[len(first) :]]
    return {"labels": labels, "series": {"written": [bars[label] for label in labels]}}


def _largest(numbers: Mapping[str, float], name: str) -> Chart:
    """The largest, and the others together."""
    bars = sorted(numbers.items(), key=lambda bar: (-bar[1], bar[0]))
    if rest := bars[MOST_BARS:]:
        bars[MOST_BARS - 1 :] = [(f"… +{len(rest) + 1}", round(sum(n for _, n in bars[MOST_BARS - 1 :]), 1))]
    return {"labels": [_label(label) for label, _ in bars], "series": {name: [number for _, number in bars]}}


def _label(text: str) -> str:
    """The text as it is printed, cut where it is too wide: Chinese characters are twice as wide as others."""
    text = printable(text)
    fit = sum(width <= _WIDEST_LABEL for width in accumulate(2 if sign >= "\u2e80" else 1 for sign in text))
    return text if fit == len(text) else f"{text[: fit - 1]}…"
