"""What the index holds of a post is what readers see of it, folded; what it is about is kept as it is."""

from dataclasses import replace

import pytest
from data.samples import POST
from random_posts import EMNEWS

from crawler.post_format import FormatError, file_name, render
from crawler.search.article import Indexed, read, text_of
from crawler.search.folding import folded


def indexed(**changed: str) -> Indexed:
    post = replace(POST, **changed)  # type: ignore[arg-type]
    return read(file_name(post), render(post))


def test_a_post_is_searched_by_its_title_and_text() -> None:
    one = indexed(title="A &amp; Ｂ &lt;重组&gt;", body="<p>中国\n联通</p><script>秘密</script><p>5Ｇ</p>")
    assert (one.title, one.code, one.published, one.category) == ("A & Ｂ <重组>", POST.code, POST.time, "jia")
    assert one.folded_title == folded("a&b<重组>")
    assert one.folded_text == folded("中国联通5g")


def test_what_it_shows_is_what_it_is_about() -> None:
    assert [(one.secid, one.way) for one in indexed().securities] == [("1.600050", "kline")]
    assert indexed(body="<p>一</p>").securities == ()


def test_the_digest_of_an_item_is_text_too() -> None:
    item = replace(EMNEWS, digest="摘 &lt;要&gt;", body="<p>正文</p>")
    assert text_of(item) == "摘 <要>\n正文"
    assert text_of(replace(item, body="")) == "摘 <要>"
    assert text_of(replace(POST, body="")) == ""


def test_what_is_no_post_is_refused() -> None:
    with pytest.raises(FormatError):
        read("2022-01-14-x.md", b"hello")
