"""Pictures whose address waits for a script get it."""

from edit_rows import Rows, check, each

from crawler.body.rules import lazy_pictures

ROWS: Rows = {
    "lazy-backgrounds": [
        ("<p data-background=\"url('/1.jpg')\"> </p>", "<p data-background=\"url('/1.jpg')\"><img src=\"/1.jpg\" /> </p>"), ('<a data-bgset="//a/1.jpg 1x">', '<a data-bgset="//a/1.jpg 1x">'),
        *[(kept, kept) for kept in ('<p data-bg="/1.jpg">a</p>', '<p data-bg="red"></p>', '<p data-bg="javascript:/"></p>', '<p data-bg="/1.jpg"><img src="/1.jpg" /></p>')],
    ],
    "lazy": [("""<img data-src='/a"b.jpg' />""",) * 2, ('<img data-src="1.jpg">',) * 2, ('<img data-src="javascript:/x">',) * 2, ('<img data-src="javascript:/x" _src="/1.jpg">', '<img src="/1.jpg" data-src="javascript:/x" _src="/1.jpg">'), ('<img data-src="//a/b.jpg">', '<img src="//a/b.jpg" data-src="//a/b.jpg">'), ('<img src="/a.jpg" data-src="/b.jpg">',) * 2,
             *[(f'<img src="//a/loading.gif?1" {name}="//a/b.jpg">', f'<img src="//a/b.jpg" {name}="//a/b.jpg">') for name in ("data-lazyload", "data-echo", "_src", "data-srcset", "zoomfile", "data-croporisrc", "lay-src", "v-lazy", "src2", "load-src", "origin-src")],
             *[(f'<img src="data:image/gif;base64,R0lG" {name}="//a/b.webp?w=1">', f'<img src="//a/b.webp?w=1" {name}="//a/b.webp?w=1">') for name in ("data-pagespeed-lazy-src", "data-savepage-src", "data-nobody-knows", "nobody-knows", "src9", "ess-data", "imgsrc")],
             *[(kept, kept) for kept in ('<img src="" alt="//a/b.jpg" title="//a/b.jpg">', '<img src="" href="//a/b.jpg" qr-src="//a/b.jpg">', '<img src="data:image/gif;base64,R0lG" data-logo="//a/b.png">', '<img src="data:image/gif;base64,R0lG" data-link="//a/b.html">', '<img src="//a/b.jpg" data-nobody-knows="//a/c.jpg">', '<img src="" data-x="//a/loading.gif">', '<img src="" data-share-image="//a/share.jpg">', f'<img src="" data-x="//a/{"b" * 2000}.jpg">')],
             ('<img src="//a/transparent.png" data-src="//a/b.jpg">', '<img src="//a/b.jpg" data-src="//a/b.jpg">'), ('<img src="//a/loads.png" data-src="//a/b.jpg">',) * 2,
             ('<img data-srcset="//a/s.jpg 300w,//a/l.jpg 1200w,//a/m.jpg 600w">', '<img src="//a/l.jpg" data-srcset="//a/s.jpg 300w,//a/l.jpg 1200w,//a/m.jpg 600w">')],
}  # fmt: skip


@each(lazy_pictures, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)
