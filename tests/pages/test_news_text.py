"""The share host's JSON is known by its content, and read to its end."""

import pytest
from pages.foreign import CODE, REPLY, read

from crawler.pages.unreadable import Unreadable


@pytest.mark.parametrize(
    ("kind", "reply"),
    [
        ("app-api", {"rc": 1, "news": {"title": "题", "body": "<p>一</p>"}}),
        ("web-api", {"data": {"Art_Title": "题", "Art_Content": "<p>一</p>"}}),
        ("list-api", {"data": {"list": [{"infoCode": f"NW{CODE}", "title": "题"}]}}),
        ("news-text", {"text": "<p>一</p>", "news": {"body": "x"}}),
        ("news-text", {"x": {"list": [{"infoCode": 1}]}, "content": "<p>一</p>"}),
    ],
)
def test_the_content_tells_the_kind_and_not_the_name(kind: str, reply: object) -> None:
    found, (article,) = read(reply, REPLY)
    assert (found, article.code.removeprefix("NW")) == (kind, CODE)


def test_a_comment_behind_a_reply() -> None:
    assert read('{"text":"<p>一</p>"}\n<!-- cached 12:00 -->\n', REPLY)[0] == "news-text"
    with pytest.raises(Unreadable, match="not JSON"):
        read('{"text":"<p>一</p>"}{"text":"<p>二</p>"}', REPLY)
