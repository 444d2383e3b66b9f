"""One article of the invented world, and the source post it has on the finews site."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from crawler.sites import EMNEWS
from crawler.urls import PATH_SIGNS


def quoted(path: str) -> str:
    """Percent-encode a path as Jekyll does."""
    return quote(path, safe=PATH_SIGNS)


@dataclass(frozen=True, slots=True)
class DemoArticle:
    """An article as the share host and the finews site know it.

    `code` is the infoCode of a media article (`NW` + 18 digits) or the bare news id of an emnews one, `date` is naive
    Beijing time, `category` the slug and `tag` the medium + 新闻, `link` the address in `<…>` at the post's end ("" for
    none). `digest` is None for media articles. `text` and `content` are the two bodies of the article JSON: no stock
    links in the prose of the first, keyword spans in the second.
    """

    code: str
    title: str
    date: datetime
    category: str
    tag: str
    link: str = ""
    digest: str | None = None
    text: str = ""
    content: str = ""

    @property
    def info_code(self) -> str:
        """The id that the article JSON is asked by: always with `NW`."""
        return "NW" + self.code.removeprefix("NW")

    @property
    def file_name(self) -> str:
        """The name of the post's file."""
        return f"{self.date:%Y-%m-%d}-{self.code}.md"

    @property
    def categories(self) -> list[str]:
        """What Jekyll makes of the category: it splits the string at blanks."""
        return self.category.split()

    @property
    def tags(self) -> list[str]:
        """What Jekyll makes of the tag."""
        return self.tag.split()

    @property
    def path(self) -> str:
        """The post's page on the site, as linked: `/<category>/YYYY/MM/DD/<code>.html`, the category in lower case."""
        segments = [part.lower() for part in self.categories]
        return quoted("/" + "/".join([*segments, f"{self.date:%Y/%m/%d}", f"{self.code}.html"]))

    @property
    def list_path(self) -> str:
        """The list page named in the post's footer (slug with case and blanks kept)."""
        return "/emnews/" if self.category == EMNEWS else f"/category/{self.category}.html"


def post_body(article: DemoArticle) -> str:
    """Return the article's markup as the post has it: the source removes every pair of U+3000, nothing else."""
    body = article.text if article.digest is None else article.content
    return body.replace("\u3000\u3000", "")
