"""A post's page on GitHub gives the post."""

import base64
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


def test_the_reply_of_github_s_api() -> None:
    def reply(content: str) -> dict[str, object]:
        name = f"2022-01-14-NW{CODE}.md"
        links = {"url": f"https://api.github.com/repos/a/b/contents/_posts/{name}?ref=main", "size": 9, "type": "file"}
        return {"name": name, "path": f"_posts/{name}", "sha": "0f", **links, "content": content, "encoding": "base64"}

    encoded = base64.encodebytes("\n".join(LINES).encode()).decode()
    for url in ("", f"2022-01-14-NW{CODE}.md", "x.json"):
        kind, (article,) = read(reply(encoded), url)
        assert (kind, article.code, article.link, article.text) == ("github", f"NW{CODE}", SHARE, "<p>一&amp;二</p>")
    for content in ("", "x", base64.b64encode(b"\xff").decode(), base64.b64encode("# 说明".encode()).decode()):
        with pytest.raises(Unreadable, match="without the lines"):
            read(reply(content))
