"""The log of what clients asked for, kept by the serving thread and read by others."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

from crawler.demo.messages import Request


@dataclass(frozen=True, slots=True)
class Record:
    """One request that came in.

    `time` is in seconds of the monotonic clock, `path` has the query, `status` is None when a fault sent none, `fault`
    is the kind's name or "", `headers` are the request's, names in lower case.
    """

    time: float
    scheme: str
    host: str
    path: str
    method: str
    status: int | None
    fault: str
    headers: Mapping[str, str]


class RequestLog:
    """Records in the order in which requests came."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._records: list[Record] = []

    def add(self, request: Request, status: int | None, fault: str) -> None:
        """Write down a request and what was made of it."""
        when = time.monotonic()
        scheme, host, path = request.scheme, request.host, request.target
        record = Record(when, scheme, host, path, request.method, status, fault, request.headers)
        with self._lock:
            self._records.append(record)

    def records(self) -> list[Record]:
        """Return a copy of the records so far."""
        with self._lock:
            return list(self._records)

    def clear(self) -> None:
        """Forget all records."""
        with self._lock:
            self._records.clear()
