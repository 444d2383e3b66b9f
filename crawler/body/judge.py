"""The judge: nh3 parses a body as a browser does and says whether it would remove anything dangerous from it.

nh3 never writes what goes out. It is asked with a policy made for the body: every element and attribute that the body
holds is allowed, except the dangerous ones; the body is safe when nothing is missing from nh3's answer.
"""

import html
from collections import Counter
from collections.abc import Iterable

import nh3

from crawler.body.bare_signs import bare_signs, escaped
from crawler.body.policy import (
    DANGEROUS,
    TABLE_PARTS,
    URL_ATTRIBUTES,
    dangerous_name,
    dangerous_url,
    dangerous_value,
    decode_attribute,
)
from crawler.markup import Token, attributes, tokens
from crawler.patterns import compiled

_SCHEME = compiled(r"\s*+[A-Za-z][A-Za-z0-9+.\-]*+:")
_MANY = 1000
_MOST_MOVED = 10**10
_BLANKS = dict.fromkeys(map(ord, "\t\n\f\r \u00a0\ufeff"))


def is_harmless(body: str) -> bool:
    """Whether nh3, and with it a browser, sees in the body what its tokens say, and nothing dangerous.

    A ``<`` that stays as text is judged as kramdown writes it.
    """
    if body.count("&") > _MANY:
        body = _without_references(body)
    body = escaped(body, bare_signs(body))
    return not too_much_for_nh3(body) and _agrees(body)


def _agrees(body: str) -> bool:
    toks = list(tokens(body))
    tags = Counter(token.name for token in toks if token.kind == "start")
    if not tags.keys().isdisjoint(DANGEROUS):
        return False
    asked: Counter[tuple[str, str]] = Counter()
    for token in toks:
        if token.kind == "start":
            held = attributes(body, token)
            # Of two equal names a browser takes the first; the other is for kramdown, and looked at here.
            if any(dangerous_value(token.name, a.name, decode_attribute(a.value)) for a in held):
                return False
            first = {a.name: a for a in reversed(held)}
            asked.update(_normal(name, decode_attribute(a.value)) for name, a in first.items())
    seen: Counter[tuple[str, str]] = Counter()
    answer = _answer(body, set(tags), asked, seen)
    if answer is None:
        return False
    answered = list(tokens(answer))
    kept = Counter(token.name for token in answered if token.kind == "start")
    if any(kept[name] < count for name, count in tags.items() if name not in TABLE_PARTS):
        return False
    if TABLE_PARTS.isdisjoint(tags):
        lost = [key for key, count in asked.items() if seen[key] < count]
        if not all(_is_odd_address(*key) for key in lost):
            return False
    return _letters(body, toks) == _letters(answer, answered)


def _answer(body: str, tags: set[str], asked: Iterable[tuple[str, str]], seen: Counter[tuple[str, str]]) -> str | None:
    """What nh3 leaves of the body, its attributes in ``seen``; None when a value in it is dangerous."""
    dangers = []

    def look(tag: str, name: str, value: str) -> str:
        seen[_normal(name, value)] += 1
        if dangerous_value(tag, name, value):
            dangers.append(name)
        return value

    answer = nh3.clean(
        body,
        tags=tags,
        clean_content_tags=set(),
        attributes={"*": {name for name, _ in asked if not dangerous_name(name)}},
        attribute_filter=look,
        strip_comments=True,
        link_rel=None,
        url_schemes=_schemes(asked),
    )
    return None if dangers else answer


def _schemes(values: Iterable[tuple[str, str]]) -> set[str]:
    """The schemes of the body's addresses, less the dangerous ones; which ones are is `dangerous_url`'s to say."""
    schemes = {"http", "https", "data"}
    for name, value in values:
        if name in URL_ATTRIBUTES and (match := _SCHEME.match(value)) and not dangerous_url(value):
            schemes.add(match[0][:-1].strip().lower())
    return schemes


def _normal(name: str, value: str) -> tuple[str, str]:
    return name, value.replace("\r\n", "\n").replace("\r", "\n")


def _is_odd_address(name: str, value: str) -> bool:
    """Whether nh3 takes offence at the address as such (``http://a b/``): it loads nothing then, and runs nothing."""
    alone = nh3.clean(f'<a href="{html.escape(value)}">', tags={"a"}, url_schemes=_schemes([(name, value)]))
    return name in URL_ATTRIBUTES and "href" not in alone


def too_much_for_nh3(body: str) -> bool:
    """Whether nh3 would need seconds: for each ``&`` it moves what follows, for each tag it asks all that is open."""
    return body.count("&") * len(body) > _MOST_MOVED or is_deep(body)


def is_deep(body: str) -> bool:
    """Whether so many elements are open at once that tree builders ask each of them for each tag."""
    if body.count("<") < _MANY:
        return False
    depth = deepest = 0
    for token in tokens(body):
        depth += (token.kind == "start") - (token.kind == "end" and depth > 0)
        deepest = max(deepest, depth)
    return deepest > _MANY


def _without_references(body: str) -> str:
    """The body with every ``&`` of its text left out: what a text says makes no markup."""
    pieces, position = list[str](), 0
    for token in tokens(body):
        pieces += (body[position : token.start].replace("&", ""), body[token.start : token.end])
        position = token.end
    return "".join([*pieces, body[position:].replace("&", "")])


def _letters(source: str, toks: list[Token]) -> Counter[str]:
    """How often each character occurs in the text; blanks, which parsers move and merge, do not count."""
    pieces, position = [], 0
    for token in toks:
        pieces.append(source[position : token.start])
        position = token.end
    pieces.append(source[position:])
    return Counter("".join(map(html.unescape, pieces)).translate(_BLANKS))
