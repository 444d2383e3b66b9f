"""A picture that lies behind an empty element stands in it; icons and decoration do not."""

from edit_rows import Rows, check, each

from crawler.body.safety import backgrounds

ROWS: Rows = {
    "background-pictures": [
        ('<div style="background-image:url(//a/1.jpg);height:9em"></div>', '<div style="background-image:url(//a/1.jpg);height:9em"><img src="//a/1.jpg"></div>'),
        ("<p style='Background: #fff URL( \"/1.jpg?a=1&b=2\" ) no-repeat'>&nbsp;</p>",
         "<p style='Background: #fff URL( \"/1.jpg?a=1&b=2\" ) no-repeat'><img src=\"/1.jpg?a=1&b=2\">&nbsp;</p>"),
        ('<a href="x" style="background:url(&quot;//a/1&quot;)"></a>', '<a href="x" style="background:url(&quot;//a/1&quot;)"><img src="//a/1"></a>'),
        (f'<i style="background:url(data:image/png;base64,{"A" * 2000})"></i>', f'<i style="background:url(data:image/png;base64,{"A" * 2000})"><img src="data:image/png;base64,{"A" * 2000}"></i>'),
        ('<img src="/blank.gif" style="background:url(/1.jpg)">', '<img src="/1.jpg" style="background:url(/1.jpg)">'),
        *[(kept, kept) for kept in ('<img src="/blank.gif" data-src="/2.jpg" style="background:url(/1.jpg)">', '<img src="/2.jpg" style="background:url(/1.jpg)">', '<div style="background:url(//a/1.jpg)">a</div>', '<i style="background:url(//a/1.png);width:16px"></i>', '<p style="background:url(/1) repeat-x"></p>',
                                    '<p style="background:url(/1) -9px 0"></p>', '<p style="background:url(javascript:x)"></p>', '<p style="background:url(/loading.gif)"></p>',
                                    '<p style="background:url(/1);display:none"></p>', '<p style="background:url(data:image/gif;base64,R0lG)"></p>', '<tr style="background:url(/1)"></tr>', '<p style="display:block none"></p>')],
        ('<p style="background:none;background-image:url(/1)"></p>', '<p style="background:none;background-image:url(/1)"><img src="/1"></p>'), (f'<p style="background:url(/1)"><!--{"a" * 400}--></p>', f'<p style="background:url(/1)"><img src="/1"><!--{"a" * 400}--></p>'),
        (f'<p style="background:url(/1)"><!--{"a" * 500}--></p>',) * 2,
    ],
}  # fmt: skip


@each(backgrounds, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)
