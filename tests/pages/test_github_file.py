"""A post's page on GitHub gives the post."""

import json
from collections.abc import Callable

import pytest
from pages.foreign import CODE, SHARE, read

from crawler.pages.unreadable import Unreadable

LINES = ["---", "layout: post", 'title: "题"', "date: 2022-01-14 13:02:46 +0800", "categories: jiabao", "tags: 甲报新闻", "---",
         "<p>一&amp;二</p>", "", f"<{SHARE}>", ""]  # fmt: skip


@pytest.mark.parametrize(
    "page",
    [
        lambda: (
            f'<html><script type="application/json">{json.dumps({"payload": {"x": {"blob": {"rawLines": LINES}}}})}</script>'
        ),
        lambda: (
            "<html><table>"
            + "".join(
                f'<tr><td id="LC{n}" class="b">{line.replace("&", "&amp;").replace("<", "&lt;")}</td></tr>'
                for n, line in enumerate(LINES, 1)
            )
        ),
    ],
)
def test_a_page_of_github(page: Callable[[], str]) -> None:
    kind, (article,) = read(page(), f"2022-01-14-NW{CODE}.md")
    assert (kind, article.origin, article.link, article.text) == ("github", "post-file", SHARE, "<p>一&amp;二</p>")
    with pytest.raises(Unreadable, match="without the lines"):
        read('<html><script>{"rawLines":null}{"rawLines":[1</script>', f"2022-01-14-NW{CODE}.md")
