"""What cannot be read is told apart from what stands beside it, and a post says no more than its pages did."""

from dataclasses import replace
from pathlib import Path

import pytest
from crawling import given
from reprocess import makers
from reprocess.makers import Art
from store.samples import CODE, POST

from crawler import post_format
from crawler.archive import Skipped
from crawler.archive.sections import Section
from crawler.archive.walk import InputFile
from crawler.assemble.outcome import Assembled, Rejected, of_post
from crawler.items import POST_FIELDS, Article, Page
from crawler.reprocess.spool import Spool
from crawler.reprocess.steps import Inputs, Work, WorkerTools, as_written, assemble, parts_of, read_inputs
from crawler.store.outcomes import Record
from crawler.store.posts import PostStore

LOST = Skipped("saved/lost.html", "truncated", failed=True)


@pytest.fixture
def tools(tmp_path: Path) -> WorkerTools:
    (tmp_path / "state").mkdir()
    return WorkerTools.of(Spool(tmp_path / "state"), PostStore(tmp_path), given(), None)


def page(number: int) -> Page:
    return Page(url="", body=makers.desktop(Art(number)).encode(), source=f"saved/{number}.html")


def test_what_pages_say_is_found_again_by_its_address(tools: WorkerTools) -> None:
    (read,) = read_inputs(tools, Inputs(7, [page(0), page(1)]))
    assert (read.number, read.size) == (7, 2)
    for number, (line, said) in enumerate(read.lines):
        ((code, address),) = said
        assert [code] == line.codes == [Art(number).id]
        assert tools.spool.get(address).title == Art(number).name


@pytest.mark.parametrize(
    ("items", "sizes"),
    [
        ([LOST], [1]),
        ([page(0), page(1)], [2]),
        ([page(0), LOST, LOST, page(1), page(2)], [1, 2, 2]),
        ([LOST, page(0)], [1, 1]),
    ],
)
def test_what_may_be_read_another_time_is_apart(
    tools: WorkerTools, items: list[Page | Skipped], sizes: list[int]
) -> None:
    read = read_inputs(tools, Inputs(7, [*items]))
    assert [part.size for part in read] == sizes
    assert [line.path for part in read for line, _ in part.lines] == [item.source for item in items]
    for part in read:
        assert len({line.again for line, _ in part.lines}) == 1
    assert len({part.number for part in read}) == len(sizes)
    assert [part.number for part in read] == [part.number for part in parts_of(Inputs(7, [*items]), sizes)]


def test_a_section_that_cannot_be_read_by_itself_gives_nothing(tools: WorkerTools, tmp_path: Path) -> None:
    (tmp_path / "x.warc").write_bytes(b"no archive")
    section = Section(InputFile(str(tmp_path / "x.warc"), "x.warc", 10), 0, 10)
    batch = Inputs(7, [section])
    assert batch.section == section
    assert read_inputs(tools, batch) == []
    assert Inputs(7, []).section is None
    assert Inputs(7, [LOST]).section is None


def told(**changed: object) -> Article:
    values = {name: getattr(POST, name) for name in ("code", *POST_FIELDS)}
    return Article(**{**values, "origin": "post-file", "url": "saved/x.md", "text": POST.body, **changed})  # type: ignore[arg-type]


def record(**changed: object) -> Record:
    sources = (("share", (0, 0, 0, "ab"), ("text",)), ("finews-page", (0, 0, 0, "cd"), ("title", "time")))
    digest = of_post(POST, post_format.render(POST)).sha256
    return Record(CODE, "x.md", digest, sources)._replace(**changed)  # type: ignore[arg-type]


def test_a_post_that_a_run_wrote_says_what_its_pages_said() -> None:
    said = as_written(told(), [record()])
    assert [article.origin for article in said] == ["share", "finews-page", "list"]
    assert [(article.text, article.title) for article in said] == [(POST.body, None), (None, POST.title), (None, None)]


@pytest.mark.parametrize(
    ("article", "records"),
    [
        (told(), []),
        (told(), [record(code="NW202201142248170579")]),
        (told(), [record(sha256=None)]),
        (told(title="改过的题"), [record()]),
        (told(text="<p>改过</p>"), [record()]),
        (told(origin="share"), [record()]),
        (told(tag=None), [record()]),
    ],
)
def test_any_other_says_what_it_says_itself(article: Article, records: list[Record]) -> None:
    assert as_written(article, records) == [article]


def test_articles_are_made_or_rejected_and_what_was_said_is_not_lost(tools: WorkerTools, tmp_path: Path) -> None:
    whole, untitled = page(0), Page(url="", body=makers.news_text(Art(1)).encode(), source=f"saved/NW{Art(1).id}.json")
    works = []
    for number, found in enumerate((whole, untitled)):
        url = "" if found is whole else f"http://finews.zning.xyz/NewsData/GetNewsText.do?id=NW{Art(1).id}"
        (read,) = read_inputs(tools, Inputs(number, [Page(url=url, body=found.body, source=found.source)]))
        ((_, said),) = read.lines
        works.append(Work(Art(number).id, [address for _, address in said], [], []))
    good, bad = assemble(tools, works)
    assert (good.outcome, good.file, good.data) == ("written", Art(0).file, b"")
    assert [*tmp_path.rglob(Path(good.prepared).name)]
    assert (bad.outcome, bad.reason, bad.post) == ("quarantined", "no title", None)
    assert [article.text for article in bad.unused] == [Art(1).body]


def test_nor_is_it_where_an_article_takes_too_long(tools: WorkerTools) -> None:
    def too_slow(*_: object) -> list[Assembled]:
        raise Rejected("takes too long")

    (read,) = read_inputs(tools, Inputs(7, [page(0)]))
    addresses = [address for _, said in read.lines for _, address in said]
    slow = replace(tools, assembler=too_slow)  # type: ignore[arg-type]
    (one,) = assemble(slow, [Work(Art(0).id, addresses, [], [told()])])
    assert (one.outcome, one.reason, one.code) == ("quarantined", "takes too long", CODE)
    assert [article.title for article in one.unused] == [Art(0).name, POST.title]
