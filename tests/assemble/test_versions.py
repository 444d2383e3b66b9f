"""Several pages of one kind, and what earlier runs made of some: one run or ten, in any order, give the same post."""

from dataclasses import replace
from datetime import datetime
from itertools import permutations

import pytest

from crawler import post_format
from crawler.assemble.assembler import Assembler
from crawler.assemble.outcome import Assembled
from crawler.assemble.versions import copies, disagree, split, version_of, whole
from crawler.items import Article, OnDisk

CODE = "NW202201142248170578"
SETTINGS = {"FINEWS_CLEANING": "standard", "FINEWS_KLINE_IMAGES": "remote", "FINEWS_SHARE_HOST": "share.example"}
MANY = "".join(f"<p>第{n}段：港口回升。</p>" for n in range(9))
PAGE = Article(
    code=CODE, origin="article-page", url="http://finance.eastmoney.com/a/1.html", title="题", time="2022-01-14 13:02:00",
    tag="甲报新闻", text=f"{MANY}<script>1</script>",
)  # fmt: skip
REPLY = Article(code=CODE, origin="share", text=f"{MANY}<p>完</p>", fetched=100)
POST = replace(PAGE, origin="finews-page", kind="media", title="站题", category="jia", text=f"{MANY}<p>站</p>")
LATER = replace(PAGE, title="更正", time="2022-01-14 15:30:00", text="<p>更正：港口未回升。</p>")


def runs(*pages: Article) -> Assembled:
    """What the last of these runs makes, of one page each; a page that makes no post alone leaves none behind."""
    on_disk: list[OnDisk] = []
    for page in pages:
        (made,) = Assembler(SETTINGS)([page], on_disk)
        if made.post:
            told = copies(post_format.parse(made.data, made.file), made.post.sources)
            on_disk = [OnDisk(made.code, made.file, made.data, "written", told)]
    return made


@pytest.mark.parametrize(
    "pages",
    [
        (PAGE, POST, replace(REPLY, title="题", tag="甲报新闻")),
        (PAGE, LATER),
        (replace(PAGE, checksum="aa"), replace(LATER, checksum="bb"), replace(PAGE, text=MANY[:60], checksum="cc")),
        (replace(PAGE, checksum="aa"), replace(PAGE, checksum="bb", time=None), POST),
        (replace(LATER, fetched=1642147000), replace(PAGE, fetched=1642148000)),
        (PAGE, replace(PAGE, time=None), replace(PAGE, title="——"), replace(PAGE, text=MANY[:60])),
        (PAGE, replace(PAGE, time="2022-01-14 13:02:46")),
        (PAGE, replace(PAGE, text=PAGE.text and PAGE.text.replace("港口", "\ufffd\ufffd"))),
        (replace(PAGE, fetched=200, text="<p>新</p>"), replace(PAGE, fetched=100, text="<p>旧的更长</p>"), PAGE),
        (
            replace(PAGE, text="&lt;p&gt;&amp;lt;甲&lt;/p&gt;"),
            replace(PAGE, origin="share-page", title="题二", text=None),
        ),
    ],
)
def test_one_run_or_several_in_any_order_give_the_same_bytes(pages: tuple[Article, ...]) -> None:
    (once,) = Assembler(SETTINGS)(pages)
    assert once.data
    for order in permutations(pages):
        assert runs(*order).data == once.data
    assert runs(*pages, *pages).data == once.data


def test_the_later_version_wins_and_is_named_unless_it_is_cut_short() -> None:
    made = runs(PAGE, LATER)
    assert made.post
    assert (made.post.title, made.post.body, made.post.notes) == ("更正", LATER.text, ("versions",))
    cut = replace(LATER, text=MANY[:60])
    made = runs(PAGE, cut)
    assert made.post
    assert made.post.body == MANY
    assert whole([MANY[:60], MANY + "<p>（文章来源：甲报）</p>", MANY]) == 1
    assert not disagree([PAGE, replace(PAGE, text=f"{MANY} <!-- 1 -->")])


def test_a_saved_page_that_is_read_otherwise_is_what_it_says_now() -> None:
    """A reader that was mended says less of the same bytes, be it shorter; what other bytes say is another version."""
    wrong = replace(PAGE, title="题 - 返回首页", text=f"{MANY}<p>返回首页</p>", checksum="aa")
    now = replace(PAGE, text=MANY, checksum="aa")
    (alone,) = Assembler(SETTINGS)([now])
    made = runs(wrong, now)
    assert made.post
    assert (made.data, made.post.notes) == (alone.data, ())
    assert runs(wrong, replace(now, checksum="bb")).data == runs(wrong).data
    assert runs(wrong, replace(now, part=(1, 2))).data == runs(wrong).data


TOLD = int(datetime.fromisoformat("2022-01-14T16:00+08:00").timestamp())


@pytest.mark.parametrize(
    ("first", "second", "wins"),
    [(TOLD, TOLD + 1, 2), (TOLD + 1, TOLD, 1), (TOLD, 0, 1), (0, TOLD, 2), (0, 0, 1), (TOLD - 3600, 0, 1)],
)
def test_a_time_that_is_taken_back_is_none_that_is_later(first: int, second: int, wins: int) -> None:
    """What was fetched later is what the site says, else what says that it was made later; 0: nobody knows when."""
    later, earlier = replace(LATER, fetched=first), replace(PAGE, fetched=second)
    for order in permutations((later, earlier)):
        for made in (runs(*order), *Assembler(SETTINGS)(order)):
            assert made.post
            assert made.post.title == (later if wins == 1 else earlier).title


def test_a_copy_whose_pictures_lie_beside_it_holds_less() -> None:
    live, saved = (
        f'{MANY}<p><img src="{src}"></p>' for src in ("http://a.example/1.jpg", "页面_files/甲甲甲甲甲甲甲甲甲1.jpg")
    )
    made = Assembler(SETTINGS)([replace(PAGE, text=saved, time=None), replace(PAGE, text=live, time=None)])
    assert b"http://a.example/1.jpg" in made[0].data or b"https://a.example/1.jpg" in made[0].data


def test_a_file_that_somebody_edited_or_that_nobody_knows_is_kept() -> None:
    written = runs(PAGE)
    for status, data, outcome in [
        ("edited", b"mine", "unchanged"), ("unknown", b"mine", "unchanged"),
        ("edited", written.data, "written"), ("unknown", written.data, "written"),
    ]:  # fmt: skip
        there = OnDisk(CODE, written.file, data, status)  # type: ignore[arg-type]
        (made,) = Assembler(SETTINGS)([PAGE], [there])
        assert (made.outcome, made.file, bool(made.data)) == (outcome, written.file, data == written.data)


def test_kinds_that_would_give_one_name_are_one_article() -> None:
    code = CODE[2:]
    item = replace(POST, code=code, origin="post-file", kind="emnews", digest="摘要", tag=None)
    made = Assembler(SETTINGS)([item, replace(POST, code=code, origin="post-file")])
    assert [one.file for one in made] == [f"2022-01-14-{code}.md"]


def test_a_twin_that_lies_on_disk_takes_no_part_in_the_other() -> None:
    item = replace(POST, code=CODE[2:], kind="emnews", digest="摘要", tag=None, category=None, text="<p>快</p>")
    (made,) = Assembler(SETTINGS)([item])
    assert made.post
    told = copies(post_format.parse(made.data, made.file), made.post.sources)
    twin = OnDisk(made.code, made.file, made.data, "written", told)
    assert [one.code for one in Assembler(SETTINGS)([POST], [twin])] == [CODE]


STUMP = MANY[: len(MANY) // 2]
CLOSED = "<p>（文章来源：甲报）</p>"


@pytest.mark.parametrize(
    ("reply", "page", "wanted"),
    [
        (f"{STUMP}", f"{MANY}{CLOSED}", "article-page"),
        (f"{STUMP}{CLOSED}", f"{MANY}{CLOSED}", "share"),
        (f"{STUMP}<p>港口</p>", f"{MANY}{CLOSED}", "share"),
        (MANY, MANY.replace("<p>", "<p >"), "share"),
        ("<p><img src='//a.example/1.png'></p>", MANY, "share"),
    ],
)
def test_a_stump_gives_way_to_what_a_less_trusted_page_has_whole(reply: str, page: str, wanted: str) -> None:
    said = replace(REPLY, text=reply, title="题", tag="甲报新闻"), replace(PAGE, text=page)
    for order in permutations(said):
        for made in (runs(*order), *Assembler(SETTINGS)(order)):
            assert made.post is not None
            assert made.post.origin == wanted


def test_the_bytes_of_a_file_are_no_word_of_the_page() -> None:
    assert split(version_of(PAGE))[0] == split(version_of(replace(PAGE, checksum="aa")))[0]
