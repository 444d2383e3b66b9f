"""Elements of other dialects become those of HTML that they stand for."""

from edit_rows import Rows, check, each

from crawler.body.safety import meant_elements

ROWS: Rows = {
    "meant-elements": [
        ('<amp-img src="/1.jpg" width="9"></amp-img>', '<img src="/1.jpg" width="9">'), ('<MIP-IMG src="/1.jpg">a</MIP-IMG>', '<img src="/1.jpg">a'),
        ('<amp-anim src="/1"><amp-img fallback></amp-img><noscript><img src="/1"></noscript></amp-anim>b', '<img src="/1">b'), ('<image src="/1.jpg">', '<img src="/1.jpg">'),
        ("<amp-video><source src=/1></amp-video><mip-audio src=/1></mip-audio>", "<video><source src=/1></video><audio src=/1></audio>"),
        ("<b><template shadowrootmode=open><p>a</p></template></b>", "<b><div shadowrootmode=open><p>a</p></div></b>"),
        ('<mpvoice name="a" voice_encode_fileid="MzA3"></mpvoice>b', '<audio src="https://res.wx.qq.com/voice/getvoice?mediaid=MzA3"></audio>b'),
        ("<qqmusic audiourl='https://a.cn/1.mp3?a=\"'></qqmusic>", '<audio src="https://a.cn/1.mp3?a=&quot;"></audio>'),
        ('<mp-common-videosnap data-url="https://a.cn/v"></mp-common-videosnap>', '<video src="https://a.cn/v"></video>'),
        ('<v:shape><v:imagedata src="/1.png" o:title="a"/></v:shape>', '<v:shape><img src="/1.png" o:title="a"/></v:shape>'), ("<mpvoice name=a></mpvoice>", "<mpvoice name=a></mpvoice>"), ("<mpvoice voice_encode_fileid=a><p>b</p>", "<mpvoice voice_encode_fileid=a><p>b</p>"),
        *[(kept, kept) for kept in ("<template><p>a</p></template>", "<amp-iframe src=/1><p>a</p>", "<svg><image href=/1></image></svg>", "<amp-list src=/1></amp-list>")],
    ],
}  # fmt: skip


@each(meant_elements, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)
