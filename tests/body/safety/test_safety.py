"""Each safety edit alone: a table of what it changes and what it leaves."""

import pytest

from crawler.body.document import Document
from crawler.body.safety import SAFETY
from crawler.markup import apply

EDITS = {edit.name: edit.run for edit in SAFETY}
TABLE: dict[str, list[tuple[str, str]]] = {
    "characters": [("a\x00b\x0bc", "abc"), ("\ud800", "\ufffd"), ("a&#0;b&#x0;&#xD800;", "ab\ufffd"), ("&#39;\t\r\n", "&#39;\t\r\n")],
    "references": [
        ("P&lt0.05，3&times4&nbsp&nbsp元&#215甲&#xd7乙", "P&lt;0.05，3&times;4&nbsp;&nbsp;元&#215;甲&#xd7;乙"), ("AT&ampT，a&lt=b", "AT&amp;T，a&lt;=b"),
        *[(kept, kept) for kept in ("?a=1&copy=2&region=3", '<p title="&nbsp甲">a</p>', "<!--&nbsp-->", "&notin;&lt;&ltimes;&foo", "a & b")],
    ],
    "meant-elements": [
        ('<amp-img src="/1.jpg" width="9"></amp-img>', '<img src="/1.jpg" width="9">'), ('<MIP-IMG src="/1.jpg">a</MIP-IMG>', '<img src="/1.jpg">a'),
        ('<amp-anim src="/1"><amp-img fallback></amp-img><noscript><img src="/1"></noscript></amp-anim>b', '<img src="/1">b'), ('<image src="/1.jpg">', '<img src="/1.jpg">'),
        ("<amp-video><source src=/1></amp-video><mip-audio src=/1></mip-audio>", "<video><source src=/1></video><audio src=/1></audio>"),
        ("<b><template shadowrootmode=open><p>a</p></template></b>", "<b><div shadowrootmode=open><p>a</p></div></b>"),
        *[(kept, kept) for kept in ("<template><p>a</p></template>", "<amp-iframe src=/1><p>a</p>", "<svg><image href=/1></image></svg>", "<amp-list src=/1></amp-list>")],
    ],
    "background-pictures": [
        ('<div style="background-image:url(//a/1.jpg);height:9em"></div>', '<div style="background-image:url(//a/1.jpg);height:9em"><img src="//a/1.jpg"></div>'),
        ("<p style='Background: #fff URL( \"/1.jpg?a=1&b=2\" ) no-repeat'>&nbsp;</p>",
         "<p style='Background: #fff URL( \"/1.jpg?a=1&b=2\" ) no-repeat'><img src=\"/1.jpg?a=1&b=2\">&nbsp;</p>"),
        ('<a href="x" style="background:url(&quot;//a/1&quot;)"></a>', '<a href="x" style="background:url(&quot;//a/1&quot;)"><img src="//a/1"></a>'),
        (f'<i style="background:url(data:image/png;base64,{"A" * 2000})"></i>', f'<i style="background:url(data:image/png;base64,{"A" * 2000})"><img src="data:image/png;base64,{"A" * 2000}"></i>'),
        ('<img src="/blank.gif" style="background:url(/1.jpg)">', '<img src="/1.jpg" style="background:url(/1.jpg)">'),
        *[(kept, kept) for kept in ('<img src="/blank.gif" data-src="/2.jpg" style="background:url(/1.jpg)">', '<img src="/2.jpg" style="background:url(/1.jpg)">', '<div style="background:url(//a/1.jpg)">a</div>', '<i style="background:url(//a/1.png);width:16px"></i>', '<p style="background:url(/1) repeat-x"></p>',
                                    '<p style="background:url(/1) -9px 0"></p>', '<p style="background:url(javascript:x)"></p>', '<p style="background:url(/loading.gif)"></p>',
                                    '<p style="background:url(/1);display:none"></p>', '<p style="background:url(data:image/gif;base64,R0lG)"></p>', '<tr style="background:url(/1)"></tr>')],
    ],
    "elements": [
        ("a<script>b</script>c", "ac"), ("<form>x</form>", "x"), ("<svg>x", "x"), ("<iframe>x</iframe>", ""), ("<i>x</i>", "<i>x</i>"),
    ],
    "noscript-pictures": [
        ('<img src="/blank.gif"> <noscript><img src="//a/1.jpg"></noscript>', '<img src="//a/1.jpg">'),
        ('<noscript><img src="//a/1.jpg"><img src="//a/2.jpg"></noscript><img data-src="x">', '<img src="//a/1.jpg"><img src="//a/2.jpg">'),
        ('a<noscript>b<img src="//a/1.jpg"></noscript>', 'a<img src="//a/1.jpg">'),
        *[(kept, kept) for kept in ('<img src="//a/1.jpg"><noscript><img src="//a/1.jpg"></noscript>', '<noscript><img src="//a/1" width="1"></noscript>', "<noscript>x</noscript>")],
    ],
    "swallowing": [
        ("<p>a<iframe src=x />b</p><p>c</p>", "<p>a<iframe src=x ></iframe>b</p><p>c</p>"),
        ("a<script src=x />b<br>c", "ab<br>c"), ("a<TITLE>b<p>c</p>", "a<TITLE></title>b<p>c</p>"), ("a<plaintext>b", "ab"),
        ("a<style>b<p>c</p><style>d</style>", "a<p>c</p><style>d</style>"), ("<textarea/><p>a</p><textarea>b</textarea>", "<textarea></textarea><p>a</p><textarea>b</textarea>"),
        ("<script>a='<p>'+b<p>c</p>", "<p>c</p>"), ("a<script>b", "a"), ('<p style="a>b</p><p class="c">d</p>', '<p style="a">b</p><p class="c">d</p>'),
        ("<p>a<script src=b>产线已经投产的公司。</p>", "<p>a产线已经投产的公司。</p>"), ("<script>a();\n产线已经投产的公司。b", "产线已经投产的公司。b"),
        ("<script>a='产线已经投产的公司。'", ""), ("<script>/*\n产线已经投产的公司。\n*/<p>b</p>", "<p>b</p>"), ("<style>a<p>b</p></style>c", "<p>b</p></style>c"),
        *[(kept, kept) for kept in ("<script/>a</script><p>b</p>", "<script>a='<p>'</script><script>b</script>", "<iframe><p>a</p></iframe>", "<style>a</style>b", '<p title="a>b">c</p>')],
    ],
    "picture-sources": [
        ('<picture><source srcset="//a/1 1x, //a/2 2x"><source srcset="//a/3"><img src=""></picture>', '<picture><source srcset="//a/1 1x, //a/2 2x"><source srcset="//a/3"><img src="//a/2"></picture>'),
        ('<picture><source srcset="//a/1"><img alt="x"></picture>', '<picture><source srcset="//a/1"><img src="//a/1" alt="x"></picture>'),
        ('<picture><source srcset="//a/1"></picture>', '<picture><img src="//a/1"></picture>'),
        *[(kept, kept) for kept in ('<picture><source srcset="//a/1"><img src="//a/2"></picture>', '<picture><source srcset="javascript:x"></picture>', '<video><source src="//a/1"></video>')],
    ],
    "media-links": [
        ('<video src="https://a/1.mp4" controls>x</video>', '<a href="https://a/1.mp4">视频</a>'),
        ('<audio><source src="/1.mp3?a=1&b=2">x</audio>', '<a href="/1.mp3?a=1&b=2">音频</a>'),
        ("<iframe src=//v.example/?id=1></iframe>", '<a href="//v.example/?id=1">嵌入内容</a>'),
        *[(f'<iframe src="about:blank" {name}="//v.example/1"></iframe>', '<a href="//v.example/1">嵌入内容</a>') for name in ("data-src", "data-lazy-src", "data-url")],
        ('<video><source data-src="//a/1.mp4"></video>', '<a href="//a/1.mp4">视频</a>'),
        ('<object><param name="movie" value="//a/1.swf"><embed src="//a/2.swf"></object>', '<a href="//a/1.swf">嵌入内容</a>'), ('<object data="/1.pdf"><p>a</p></object>', '<a href="/1.pdf">嵌入内容</a>a'),
        *[(f"a<iframe {page}></iframe>b", "a<p>框里的一段话。</p>b") for page in ('srcdoc="&lt;p&gt;框里的一段话。"', "srcdoc='<p>框里的一段话。<!--x--!>' src='//a/1'",
                                                                        'src="data:text/html,<p>%E6%A1%86里的一段话。"', "src='data:text/html;base64,PHA+5qGG6YeM55qE5LiA5q616K+d44CCPC9wPg=='")],
        ('<embed src="a.swf">', '<a href="a.swf">嵌入内容</a>'), ('<a href="x"><video src="//a/1"></video></a>', '<a href="x">视频：//a/1</a>'),
        ("""<video data-setup='{"sources":[{"src":"https:\\/\\/a/1.m3u8?x=1"}]}'></video>""", '<a href="https://a/1.m3u8?x=1">视频</a>'),
        ('<video poster="/1.jpg" src="blob:x"></video>', '<img src="/1.jpg">'), ('<video data-poster="//a/1.jpg"></video>', '<img src="//a/1.jpg">'),
        *[(kept, kept) for kept in ('<video poster="javascript:x"></video>', '<iframe src="javascript:x"></iframe>', '<video src="blob:https://a/1"></video>', '<iframe src="//a/1" width=0></iframe>',
                                    '<iframe src="//a/1" style="display:none"></iframe>', "<iframe srcdoc='<script>x</script>'></iframe>", "<video>x</video>",
                                    '<iframe src="/blank.html"></iframe>', "<iframe src='data:text/html;base64,x'></iframe>")],
    ],
    "formulas": [
        ("<math> <mi>R</mi><mo>=</mo>\n<mi>k</mi></math>", "R=k"), ('<math alttext="R&lt;k"><mi>x</mi></math>', "R&lt;k"),
        ('<math><mi>x</mi><annotation encoding="application/x-tex">\\frac{a}{b}</annotation></math>', "\\frac{a}{b}"),
        ('<script type="math/tex">a<b&c</script>', "a&lt;b&amp;c"), ("<script>a</script>", "<script>a</script>"),
        ('<span class="katex-mathml"><math><mi>x</mi></math></span>', '<span class="katex-mathml">x</span>'),
        ('<span class="katex-mathml"><math><mi>x</mi></math></span><span class="katex-html">x</span>', '<span class="katex-mathml">x</span>'),
        ('<span class="katex-mathml"><math></math></span><span class="katex-html">x</span>', '<span class="katex-mathml"></span><span class="katex-html">x</span>'),
        ('<nobr>x2</nobr><b class="MJX_Assistive"><math><msup><mi>x</mi><mn>2</mn></msup></math></b>', '<b class="MJX_Assistive">x^2</b>'),
        ("<mjx-math>&nbsp;</mjx-math><mjx-assistive-mml><math><mi>x</mi></math></mjx-assistive-mml>", "<mjx-math>&nbsp;</mjx-math><mjx-assistive-mml>x</mjx-assistive-mml>"),
        ('<div class="MathJax_SVG"><svg/><span class="MJX_Assistive"><math><mi>x</mi></math></span></div><script type=math/tex>y</script>', '<div class="MathJax_SVG"><svg/><span class="MJX_Assistive"></span></div>y'),
        ('<i class="MathJax"><nobr>x</nobr><b class="MJX_Assistive"><math><mi>x</mi></math></b></i><script type="math/tex">y</script>', "y"),
        ('<b class="MathJax"><b></b></b><script type="math/mml"><math><mi>x</mi></math></script>', '<b class="MathJax"><b></b></b>x'),
        ('<b class="MathJax">x</b>，<math><mi>x</mi></math>', '<b class="MathJax">x</b>，x'),
        ("<math><mi>R</mi><mo>=</mo><mfrac><mi>x</mi><mrow><mi>y</mi><mo>+</mo><mn>1</mn></mrow></mfrac><mi>z</mi></math>", "R=(x/(y+1))z"),
        ("<math><msup><mi>x</mi> <mn>2</mn></msup><msubsup><mi>y</mi><mi>i</mi><mfrac><mn>1</mn><mn>2</mn></mfrac></msubsup></math>", "x^2y_i^(1/2)"),
        ("<math><msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt><mroot><mi>x</mi><mn>3</mn></mroot><mspace/></math>", "√(x+1)3√x"),
        ("<math><semantics><mi>x</mi><annotation-xml><apply><ci>y</ci></apply></annotation-xml></semantics></math>", "x"),
        ("<math><mfrac><mi>x</mi></mfrac><mfrac><mi>a</mi><mi>b</math>", "xab"), ("<math><mfrac><mi/><mi>b</mi></mfrac></math>", "b"),
    ],
    "texts": [
        ("<p>订单排到年底，产线已经投产。</p><noscript><p>订单排到年底，产线已经投产。</p></noscript>",) * 2,
        ("<textarea>a&lt;b<c </textarea>", "a&lt;b&lt;c"), ("<xmp>a&lt;<b></xmp>", "a&amp;lt;&lt;b&gt;"), ("<select><option>a<option>b</select>", "a b"),
        ("<svg><title>a</title><text>b</text><text>c<tspan>d</tspan></text></svg>", "b c d"), ('<svg style="background-image:url(//a/1.jpg)"><image xlink:href="/2.jpg"/><foreignObject><style>x</style><p>a</p><img src=/3></foreignObject></svg>', '<img src="//a/1.jpg"><img src="/2.jpg"><img src="/3">a'), ("<object><p>a</p></object>", "a"), ("<canvas><table><tr><td>a<td>b</table></canvas>", "a b"), ("<noscript>a</noscript>", "a"), ('<input value="1<2" readonly><input disabled type=Number value=3>', "1&lt;23"),
        *[(kept, kept) for kept in ("<noscript>请启用JavaScript</noscript>", '<input value="a">', "<input type=checkbox value=a disabled>", "<input value=a readonly style=display:none>", "<canvas>您的浏览器不支持</canvas>", '<textarea style="display:none">a</textarea>', "<svg><desc>a</desc></svg>", "<template>a</template>")],
    ],
    "odd-comments": [("<!-->x", "x"), ("<!-- a --!>x", "x"), ("<?a?>x", "x"), ("x<p", "x"), ("<!-- a -- b -->", "<!-- a -- b -->")],
    "attributes": [
        ("<p onclick=a b=c>", "<p b=c>"), ('<p contenteditable="true">', "<p>"), ('<p style="color:red;position:fixed">', '<p style="color:red;">'),
        ('<a href="java&#9;script:x">', "<a>"), ('<p style="scroll-behavior:auto" web="1">', '<p style="scroll-behavior:auto" web="1">'),
    ],
    "unreadable-tags": [('<p a="1"b=2>', '<p a="1" b="2">'), ("<x:y:z>", "&lt;x:y:z>"), ("<p width=50%>", "<p width=50%>")],
    "stray-signs": [("1 < 2 <中 <文>", "1 < 2 <中 &lt;文>"), ("x<y=1>", "x&lt;y=1>"), ("<3", "<3")],
    "balance": [("<p>a", "<p>a</p>"), ("<b><i>x</b>", "<b><i>x</i></b>"), ("<p>a<p>b", "<p>a</p><p>b</p>"), ("<p>x</p></p >", "<p>x</p></p >")],
    "liquid": [("{{x}}", "&#123;{x}}"), ('<a href="{%x%}">', '<a href="%7B%x%}">'), ("{ {x}", "{ {x}")],
    "outside-blocks": [("[a](b)", "<p>[a](b)</p>"), ("# a<p>b</p>", "<p># a</p><p>b</p>"), ("a<p>b</p>c", "<p>a</p><p>b</p>c"), ("a\n<p>b</p>", "a\n<p>b</p>"),
        ("<p>a</p>b<!--c--><p>d</p>", "<p>a</p><p>b</p><!--c--><p>d</p>"), ("<b>a<p>b</p></b>", "<div><b>a<p>b</p></b></div>"),
        ("<p>a</p>\n <!--b-->", "<p>a</p>\n<!--b-->"), ("<p>a</p>    <p>b</p>", "<p>a</p><p>b</p>"), ("<p>a</p>\r\n <p>b</p>", "<p>a</p>\r\n <p>b</p>"),
    ],
    "edges": [("\ufeff\na", "\na"), ("\r\na\nb\r\n", "\r\na\nb\r\n")],
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_safety_edit(name: str) -> None:
    for given, wanted in TABLE[name]:
        assert apply(given, EDITS[name](Document(given))) == wanted
        assert EDITS[name](Document(wanted)) == []
