"""The two steps that any process can do: a batch of inputs is read, a batch of articles is assembled and prepared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate, groupby, islice
from typing import Any, NamedTuple, Self, TypeAlias

from crawler import post_format, sites
from crawler.archive import Cost, InputFile, NotByItself, ReadResult, Section
from crawler.assemble.assembler import Assembler, code_of_rejected
from crawler.assemble.outcome import Assembled, Rejected, of_rejected
from crawler.assemble.stages import Stage
from crawler.assemble.versions import copies
from crawler.items import POST_FIELDS, Article, OnDisk, Post, changed
from crawler.reprocess.keys import number_of
from crawler.reprocess.reading import ReportLine, read, read_section
from crawler.reprocess.spool import Spool
from crawler.store.outcomes import Record
from crawler.store.posts import PostStore
from crawler.time_limit import time_limit

Line: TypeAlias = tuple[ReportLine, list[tuple[str, int]]]
"""A line of the report, with the code of each article that it tells of and the address of what it says."""


class Inputs(NamedTuple):
    """Files and pages that are read together, or one section of a large file."""

    number: int
    """By which what they say is found again."""
    items: list[InputFile | ReadResult] | list[Section]

    @property
    def section(self) -> Section | None:
        """The section, if they are one."""
        first = self.items[0] if self.items else None
        return first if isinstance(first, Section) else None


class Read(NamedTuple):
    """What came of inputs that stand together."""

    number: int
    """By which what they say is found again."""
    size: int
    """How many they are."""
    lines: list[Line]
    cost: Cost = Cost()
    """Of a section."""


class Work(NamedTuple):
    """What an article is made of."""

    digits: str
    addresses: list[int]
    """Of what is said of it in this run."""
    records: list[Record]
    """What is known of its posts."""
    kept: list[Article]
    """What pages of earlier runs said of it."""


@dataclass(frozen=True, slots=True)
class WorkerTools:
    """What every process has."""

    spool: Spool
    assembler: Assembler
    posts: PostStore
    known: sites.Sites

    @classmethod
    def of(cls, spool: Spool, posts: PostStore, settings: Mapping[str, Any], pictures: Stage | None) -> Self:
        """Those that the settings want."""
        return cls(spool, Assembler(settings, pictures), posts, sites.Sites.from_settings(settings))


def read_inputs(tools: WorkerTools, batch: Inputs) -> list[Read]:
    """Read files and pages: the line of each, and where what it says of which article is kept.

    Those of which another try may bring something else are apart from the others, so that they alone are tried again.
    Nothing comes of a section that cannot be read by itself.
    """
    if section := batch.section:
        try:
            told, cost = read_section(section, tools.known)
        except NotByItself:
            return []
        return [_kept(tools, batch, told)._replace(cost=cost)]
    found = [[*read(item, tools.known)] for item in batch.items if not isinstance(item, Section)]
    sizes = [len([*some]) for _, some in groupby(any(line.again for line, _ in one) for one in found)]
    rest = iter(found)
    return [
        _kept(tools, part, [both for one in islice(rest, len(part.items)) for both in one])
        for part in parts_of(batch, sizes)
    ]


def parts_of(batch: Inputs, sizes: Sequence[int]) -> list[Inputs]:
    """Parts of these sizes of a batch, each with a number of its own."""
    if len(sizes) < 2:
        return [batch]
    ends = [*accumulate(sizes)]
    return [
        Inputs(number_of((batch.number, end)), batch.items[end - size : end])
        for size, end in zip(sizes, ends, strict=True)
    ]


def _kept(tools: WorkerTools, part: Inputs, found: list[tuple[ReportLine, tuple[Article, ...]]]) -> Read:
    addresses = iter(tools.spool.add(part.number, [article for _, articles in found for article in articles]))
    lines = [(line, [(article.code, next(addresses)) for article in articles]) for line, articles in found]
    return Read(part.number, len(part.items), lines)


def assemble(tools: WorkerTools, batch: list[Work]) -> list[Assembled]:
    """Assemble articles, each told by what lies at some addresses, and prepare their posts; they are not stored yet."""
    made = []
    for work in batch:
        read = map(tools.spool.get, work.addresses)
        said = [*(one for article in read for one in as_written(article, work.records)), *work.kept]
        made += _articles(tools, said, tools.posts.look(work.records))
    for one in made:
        tools.posts.prepare(one)
    return made


def as_written(article: Article, records: Sequence[Record]) -> list[Article]:
    """What the page says; of a post that an earlier run wrote, what the pages said that it is made of, and its name.

    It is no word of the site's, unless one of those pages was.
    """
    of_post = article.origin == "post-file" and article.title and article.time and article.category and article.tag
    if not (of_post and (record := next((one for one in records if one.code == article.code and one.sha256), None))):
        return [article]
    post = Post(**{name: getattr(article, name) for name in ("code", *POST_FIELDS)}, body=article.text or "")
    if sha256(post_format.render(post)).hexdigest() != record.sha256:
        return [article]
    name = Article(code=article.code, origin="list", url=article.url)
    kind = article.kind if len(records) > 1 else None  # of two posts each has its own pages
    return [changed(one, kind=one.kind or kind) for one in (*copies(post, record.sources), name)]


def _articles(tools: WorkerTools, said: list[Article], on_disk: list[OnDisk]) -> list[Assembled]:
    try:
        with time_limit(Rejected):
            return tools.assembler(said, on_disk)
    except Rejected as rejected:
        return [of_rejected(code_of_rejected(said), rejected, unused=said)]
