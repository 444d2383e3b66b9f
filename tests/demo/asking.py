"""What tests of the world ask it, and find in its pages."""

import re

FETCH = "import urllib.request as u; r = u.urlopen({!r}); print(r.status, len(r.read()))"
"""A program that fetches an address."""


def hrefs(page: str) -> list[str]:
    return re.findall(r'<li><a href="([^"]*)"', page)
