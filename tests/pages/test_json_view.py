"""A reply that was saved as a browser shows it is the reply again."""

import pytest

from crawler.pages.json_view import unwrap_json_view

REPLY = '{"a": "<p>甲</p> & 乙"}'
SHOWN = "{&quot;a&quot;: &quot;&lt;p&gt;甲&lt;/p&gt; &amp; 乙&quot;}"


@pytest.mark.parametrize(
    "view",
    [
        "<html><head></head><body><pre>{}</pre></body></html>",
        '\n<HTML lang="zh"><head><meta name="color-scheme" content="light dark"></head><body>\n<pre style="word-wrap: break-word;">{}</pre></BODY></HTML>\n',
        '<html><body><pre>{}</pre><div class="json-formatter-container"></div></body></html>',
        '<!DOCTYPE html>\n<html platform="win"><head></head><body><div id="content"></div><div id="json">{}</div></body></html>',
        '<!DOCTYPE html><html><body><div id="content"><div><pre class="data">{}</pre></div></div></body></html>',
        "<HTML><HEAD></HEAD><BODY>{}</BODY></HTML>",
        "<html><body><p>{}</p></body></html>",
        "<pre>{}</pre>\n",
    ],
)
def test_the_reply_is_taken_out(view: str) -> None:
    assert unwrap_json_view(view.replace("{}", SHOWN)) == REPLY
    called = view.replace("{}", f"cb({SHOWN})")
    assert unwrap_json_view(called) == f"cb({REPLY})"


@pytest.mark.parametrize(
    "text",
    [
        "",
        REPLY,
        "<html><body><pre>没有数据</pre></body></html>",
        "<html><body><pre>{}</pre><p>文章</p></body></html>",
        "<html><body><p>文章</p><pre>{}</pre></body></html>",
        "<html><body><p>[1] 文章</p></body></html>",
        "<html><body><p>[公告] 文章 {}</p></body></html>",
        "<p>{}</p>",
        '<p>文章</p><pre>{"a": 1}</pre>',
        '文章\n<pre>{"a": 1}</pre>',
        "<html><body><pre><b>{}</b></pre></body></html>",
        f"<html><head>{'<style></style>' * 400}</head><body><pre>{{}}</pre></body></html>",
    ],
)
def test_any_other_text_is_as_it_is(text: str) -> None:
    assert unwrap_json_view(text) == text
