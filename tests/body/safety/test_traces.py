"""What stays of films, fields, drawings and pictures whose elements may not."""

from edit_rows import Rows, check, each

from crawler.body.safety import traces

ROWS: Rows = {
    "noscript-pictures": [
        ('<img src="/blank.gif"> <noscript><img src="//a/1.jpg"></noscript>', '<img src="//a/1.jpg">'),
        ('<noscript><img src="//a/1.jpg"><img src="//a/2.jpg"></noscript><img data-src="x">', '<img src="//a/1.jpg"><img src="//a/2.jpg">'),
        ('a<noscript>b<img src="//a/1.jpg"></noscript>', 'a<img src="//a/1.jpg">'),
        *[(kept, kept) for kept in ('<img src="//a/1.jpg"><noscript><img src="//a/1.jpg"></noscript>', '<noscript><img src="//a/1" width="1"></noscript>', "<noscript>x</noscript>")],
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
    "texts": [
        ("<p>订单排到年底，产线已经投产。</p><noscript><p>订单排到年底，产线已经投产。</p></noscript>",) * 2,
        ("<textarea>a&lt;b<c </textarea>", "a&lt;b&lt;c"), ("<xmp>a&lt;<b></xmp>", "a&amp;lt;&lt;b&gt;"), ("<textarea>a<b>c</b> d</TEXTAREA>", "a&lt;b>c&lt;/b> d"), ("<xmp>a</b>c</xmp>", "a&lt;/b&gt;c"), ("<select><option>a<option>b</select>", "a b"),
        ("<svg><title>a</title><text>b</text><text>c<tspan>d</tspan></text></svg>", "b c d"), ('<svg style="background-image:url(//a/1.jpg)"><image xlink:href="/2.jpg"/><foreignObject><style>x</style><p>a</p><img src=/3></foreignObject></svg>', '<img src="//a/1.jpg"><img src="/2.jpg"><img src="/3">a'), ("<object><p>a</p></object>", "a"), ("<canvas><table><tr><td>a<td>b</table></canvas>", "a b"), ("<noscript>a</noscript>", "a"), ('<input value="1<2" readonly><input disabled type=Number value=3>', "1&lt;23"),
        *[(kept, kept) for kept in ("<noscript>请启用JavaScript</noscript>", '<input value="a">', "<input type=checkbox value=a disabled>", "<input value=a readonly style=display:none>", "<canvas>您的浏览器不支持</canvas>", '<textarea style="display:none">a</textarea>', "<svg><desc>a</desc></svg>", "<template>a</template>")],
    ],
}  # fmt: skip


@each(traces, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)
