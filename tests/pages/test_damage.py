"""What was decoded wrongly comes back as it was; what is lost is named; sound text is left alone."""

import time
from dataclasses import replace

import pytest

from crawler import pages
from crawler.items import Article, Page
from crawler.pages.damage import damage, mended, speaks_of_loss, undo

TITLE = "青禾股份：新产线投产（更正），营收12.5亿元"
BODY = (
    "<p>第1段：港口吞吐量回升，“1号码头”恢复作业——企业补库意愿增强。</p><p>GDP增8%，见http://a.cn/?x=1&amp;y=2 ……</p>"
    '<p class="em_media">（文章来源：证券时报）</p>'
)
TEXTS = (TITLE, BODY, "新产线")


def latin(data: bytes) -> str:
    return data.decode("latin-1")


def windows(data: bytes) -> str:
    return "".join(bytes([n]).decode("cp1252", "ignore") or chr(n) for n in data)


WHOLE = {
    "gbk as latin-1": lambda text: latin(text.encode("gb18030")),
    "gbk as windows-1252": lambda text: windows(text.encode("gb18030")),
    "utf-8 as latin-1": lambda text: latin(text.encode()),
    "utf-8 as windows-1252": lambda text: windows(text.encode()),
    "utf-8 as latin-1, twice": lambda text: latin(latin(text.encode()).encode()),
    "utf-8 as windows-1252, twice": lambda text: windows(windows(text.encode()).encode()),
    "escaped for programs": lambda text: "".join(c if c.isascii() else f"\\u{ord(c):04x}" for c in text),
    "escaped for addresses": lambda text: "".join(c if c.isascii() else f"%u{ord(c):04X}" for c in text),
    "gbk, then utf-8, as latin-1": lambda text: latin(latin(text.encode("gbk")).encode()),
}
LOST = {
    "gbk as utf-8": lambda text: text.encode("gbk").decode("utf-8", "replace"),
    "and that as gbk": lambda text: text.encode("gbk").decode("utf-8", "replace").encode().decode("gbk", "replace"),
    "utf-8 as gbk": lambda text: text.encode().decode("gbk", "replace"),
    "utf-8 as gbk, twice": lambda text: text.encode().decode("gbk", "replace").encode().decode("gbk", "replace"),
    "question marks": lambda text: text.encode("latin-1", "replace").decode(),
    "two question marks each": lambda text: "".join(c if c.isascii() else "??" for c in text),
    "U+FFFD": lambda text: f"{text[:2]}\ufffd{text[3:]}",
    "U+FFFD as a number": lambda text: f"{text}&#xFFFD;",
}


@pytest.mark.parametrize("how", WHOLE)
@pytest.mark.parametrize("text", TEXTS)
def test_what_is_whole_is_undone(how: str, text: str) -> None:
    garbled = WHOLE[how](text)
    assert damage(garbled)
    assert undo(garbled) == text
    assert damage(text) == ""


@pytest.mark.parametrize("how", LOST)
@pytest.mark.parametrize("text", TEXTS)
def test_what_is_lost_is_named_and_left(how: str, text: str) -> None:
    garbled = LOST[how](text)
    assert damage(garbled).startswith("damaged text")
    assert undo(garbled) == garbled


def test_utf8_as_gbk_is_undone_where_each_text_came_out_even() -> None:
    even = "港口吞吐量回".encode().decode("gb18030")
    odd = "港口吞吐量回升".encode().decode("gb18030", "ignore")
    assert damage(odd) == damage(even) == "damaged text: read in a wrong encoding"
    assert (undo(f"<p>{even}</p>"), undo(odd)) == ("<p>港口吞吐量回</p>", odd)


@pytest.mark.parametrize(
    "text",
    [
        "青禾??份新????投产", "青禾股份新产线????投产", "青禾?份新产线??产", f"第2段：????????，库存下降。????{BODY}",
        f"某地??铁??业??检修，观望情绪浓厚，????，其余????不变{BODY}",
    ],
)  # fmt: skip
def test_question_marks_within_clauses_are_characters_that_were_lost(text: str) -> None:
    assert damage(text) == "damaged text: question marks in place of characters"


@pytest.mark.parametrize("tag", ["青禾??报新闻", "青禾?报新闻", "??新闻"])
def test_the_name_of_a_medium_asks_nothing(tag: str) -> None:
    assert damage(tag, "tag")
    assert not damage("青禾日报新闻", "tag")


@pytest.mark.parametrize(
    "name", ["证券时报", "央视", "财联社", "第一财经", "券商中国", "新华社", "经济参考报", "e公司"]
)
def test_the_name_of_a_medium_that_lost_bytes_is_damaged_by_itself(name: str) -> None:
    read = [name.encode().decode(codec, how) for codec in ("gbk", "gb18030") for how in ("ignore", "replace")]
    read += [name.encode("gbk").decode("utf-8", how) for how in ("ignore", "replace")]
    for garbled in (one for one in read if len(one) > 1):
        assert damage(f"{garbled}新闻", "tag") or undo(f"{garbled}新闻") == f"{name}新闻", garbled
        assert damage(f"{garbled}", "tag") or undo(garbled) == name, garbled


@pytest.mark.parametrize(
    "name", ["閱讀時間", "鏡週刊", "東方財富網", "瀚海", "e公司", "阿尔法α", "FT", "Société Générale"]
)
def test_other_names_of_media_are_sound(name: str) -> None:
    assert damage(f"{name}新闻", "tag") == ""


@pytest.mark.parametrize("keep", [slice(None), slice(0, -1), slice(1, None)])
def test_windows_1252_that_lost_bytes_is_damaged(keep: slice) -> None:
    garbled = BODY.encode().decode("cp1252", "ignore")[keep]
    assert damage(garbled)
    assert undo(garbled) == garbled


@pytest.mark.parametrize(
    "text",
    [
        "", "涨停？？？", "涨停???", "Who's next???", "××××年×月，温度±3°", "Société Générale·中国", "真的??不会", "怎么了？!!??",
        "股价腰斩???公司回应", "港口今天作业了吗??真的??不会的", "见 C:\\u00e4b\\n", "他问：??", f"什么????我不信。{BODY}",
        "见 https://a.cn/?x=??????????&y=1 一文", "“……”——‘——’", "浣熊与涓流：骁骑、纾困、琥珀",
        '<img alt="\ufffd" src="a.jpg"><p>正文</p>', "<!-- ???????????? --><p>正文</p>",
    ],
)  # fmt: skip
def test_sound_text_is_left_alone(text: str) -> None:
    assert (damage(text), undo(text)) == ("", text)
    assert damage(None) == ""


def test_an_article_is_mended_field_by_field_and_says_so() -> None:
    sound = Article(code="NW202201142248170578", origin="share", title=TITLE, text=BODY, tag="甲报新闻")
    assert mended(sound) is sound
    garbled = replace(sound, title=WHOLE["utf-8 as latin-1"](TITLE), text=WHOLE["gbk as latin-1"](BODY))
    assert mended(garbled) == replace(sound, undone=True)


@pytest.mark.parametrize("how", WHOLE)
def test_a_page_is_read_as_it_was_with_its_time_and_medium(how: str) -> None:
    page = (
        '<html><head><title>青禾股份投产 _ 东方财富网</title></head><h1>青禾股份投产</h1><div class="infos">'
        '<div class="item">2022年01月14日 13:02</div><div class="item">来源：证券时报</div></div>'
        f'<div id="ContentBody">{BODY}</div></html>'
    )
    url = "https://finance.eastmoney.com/a/202201142248170578.html"
    (wanted,) = pages.read(Page(url=url, body=page.encode())).articles
    (found,) = pages.read(Page(url=url, body=WHOLE[how](page).encode())).articles
    assert wanted.time == "2022-01-14 13:02:00"
    assert found == replace(wanted, undone=True)


def test_a_long_word_between_question_marks_is_looked_at_once() -> None:
    begun = time.process_time()
    damage(f"港?{'a' * 200_000}??")
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    "text",
    [
        "<p>“锟斤拷”是程序员熟悉的乱码，它从一次编码转换中来。</p>",
        "<p>手持两把锟斤拷，口中疾呼烫烫烫，这个笑话讲的是字符编码的转换。</p>",
        "锟斤拷是什么？一文读懂乱码的由来",
    ],
)
def test_a_text_may_speak_of_lost_characters(text: str) -> None:
    assert damage(text) == ""
    assert speaks_of_loss(text)


@pytest.mark.parametrize(
    "text",
    [
        "<p>二期锟斤拷工程明年开工，总投资三亿元，订单排到了年底。</p>",
        "<p>二期“锟斤拷锟斤拷锟斤拷，锟斤拷锟斤拷三亿锟斤拷锟斤拷元”。</p>",
        "<p>“锟斤拷”是程序员熟悉的乱码，它从一次编码�换中来。</p>",
    ],
)
def test_what_speaks_of_none_has_lost_them(text: str) -> None:
    assert "lost" in damage(text)
    assert not speaks_of_loss(text)


@pytest.mark.parametrize("text", ["αβ基金与жд铁路及אב公司", "A" * 70], ids=["many scripts", "one long word"])
def test_titles_and_names_are_too_short_for_what_is_said_of_texts(text: str) -> None:
    assert (damage(text, "title"), damage(text, "tag")) == ("", "")
    assert damage(text, "body")
