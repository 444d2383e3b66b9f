"""Compares the payload of a WARC record with the digests that were written down with it."""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping

_FIELDS = ("warc-payload-digest", "warc-block-digest")
_ALGORITHMS = frozenset({"sha1", "sha256", "sha384", "sha512", "md5"})


def fits(headers: Mapping[str, str], forms: Iterable[bytes]) -> bool:
    """Tell whether a digest is that of the record in one of its ``forms``, or whether there is none to be compared.

    Writers do not agree on what a digest is of: the payload as it was sent, without its chunks, decoded, or with the
    head before it. Damaged data fits in none of them. A record that says that it is a part has the digest of the whole.
    """
    if headers.get("warc-truncated") or headers.get("warc-segment-number"):
        return True
    told = [digest for field in _FIELDS for digest in _known(headers.get(field, ""))]
    return not told or any(value in _spelled(name, form) for form in forms for name, value in told)


def _known(field: str) -> Iterator[tuple[str, str]]:
    """Give the algorithm and the value of a digest that can be computed."""
    label, _, value = field.strip().partition(":")
    name, value = label.lower().replace("-", ""), value.strip().rstrip("=").lower()
    if name in _ALGORITHMS and len(value) in map(len, _spelled(name, b"")):
        yield name, value


def _spelled(name: str, data: bytes) -> tuple[str, ...]:
    """Spell a digest as it may be written: in base 32, 16 or 64."""
    digest = hashlib.new(name, data, usedforsecurity=False).digest()
    spelled = base64.b32encode(digest), base64.b16encode(digest), base64.b64encode(digest)
    return tuple(text.decode().rstrip("=").lower() for text in spelled)
