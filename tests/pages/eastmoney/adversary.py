"""Article pages that try to fool whoever cuts a body out of them: every piece is one trick, put in at random."""

import random

CODE = "202201142248170578"
URL = f"https://finance.eastmoney.com/a/{CODE}.html"

FAKE = '<div class="txtinfos" id="ContentBody"><p>fake</p></div>'
_FAKES = (
    f"<!-- {FAKE} -->",
    f"<!--{FAKE}--!>",
    f"<template>{FAKE}</template>",
    f"<noscript>{FAKE}</noscript>",
    f"<div hidden>{FAKE.replace('ContentBody', 'x')}</div>",
    f"<!-->{FAKE.replace('ContentBody', 'x')}-->",
    f"<script>var a = '{FAKE}';</script>",
    f"<script><!-- {FAKE} --></script>",
    f"<script><!-- <script> {FAKE} </script> --></script>",
    f'<SCRIPT type="a>b">"{FAKE}"</SCRIPT >',
    f"<style>{FAKE}</style>",
    f"<textarea>{FAKE}</textarea>",
    f"<iframe>{FAKE}</iframe>",
    f"<a title='{FAKE}'>x</a>",
    f"<a title = '{FAKE}' href=x>x</a>",
    '<a title="a > <div id=ContentBody>">x</a>',
    '<a data-x="<b" class="txtinfos">x</a>',
    '<p>id="ContentBody" class="txtinfos" 正文</p>',
    "<span title=\"it's\">a</span><span title='a\"b'>c</span>",
    "<p>1 < 2 and 3 > 2</p>",
    '<p>he said "x="</p>',
    '<div class="nottxtinfos"></div><div data-id="ContentBody"></div>',
    "<input value=\"a='b'\"><br/>",
    '<h1 class="logo">东财</h1>',
    '<div class="infos-box"><div class="item">x</div></div>',
    "<ul><li>1<li>2</ul>",
    "<?php echo '<div id=\"ContentBody\">' ?>",
    "<table><tr><td>x</table>",
    '<div class="sourcebox"> 文章来源：东方财富',
    "<noscript><img src=x></noscript>",
    "<title>second</title>",
)
_INSIDE = (
    "<p>正文一段。</p>",
    '<p>　　中国联通<span id="stock_1.600050"><a href="http://q/1?a=1&b=2" data-code="1,600050">联通</a></span></p>',
    "<!-- EM_StockImg_Start --><p style=\"text-align:center;\"><img alt='K图 600050_0' src=x /></p><!-- EM_StockImg_End -->",
    "<!-- </div> -->",
    "<div><p>内</p></div>",
    '<div class="ad_context3"><script>ads("</div>")</script></div>',
    "<script>if (a<b) document.write('</div>')</script>",
    "<img alt='</div>' src=x>",
    '<img alt="</div>" src=x>',
    '<img alt = "a > </div>" src=x>',
    "<table><tr><td>1</td></tr></table>",
    "<table><tr><td><div>1</div></td></tr></table>",
    "<table><tr><td></div>1</td></tr></table>",
    "<TABLE><TR><TD><DIV>1</DIV></TD></TR></TABLE>",
    "<DIV>大写</DIV>",
    "<p>a < b</p>",
    "<p>x <b </div> y</p>",
    "<textarea></div></textarea>",
    "<svg><title></div></title></svg>",
    "<select><option></div></select>",
    "<br><hr/>",
    '<p>说："他的"</p>',
    "<ul><li>一<li>二</ul>",
    "<b><p>交叉</b></p>",
    "<style>p{}</style>",
    "<object><div></div></object>",
    "<object></div></object>",
    "</p>",
    "</span>",
    "<![CDATA[ </div> ]]>",
    "<? </div> ?>",
    "</ >",
    "<template><div></template>",
)
_BROKEN = ("<div>", "</div>", "<!-- never closed", "<a href='", '<p class="', "</body>", "<plaintext>", "<td>")


def page(seed: int) -> str:
    """Make a page; the same one for the same seed."""
    dice = random.Random(seed)

    def some(pieces: tuple[str, ...], most: int) -> str:
        return "\n".join(dice.choices(pieces, k=dice.choice((0, 0, 1, 1, most))))

    inside = some(_INSIDE, 6) + (dice.choice(_BROKEN) if dice.random() < 0.15 else "") + some(_INSIDE, 3)
    head, before, after = some(_FAKES, 2), some(_FAKES, 4), some(_FAKES, 3)
    if dice.random() < 0.1:
        before += dice.choice(_BROKEN)
    container = dice.choice(
        (
            '<div class="txtinfos" id="ContentBody" style="margin-top:0;">',
            "<div id='ContentBody'>",
            "<div id=ContentBody class=Body>",
            '<DIV ID="ContentBody">',
            '<div class="Body" id="ContentBody">',
        )
    )
    closing = "</DIV>" if container.startswith("<DIV") else "</div>"
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>联通推进5G建设 _ 东方财富网</title>{head}</head><body>"
        f'{before}<div class="main"><h1>联通推进5G建设</h1><div class="infos"><div class=" item">2022年01月14日 13:02</div>'
        f'<div class="item">来源：人民邮电报</div></div><div class="contentwrap">{container}<!--文章主体--><p>首段。</p>'
        f'{inside}<p class="em_media">（文章来源：人民邮电报）</p>{closing}</div>{after}<div class="zwothers">x</div></div>'
        f"</body></html>"
    )
