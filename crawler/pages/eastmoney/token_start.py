"""Where the token begins that a place in a page lies in, without reading the tags before it."""

from crawler.markup import RAW_TEXT, WS, tokens
from crawler.patterns import compiled

UNUSED = frozenset({"template", "noscript"})
"""Elements whose content no reader sees: scripts are on."""
_HIDERS = sorted(RAW_TEXT | UNUSED)
_FIRST, _SECOND = ("".join(name[at] + name[at].upper() for name in _HIDERS) for at in (0, 1))
_HIDING = compiled(
    rf"<[!{_FIRST}][{_SECOND}-](?:(?<=!-)-|(?i:{'|'.join(f'(?<={name[:2]}){name[2:]}' for name in _HIDERS)})[{WS}/>])"
)
"""What begins a comment, raw text, or what no reader sees; two sets of characters rule out nearly every tag."""
_BEGINS = compiled("<[A-Za-z/!?]")


def token_start(source: str, start: int, place: int) -> int:
    """Where the token begins that ``place`` lies in, or one before it that may hide others; ``place``: in text.

    ``start`` is a place between tokens. What hides others is a comment, raw text, or what no reader sees. Tags before
    that are not read where the last ``>`` and the last quotes show that none of them is open there.
    """
    hiding = _HIDING.search(source, start, place)
    at = hiding.start() if hiding else place
    behind = max(start, source.rfind(">", start, at) + 1)
    begin = _BEGINS.search(source, behind, at + 2)
    at = begin.start() if begin else at
    if _may_be_in_value(source, start, behind, at):
        token = next((token for token in tokens(source, start) if token.end > at), None)
        return min(token.start, at) if token else at
    return at


def _may_be_in_value(source: str, start: int, behind: int, at: int) -> bool:
    """Whether a tag may be open at a place: a quote before it that begins a value, or a text with one ``behind`` a tag.

    In a value, the last of its quotes is the one that begins it; in a tag that holds a ``>``, one stands behind that.
    """
    for quote in "\"'":
        last = source.rfind(quote, start, at)
        if last >= 0 and (last >= behind or source[last - 1] in "= \t\n\f\r"):
            return True
    return False
