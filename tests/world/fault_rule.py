"""One rule of the fault table: where it applies, how often, and what goes wrong."""

import re
from dataclasses import dataclass
from datetime import timedelta
from fnmatch import fnmatchcase

from crawler.demo.messages import Request, Response


@dataclass(frozen=True, slots=True)
class Fault:
    """`kind` is a key of `fault_kinds.KINDS`.

    A request is met when the `host` glob fits its host and the `path` regex is found in its path and query.
    Of those met, `share` (0..1) go wrong, and only while fewer than `first` have (of the same URL, with `per_url`).
    The last five fields are what some kinds ask for: `status` 400..599, `retry_after` seconds, an HTTP date,
    or what such a date is ahead of the answer, `seconds` of delay, `size` in bytes, `location` of a redirect.
    """

    kind: str
    host: str = "*"
    path: str = ""
    share: float = 1.0
    first: int | None = None
    per_url: bool = False
    status: int = 503
    retry_after: str | int | timedelta | None = None
    seconds: float = 1.0
    size: int = 50_000_000
    location: str = "https://elsewhere.example/"

    def meets(self, host: str, target: str) -> bool:
        """Tell whether the rule is about requests for `target` (path and query) of `host`."""
        return fnmatchcase(host, self.host) and re.search(self.path, target) is not None


@dataclass(frozen=True, slots=True)
class Strike:
    """A fault and what it befalls: the request, and the response that would have been right."""

    request: Request
    response: Response
    fault: Fault
