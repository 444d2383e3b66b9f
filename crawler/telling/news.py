"""What of a run's end is news, and in which words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from crawler import exits
from crawler.printable import printable
from crawler.summary import summary
from crawler.telling.memory import Memory
from crawler.words import say, translated

NAMED = 5
"""So many lists, reasons and hosts are told by name."""


class RunEnd(NamedTuple):
    """How a run ended: with a report, or with an error before there could be one."""

    exit_code: int
    report: Mapping[str, Any] | None
    error: str

    @property
    def sentence(self) -> str:
        """The exit code, and what it means or what was wrong."""
        meaning = self.error or exits.WORDS.get(self.exit_code, "wrong usage")
        return printable(say("exit", self.exit_code, translated(meaning)))

    @property
    def text(self) -> str:
        """All that a person would read of it."""
        if not self.report:
            return self.sentence
        return f"{printable(translated(self.error))}\n{summary(dict(self.report))}".lstrip()


class News(NamedTuple):
    """A message."""

    title: str
    text: str


def news(job: str, ended: RunEnd, quiet: Mapping[str, str], before: Memory) -> News | None:
    """The message, None where nothing is new since what was told ``before``; ``quiet``: what is, with a sentence."""
    failed = ended.exit_code not in {exits.OK, exits.INTERRUPTED}
    is_news = ended.exit_code not in {before.exit_code, exits.INTERRUPTED}
    silent = [told for name, told in quiet.items() if name not in before.quiet]
    if not is_news and not silent:
        return None
    title = f"exit {ended.exit_code}" if failed else "well again" if is_news else "gone quiet"
    lines = [ended.sentence, *(translated(f"gone quiet: {told}") for told in silent)]
    if is_news and not failed:
        lines.append(translated(f"before it was exit {before.exit_code}"))
    if failed and ended.report:
        lines += _failures(ended.report)
    if ended.report:
        lines.append(translated(f"report {ended.report['output']}/reports/{ended.report['run']}.json"))
    text = "\n".join(printable(line)[:300] for line in lines)
    return News(say("of", f"finews {printable(job)}", translated(title)), text)


def _failures(report: Mapping[str, Any]) -> Iterable[str]:
    """Lists that could not be had or were not seen, hosts that were given up, and the commonest reasons."""
    lists = [url for kind in ("failed", "refused", "unseen") for url in report.get(f"lists_{kind}", ())]
    reasons = Counter(entry["reason"] for entry in report["failed"])
    for told in (
        [translated(f"list {url}") for url in lists],
        [say("of", host, translated(why)) for host, why in report.get("given_up", {}).items()],
        [say("times", times, translated(reason)) for reason, times in reasons.most_common()],
    ):
        yield from told[:NAMED]
        if len(told) > NAMED:
            yield say("rest", len(told) - NAMED)
