"""The rules in force: which fault, if any, strikes a request. They can be changed while the world runs."""

import hashlib
import threading
from collections import Counter
from collections.abc import Iterable

from world.fault_kinds import KINDS
from world.fault_rule import Fault


def _checked(fault: Fault) -> Fault:
    if fault.kind not in KINDS:
        raise ValueError(f"no fault kind {fault.kind!r}; kinds: {', '.join(KINDS)}")
    return fault


class Faults:
    """Rules in order; the first that strikes wins. The same seed and requests give the same strikes in any order.

    Chance hangs on the seed, the rule, the URL and how often the rule met that URL, so that neither concurrency nor the
    order of requests alters it, and a repeated request gets a new throw.
    """

    def __init__(self, rules: Iterable[Fault] = (), seed: int = 0) -> None:
        self._lock = threading.Lock()
        self._seed = seed
        self._rules: list[Fault] = []
        self._met: Counter[tuple[Fault, str]] = Counter()
        self._struck: Counter[tuple[Fault, str]] = Counter()
        self.replace(*rules)

    def replace(self, *rules: Fault) -> None:
        """Put these rules in place of all others and count anew; without rules, all is well again."""
        checked = [_checked(rule) for rule in rules]
        with self._lock:
            self._rules = checked
            self._met.clear()
            self._struck.clear()

    def add(self, *rules: Fault) -> None:
        """Put more rules behind those in force."""
        checked = [_checked(rule) for rule in rules]
        with self._lock:
            self._rules += checked

    @property
    def rules(self) -> list[Fault]:
        """The rules in force, in order: a copy."""
        with self._lock:
            return list(self._rules)

    def strike(self, host: str, target: str) -> Fault | None:
        """Return the fault that befalls a request for `target` (path and query) of `host`; counts it as used."""
        with self._lock:
            return next((rule for rule in self._rules if self._strikes(rule, host, target)), None)

    def _strikes(self, rule: Fault, host: str, target: str) -> bool:
        if not rule.meets(host, target):
            return False
        url = host + target
        self._met[rule, url] += 1
        counted = (rule, url if rule.per_url else "")
        if rule.first is not None and self._struck[counted] >= rule.first:
            return False
        if rule.share < 1 and self._throw(rule, url) >= rule.share:
            return False
        self._struck[counted] += 1
        return True

    def _throw(self, rule: Fault, url: str) -> float:
        """Return a number in [0, 1)."""
        key = f"{self._seed} {rule.kind} {rule.host} {rule.path} {url} {self._met[rule, url]}"
        return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=6).digest()) / 2**48
