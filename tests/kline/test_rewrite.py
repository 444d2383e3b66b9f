"""Rewriting bodies: what changes, what may not, and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kline.references import KEY, PATH
from run_scrapy import shared_posts

from crawler.items import KLine
from crawler.kline import find, localize, resolve, restore
from crawler.kline.addresses import absolute
from crawler.kline.paths import picture_key, wanted

CURRENT = "https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050&imageType=k&token=28dfeb41d35cc81d84b4664d7c23c49f&at=1"
LIVE = "//webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050"
HERE = "../../../../" + PATH


def remote(body: str) -> str:
    return resolve(body, find(body))


def local(body: str, category: str = "c") -> str:
    klines = find(body)
    return localize(body, klines, {picture_key(k): f"assets/kline/{k.secid}/2022-01-14.png" for k in klines}, category)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"src='http:{LIVE}&timespan=1'", f"src='https:{LIVE}&timespan=1'"),
        (f'src=" {LIVE} "', f'src=" https:{LIVE} "'),
        (f'SRC = "HTTP:{LIVE}"', f'SRC = "https:{LIVE}"'),
        ("src=http://image.sinajs.cn/newchart/daily/n/sh600050.gif border=0", f"src={CURRENT} border=0"),
        (
            'src="http://pifm3.eastmoney.com/x/Index.aspx?ID=6000501&imageType=rt"',
            'src="https://webquotepic.eastmoney.com/GetPic.aspx?nid=1.600050&imageType=rt"',
        ),
        (
            'src="http://pifm3.eastmoney.com/x/Index.aspx?ID=6000501&imageType=KXL&type=W&Formula=RSI&UnitWidth=-6&timespan=9"',
            'src="https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050&imageType=KXL&type=W&formula=RSI&unitWidth=-6"',
        ),
        ('src="https://webquoteklinepic.eastmoney.com:80/GetPic.aspx?nid=1.600050&imageType=k"', f'src="{CURRENT}"'),
        ('alt="K图 600050_0" data-code="K 600050|1|1"', f'src="{CURRENT}" alt="K图 600050_0" data-code="K 600050|1|1"'),
        (
            'src="https://webquoteklinepic.eastmoney.com/GetPic.aspx?type=W&amp;nid=1&#46;600050"',
            'src="https://webquoteklinepic.eastmoney.com/GetPic.aspx?type=W&nid=1.600050"',
        ),
        ('src alt="K图 600050_0"', f'src="{CURRENT}" alt="K图 600050_0"'),
        ('src="" alt="K图 600050_0"', f'src="{CURRENT}" alt="K图 600050_0"'),
        ('src="./x_files/GetPic.aspx" alt="K图 600050_0"', f'src="{CURRENT}" alt="K图 600050_0"'),
        ('src="javascript:alert(1)" alt="K图 600050_0"', f'src="{CURRENT}" alt="K图 600050_0"'),
        ('src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="K图 600050_0"', f'src="{CURRENT}" alt="K图 600050_0"'),
    ],
)  # fmt: skip
def test_only_the_address_changes(before: str, after: str) -> None:
    body = "<p class='a'  >x<img {}   WIDTH=578\n/></p>&nbsp;"
    assert remote(body.format(before)) == body.format(after)
    assert remote(body.format(after)) == body.format(after)


@pytest.mark.parametrize(
    "src",
    [
        CURRENT,
        CURRENT.replace("&", "&amp;"),
        "https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600611&type=&unitWidth=-6&ef=&formula=MACD&AT=1&imageType=KXL&timespan=1",
        "https://dfscdn.dfcfw.com/download/D1.jpg",
        "http://example.com/a.png",
        "data:image/png;base64,AAAA",
    ],
)
def test_what_stays_untouched(src: str) -> None:
    body = f'<img src="{src}" alt="K图 600050_0">'
    (kline,) = find(body)
    assert remote(body) == body
    if kline.foreign:
        assert local(body) == body


def test_an_encoded_quote_does_not_leave_the_attribute() -> None:
    body = (
        '<img src="&#104;ttp://webquotepic.eastmoney.com/GetPic.aspx?nid=1.600050&x=&quot; onerror=alert(1) {{ x }}">'
    )
    assert (
        remote(body)
        == '<img src="https://webquotepic.eastmoney.com/GetPic.aspx?nid=1.600050&x=%22%20onerror=alert(1)%20%7B%7B%20x%20%7D%7D">'
    )
    assert absolute(f" {CURRENT}") == CURRENT


@pytest.mark.parametrize(
    "src",
    [
        f'src="{CURRENT}"',
        f"src = '{CURRENT}'",
        "SRC=http://image.sinajs.cn/newchart/daily/n/sh600050.gif",
        'src="" alt="K图 600050_0"',
    ],
)
def test_there_and_back(src: str) -> None:
    body = f'<p><img border="0" {src} width="578" /></p>'
    stored = local(body)
    assert f'="{HERE}" data-remote-src' in stored
    (kline,) = find(stored)
    assert kline.secid == "1.600050"
    assert find(body)[0].spelling == kline.spelling
    assert remote(stored) == stored
    assert local(stored) == stored
    assert local(stored, "two words") == stored.replace("../../../../", "../../../../../")
    assert restore(stored) == body
    assert restore(body) == body


def test_pictures_without_an_address_are_stored_too() -> None:
    for body in (
        '<p><img alt="K图 600050_0"></p>',
        '<!-- EM_StockImg_Start --><a data-code="600050|1|1"><!--IMG#0--></a><!-- EM_StockImg_End -->',
    ):
        stored = local(body)
        (kline,) = find(stored)
        assert (kline.secid, kline.spelling) == ("1.600050", CURRENT)
        assert f'src="{HERE}" data-remote-src="{CURRENT}"' in stored
        assert restore(stored) == remote(body)


def test_each_picture_is_wanted_once() -> None:
    weekly = '<img src="//image.sinajs.cn/newchart/weekly/n/sh600050.gif">'
    klines = find(
        f'<img src="{CURRENT}"><img alt="K图 600050_0">{weekly}<img src="http://x.cn/a.png" alt="K图 000001_0">'
    )
    assert list(wanted(klines)) == [KEY, KEY._replace(period="W")]
    assert wanted(klines)[KEY] is klines[0]


def test_those_without_a_picture_are_resolved() -> None:
    body = '<img src="//image.sinajs.cn/newchart/weekly/n/sh600050.gif"><img src="//image.sinajs.cn/newchart/daily/n/sh600050.gif">'
    stored = localize(body, find(body), {KEY: PATH}, "c")
    assert stored.count(HERE) == 1
    assert "&type=W&" in stored


def test_the_real_posts_there_and_back() -> None:
    for path in shared_posts("**/*.md"):
        text = path.read_bytes().decode("utf-8")
        stored = local(text)
        assert [k.secid for k in find(stored)] == [k.secid for k in find(text)]
        assert restore(stored) == text


MARKUP = [
    "<img ",
    "<IMG",
    "src=",
    "alt=",
    "data-code=",
    '"',
    "'",
    ">",
    "/>",
    " ",
    "\n",
    "<a ",
    "</a>",
    "<p>",
    "&",
    "&amp;",
]
MARKUP += ["<!--", "-->", "<script>", "</script>", "data-remote-src=", "&quot;", "=", "é", "中", "\u3000", "\0", HERE]
PARTS = ["K图 600050_0", "K图 ", "K 600050|1|1", "1,600050", "007005", "http://pifm3.eastmoney.com/x/Index.aspx?id="]
PARTS += [
    "<!-- EM_StockImg_Start -->",
    "<!--IMG#0-->",
    "<!-- EM_StockImg_End -->",
    "//image.sinajs.cn/newchart/daily/n/sh600050.gif",
]
PARTS += [CURRENT, CURRENT.removeprefix("https:")]
PIECES = st.sampled_from(MARKUP + PARTS)
NAMES = st.sampled_from(["src", "SRC", "alt", "data-code", "data-code2", "data-remote-src", "class"])
QUOTED = st.sampled_from(['="{}"', "='{}' ", " = {} ", '="{}', " {} "])
ATTRIBUTES = st.builds(lambda name, form, value: f" {name}{form.format(value)}", NAMES, QUOTED, PIECES)
IMAGES = st.lists(ATTRIBUTES, max_size=5).map(lambda given: f"<img{''.join(given)}>")
BODIES = st.lists(st.one_of(PIECES, IMAGES, st.text(max_size=3)), max_size=25).map("".join)


def _around(body: str, klines: tuple[KLine, ...]) -> list[str]:
    ends = [0, *(end for kline in klines for end in kline.span), len(body)]
    return [body[ends[i] : ends[i + 1]] for i in range(0, len(ends), 2)]


@given(BODIES)
def test_any_body(body: str) -> None:
    klines = find(body)
    resolved = resolve(body, klines)
    again = find(resolved)
    assert [k.secid for k in again] == [k.secid for k in klines]
    assert _around(resolved, again) == _around(body, klines)
    assert resolve(resolved, again) == resolved


@given(BODIES)
def test_any_body_there_and_back(body: str) -> None:
    body = restore(body)
    stored = local(body)
    assert [k.secid for k in find(stored)] == [k.secid for k in find(body)]
    assert _around(stored, find(stored)) == _around(body, find(body))
    assert local(stored) == stored
    assert remote(restore(stored)) == remote(body)
