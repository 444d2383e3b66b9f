"""The share hosts: a page that is a shell, and the article's JSON beside it."""

import json
from html import unescape

from world import Client


def test_article_json_has_two_bodies(client: Client):
    for article in client.world.site:
        reply = json.loads(client.get(f"http://finews.zning.xyz/NewsData/GetNewsText.do?id={article.info_code}").body)
        assert (reply["text"], reply["content"]) == (article.text, article.content)


def test_unknown_article_has_none(client: Client):
    reply = json.loads(client.get("http://finews.zning.xyz/NewsData/GetNewsText.do?id=NW1").body)
    assert "text" not in reply
    assert "content" not in reply


def test_share_page_is_a_shell_that_escapes_its_code(client: Client):
    page = client.get("http://finews.zning.xyz/html_News/NewsShare.html?infoCode=%22%3E%3Cb%3E").text
    assert 'data-infocode="&quot;&gt;&lt;b&gt;"' in page
    assert unescape(page) != page
