"""Files in which somebody put pages together, cut them or renamed them: read, or told as what they are."""

import pytest
from reprocess import makers
from reprocess.makers import Art

from crawler import pages, post_format
from crawler.items import Page

ONE, OTHER = Art(1), Art(2)


def post(art: Art) -> str:
    """A post in the current format."""
    return post_format.render(
        post_format.parse(makers.old_post(art, zone=" +0800"), f"2022-01-14-NW{art.id}.md")
    ).decode()


@pytest.mark.parametrize("between", ["", "\n", "\r\n\r\n"])
@pytest.mark.parametrize("name", ["all.md", "all.txt", f"2022-01-14-NW{OTHER.id}.md"])
def test_two_posts_in_a_file_are_told(between: str, name: str) -> None:
    with pytest.raises(pages.Unreadable, match="two posts in one file"):
        pages.read(Page(url=name, body=(post(ONE) + between + post(OTHER)).encode()))


@pytest.mark.parametrize("end", ["", "\n", " \n", "\t", "\n \n", "\r\n", "\x1a", "\0\0"])
def test_what_stands_behind_a_post_is_no_part_of_it(end: str) -> None:
    (article,) = pages.read(Page(url=f"2022-01-14-NW{ONE.id}.md", body=(post(ONE) + end).encode())).articles
    (plain,) = pages.read(Page(url=f"2022-01-14-NW{ONE.id}.md", body=post(ONE).encode())).articles
    assert article == plain


@pytest.mark.parametrize("suffix", [".MD", ".txt", ".md.bak", ".markdown", ""])
def test_a_post_is_known_by_its_name_whatever_its_suffix(suffix: str) -> None:
    url = f"2022-05-26-202205262391921712{suffix}"
    text = post(ONE).replace("categories: zhengquanshibao", "categories: emnews")
    body = text[: text.index("\n<http")] + "\n<>" + text[text.index("\n\n[返回") :]
    (article,) = pages.read(Page(url=url, body=body.encode())).articles
    assert article.code == "202205262391921712"


@pytest.mark.parametrize("kept", ["---\nlayo", "---", "--", "---\nlayout: post\n"])
def test_the_beginning_of_a_post_is_told_as_lost(kept: str) -> None:
    with pytest.raises(pages.Unreadable) as caught:
        pages.read(Page(url="2021-12-08-202112082206672930.md", body=kept.encode()))
    assert not caught.value.is_foreign


def test_another_file_of_that_kind_is_not() -> None:
    with pytest.raises(pages.Unreadable) as caught:
        pages.read(Page(url="README.md", body=b"---"))
    assert caught.value.is_foreign


@pytest.mark.parametrize("between", ["", "\n"])
def test_two_rendered_posts_in_a_file_are_told(between: str) -> None:
    with pytest.raises(pages.Unreadable, match="several pages in one file"):
        pages.read(Page(url="", body=(makers.post_page(ONE) + between + makers.post_page(OTHER)).encode()))


@pytest.mark.parametrize(
    "spelled",
    ['id="ContentBody"', "id=ContentBody", "ID='ContentBody'", 'class="txtinfos"', 'class="newsContent"'],
)
def test_two_articles_in_a_file_are_two(spelled: str) -> None:
    def page(art: Art) -> str:
        found = makers.desktop(art)
        start = found.index("<div", found.index("</h1>") if "</h1>" in found else 0)
        at = found.rindex("<div", start, found.index("ContentBody"))
        return found[:at] + f"<div {spelled}>" + found[found.index(">", found.index("ContentBody")) + 1 :]

    read = pages.read(Page(url=ONE.url, body=(page(ONE) + page(OTHER)).encode()))
    assert [article.code for article in read.articles] == [ONE.id, OTHER.id]


@pytest.mark.parametrize(
    "reply",
    [
        '{"data":[{"Art_Code":"202201142248170578","Art_Content":"<p>正文</p>"}]}',
        '{"data":{"list":[{"Art_Code":"202201142248170578","Art_Title":"题","Art_Content":"<p>正文</p>"}]}}',
        '{"202201142248170578":{"Art_Content":"<p>正文</p>"}}',
        '{"news":[{"newsid":"202201142248170578","body":"<p>正文</p>","showtime":"2022-01-14 13:02:46"}]}',
        '{"records":[{"infoCode":"NW202201142248170578","content":"<p>正文</p>"}]}',
    ],
)
def test_bodies_where_no_reply_has_them_are_told_as_lost(reply: str) -> None:
    with pytest.raises(pages.Unreadable) as caught:
        pages.read(Page(url="", body=reply.encode()))
    assert not caught.value.is_foreign


@pytest.mark.parametrize("body", ["<p>&nbsp;</p>", "<script>var a=1;</script>", '<p style=\\"display:none\\">x</p>'])
def test_a_reply_that_shows_nothing_has_no_body(body: str) -> None:
    url = f"http://finews.zning.xyz/NewsData/GetNewsText.do?id=NW{ONE.id}"
    with pytest.raises(pages.Unreadable, match="without a body"):
        pages.read(Page(url=url, body=f'{{"text":"{body}"}}'.encode()))
    read = pages.read(Page(url=url, body=f'{{"text":"{body}","content":"<p>正文</p>"}}'.encode()))
    assert (read.articles[0].text, read.articles[0].content) == (None, "<p>正文</p>")
