"""What a script would have played is linked to."""

from edit_rows import Rows, check, each

from crawler.body.rules import players

ROWS: Rows = {
    "players": [
        ('<p data-url="/1.MP3?a=1&b=2"> </p>', '<p data-url="/1.MP3?a=1&b=2"><a href="/1.MP3?a=1&b=2">音频</a> </p>'),
        *[(kept, kept) for kept in ('<p data-src="//a/1.mp4">a</p>', '<p data-src="//a/1.jpg"></p>', '<p data-src="1.mp4"></p>', '<p data-src="javascript:/1.mp4"></p>', '<a href="x"><b data-src="//a/1.mp4"></b></a>')],
    ],
}  # fmt: skip


@each(players, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)
