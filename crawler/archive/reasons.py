"""Why a file could not be read: exceptions in words."""

from crawler.archive.found import Exceeded, Exhausted, shown
from crawler.archive.payload import Undecodable

_REASONS: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], str], ...] = (
    ((Exceeded, Exhausted, Undecodable), "{}"),
    (PermissionError, "no permission to read it"),
    (RecursionError, "nested too deeply"),
    (EOFError, "truncated: {}"),
)


def reason_of(error: BaseException) -> str:
    """Say in a few words what an exception means for the file."""
    text = shown(" ".join(str(error).split()))[:160]
    for kinds, reason in _REASONS:
        if isinstance(error, kinds):
            return reason.format(text)
    if any(word in text.lower() for word in ("unexpected end", "truncated", "incomplete")):
        return f"truncated: {text}"
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror}"
    return f"damaged: {text or type(error).__name__}"
