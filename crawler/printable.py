"""Foreign text on its way to a terminal, a log or a list of lines: nothing in it acts, or begins a line of its own."""

from crawler.patterns import compiled

UNSAFE = compiled(
    "[\0-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]"
)


def printable(text: str) -> str:
    r"""The text on one line, what would act on a terminal spelled as Python does: ``\x1b``, ``\n``, ``\u202e``."""
    return UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)
