"""Why a file could not be read: exceptions in words."""

from collections.abc import Iterator

from crawler.archive.entry import Entry, Reader
from crawler.archive.http.payload import Undecodable
from crawler.archive.model import Exceeded, Exhausted, ReadResult, Skipped, printable

_REASONS: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], str], ...] = (
    ((Exceeded, Exhausted, Undecodable), "{}"),
    (PermissionError, "no permission to read it"),
    (RecursionError, "nested too deeply"),
    (EOFError, "truncated: {}"),
)


def reason_of(error: BaseException) -> str:
    """Say in a few words what an exception means for the file."""
    text = printable(" ".join(str(error).split()))[:160]
    for kinds, reason in _REASONS:
        if isinstance(error, kinds):
            return reason.format(text)
    if any(word in text.lower() for word in ("unexpected end", "truncated", "incomplete")):
        return f"truncated: {text}"
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror}"
    return f"damaged: {text or type(error).__name__}"


def reporting_errors(entry: Entry, read: Reader) -> Iterator[ReadResult]:
    """Read an entry; whatever is wrong with it is told once, after what could be read of it."""
    try:
        yield from read(entry)
    except Exhausted as error:
        if entry.depth:
            raise
        yield Skipped(entry.source, str(error), failed=True)
    except Exception as error:  # noqa: BLE001 - hostile containers raise anything; each is reported with its reason
        yield Skipped(entry.source, reason_of(error), failed=True)
