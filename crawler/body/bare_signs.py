"""A ``<`` that stands for itself: ``x<y。``, ``P<0.05``, ``<征求意见稿>``; and the tokens of a body without such signs.

HTML's tokenizer takes every ``<`` before a letter, ``/``, ``!`` or ``?`` for the beginning of markup. In an article it
is that only when an element of HTML begins there, or one that is closed by its name.
"""

import re
from collections import Counter
from itertools import pairwise

from crawler.body.policy import DANGEROUS, TABLE_PARTS, dangerous_name
from crawler.body.syntax import SPAN_ELEMENTS, words
from crawler.markup import VOID, Token, tokens
from crawler.patterns import compiled

ELEMENTS = (
    DANGEROUS
    | VOID
    | TABLE_PARTS
    | SPAN_ELEMENTS
    | words(
        "a address area article aside b bdi blink blockquote center col data details dd dfn dir div dl dt em fieldset"
        " figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i legend li main map marquee menu menuitem"
        " meter multicol nav nobr ol p picture pre progress rtc s search section spacer strike summary table time"
        " u ul wbr"
    )
)
"""What HTML knows, or knew once."""
_SIGN = compiled(
    r"<(?:(?P<close>/)?(?P<name>[A-Za-z][^\t\n\f\r />< ]*+)(?P<rest>[^<>]*+)|(?P<mark>[!?/])[^<>]*+)(?P<end>>?)"
)
_DECLARED = compiled(
    r"<!(?:--|\[|(?i:doctype|element|entity|attlist|notation)\b)|<\?(?:(?i:xml|php|import|mso)\b|[^<>]*+(?<=\?)>)"
    r"|</[\t\n\f\r ]++[A-Za-z][A-Za-z0-9]*+[\t\n\f\r ]*+>"
)
"""What begins with such a sign and is markup: comments, declarations, instructions, an end tag with a blank in it."""
_MISTYPED = compiled("<!--[^<>]*+(?<=[^-]-)>(?:[^<-]++|-(?!-!?>)|<(?!!--))*+<!--")
_COMMENT = compiled("<!--(?!-?>)")
_PARAGRAPH, _SENTENCE = compiled(r"<p[\s>]", re.IGNORECASE), compiled(">[^<>。]{8,}+。")
_VALUE = compiled("=[\"']")
_GIVEN = compiled(r"[\t\n\f\r /][a-z][a-z-]*+=", re.IGNORECASE)
_ONE_LETTER = words("a b i p q s u")
_WORDS_ALONE = compiled(r"[\t\n\f\r ]++(?!hidden\b)[^\s<>=\"'/][^<>=\"'/]*+\Z")
"""What follows the name in ``a<b and c>d``: no value, no end of an element."""
_APART = compiled(r"[\t\n\f\r /<>]++")
_SWALLOWED = compiled(r"(?:[^<>=\"']|<(?!!)=?){0,200}+>")
"""What a browser takes for the rest of a tag where a sign stays: no value, no comment, nothing far away."""
_COULD_BE_TAG = compiled(
    r"<(?![0-9])[^\x00- !-,/;-@\[-\]`{-~\x7f-\xa0，。；：、（）《》「」【】“”‘’！？…\u3000]"
    r"[^\x00- !-,/;<>?@\[-\]`{-~\x7f-\x9f，。；：、（）《》「」【】“”‘’！？…\u3000]*+"
    r"(?:[\s=]++[^\s!-,/;-@\[-\]`{-~，。；：、（）《》「」【】“”‘’！？…\u3000]*+)*+(?:[\"']|/?>)"
)
"""A ``<`` that kramdown may read as a tag: it knows names and words in any script, and ends a tag at the next ``>``."""


def bare_signs(source: str) -> list[int]:
    """Where a ``<`` stands that HTML would take for markup, and that is none: the time is linear."""
    found, unknown, odd = list[int](), list[tuple[int, str]](), list[tuple[int, str]]()
    opened, closed = Counter[str](), dict[str, int]()
    ends = Counter[str]()
    unended = _unended_comments(source)
    for match in _SIGN.finditer(source) if "<" in source else ():
        at, name = match.start(), match["name"]
        if name is None:
            if not _DECLARED.match(source, at) or at in unended:
                found.append(at)
            continue
        name, rest = name.lower(), match["rest"]
        cut = not match["end"] and match.end() < len(source)  # another sign comes before its end
        says = rest.strip() and not _GIVEN.search(rest) and name not in DANGEROUS
        if not name.isascii() or (cut and (says or not rest)):
            found.append(at)
        elif match["close"]:
            closed[name] = at
            ends[name] += 1
            if name not in ELEMENTS and name not in opened:
                found.append(at)
        elif name in _ONE_LETTER and match["end"] and _WORDS_ALONE.match(rest):
            odd.append((at, name))
        else:
            opened[name] += 1
            if name not in ELEMENTS and not _VALUE.search(rest):
                unknown.append((at, name))
    found += [at for at, name in unknown if closed.get(name, 0) < at]
    return sorted(found + [at for at, name in odd if ends[name] <= opened[name]])


def _unended_comments(source: str) -> set[int]:
    """Where comments begin that nothing ends, only ``->`` before the next one, or only the end of the next one.

    Of the last it must be told: there are fewer ends than beginnings, and it would hide a sentence of a paragraph.
    """
    starts = [m.start() for m in _COMMENT.finditer(source)] if "<!--" in source else []
    if not starts:
        return set()
    ended, few = max(source.rfind("-->"), source.rfind("--!>")), source.count("-->") < len(starts)
    found = {at for at in starts if ended < at or _MISTYPED.match(source, at)}
    if few:
        found |= {at for at, following in pairwise(starts) if _hides(source, at, following)}
    return found


def _hides(source: str, at: int, following: int) -> bool:
    """Whether a comment that goes on to the beginning of the next one holds a sentence of a paragraph."""
    paragraph = _PARAGRAPH.search(source, at, following)
    is_one = paragraph is not None and source.find("-->", at, following) < 0
    return is_one and _SENTENCE.search(source, at, following) is not None


def tokens_between(source: str, signs: list[int]) -> list[Token]:
    """The tokens of a body in which these signs are text."""
    return list(tokens(without_signs(source, signs)))


def without_signs(source: str, signs: list[int]) -> str:
    """The body with something in the place of these signs that no reader takes for markup."""
    return _with(source, signs, "\0")


def escaped(source: str, signs: list[int]) -> str:
    """The body with these signs written ``&lt;``."""
    return _with(source, signs, "&lt;")


def _with(source: str, signs: list[int], text: str) -> str:
    pieces, position = list[str](), 0
    for at in signs:
        pieces += (source[position:at], text)
        position = at + 1
    return "".join([*pieces, source[position:]]) if signs else source


def could_be_tag(source: str, at: int) -> bool:
    """Whether kramdown may take a ``<`` that is text for a browser for the beginning of a tag."""
    return _COULD_BE_TAG.match(source, at) is not None


def may_stay(source: str, at: int) -> bool:
    """Whether a bare sign may go out as it is: kramdown takes it for text, and nothing acts where somebody does not."""
    if could_be_tag(source, at) or source.startswith(("<?", "<!-", "<![", "<!d", "<!D"), at):
        return False
    match = _SWALLOWED.match(source, at + 1)
    return match is not None and not any(map(dangerous_name, _APART.split(match[0].lower())))
