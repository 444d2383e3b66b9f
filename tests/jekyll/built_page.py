"""What a reader of a built page sees, told by a parser that knows nothing of this project."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
from jekyll.post_case import Written, letters, shown

_HOST = re.compile(r"[a-z0-9][a-z0-9.-]*[a-z0-9]")
_WRAPPING = ["section", "div", "body", "html"]
"""What the layout puts round a post."""


def parse(file: Path) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(file.read_bytes().decode(), parser=lxml.html.HTMLParser(huge_tree=True))


def links(element: lxml.html.HtmlElement) -> dict[str, str]:
    """The addresses that links of a page lead to, with what is seen of each link."""
    return {unquote(a.get("href", "")): letters(a.text_content()) for a in element.iter("a")}


def report(found: Iterable[object]) -> str:
    lines = [str(line)[:400] for line in found]
    return "\n".join([f"{len(lines)} faults", *lines[:25]])


def text_of(body: str) -> str:
    """What is seen of a body."""
    return letters(str(lxml.html.fragment_fromstring(body, create_parent="section").text_content()))


def picture_hosts(body: str) -> set[str]:
    """The hosts of the pictures in a body."""
    if not body.strip():
        return set()
    found = lxml.html.fragment_fromstring(body, create_parent="section").iter("img")
    addresses = [address for img in found for address in (img.get("src", ""), *img.get("srcset", "").split(","))]
    hosts = {urlsplit(address.split()[0]).netloc.lower() for address in addresses if address.strip()}
    return {host for host in hosts if _HOST.fullmatch(host)}


@dataclass(frozen=True)
class BuiltPage:
    """The page of a post that was written."""

    written: Written
    file: Path

    @cached_property
    def section(self) -> lxml.html.HtmlElement:
        return next(parse(self.file).iter("section"))

    @property
    def title(self) -> str:
        return letters(str(next(self.section.iter("h1")).text_content()))

    @cached_property
    def _share(self) -> lxml.html.HtmlElement | None:
        """The paragraph of the share link: the last link to that address, where no block of the body holds it."""
        found = [a for a in self.section.iter("a") if a.get("href") == self.written.post.link]
        return found[-1].getparent() if found else None

    @property
    def text(self) -> str:
        """What is seen between the title and the share link."""
        pieces, inside = [], False
        for element in self.section:
            if element is self._share:
                break
            if inside and isinstance(element.tag, str):
                pieces.append(element.text_content())
            inside = inside or element.tag == "h1"
            pieces.append(element.tail or "" if inside else "")
        return letters("".join(pieces))

    @property
    def pictures(self) -> list[str]:
        return [img.get("src", "") for img in self.section.iter("img")]

    def footer_faults(self) -> list[str]:
        """What is wrong with the two lines below the body."""
        post = self.written.post
        if self._share is None:
            return ["the share link is no link"]
        above = [element.tag for element in self._share.iterancestors()]
        if above != _WRAPPING:
            return [f"the share link is inside of {above}"]
        after = self._share.getnext()
        if after is None:
            return ["no footer"]
        found = links(after)
        if "|" in post.tag:  # kramdown makes a table of the line, as it does on the source's own pages
            return [] if found.get("//finews.withounder.com/") == "返回首页" else [f"no way home: {found}"]
        path = "/emnews/" if post.kind == "emnews" else f"/category/{post.category}.html"
        wanted = {f"//finews.withounder.com{path}": f"返回{post.tag}", "//finews.withounder.com/": "返回首页"}
        return [
            f"{text} is no link to {href}: {found}"
            for href, text in wanted.items()
            if found.get(unquote(href)) != shown(text)
        ]
