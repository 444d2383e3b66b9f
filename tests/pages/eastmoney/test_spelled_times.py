"""Times that only the page's frame completes: an attribute of the element, the year of the id's day."""

import pytest
from pages.foreign import URL, read

HEAD = "<html><head><title>云杉科技开工三条产线 _ 东方财富网</title></head><body>"
NEWS = (
    HEAD + '<div class="newsContent"><h2>云杉科技开工三条产线</h2>{}<article><p>一。</p></article></div></body></html>'
)
PAGE = HEAD + '<h1>云杉科技开工三条产线</h1>{}<div id="ContentBody"><p>一。</p></div></body></html>'


@pytest.mark.parametrize(
    ("page", "time"),
    [
        (NEWS.format('<time datetime="2022-01-14T05:02:46Z">1小时前</time>'), "2022-01-14 13:02:46"),
        (NEWS.format("<time datetime=2022-01-14T13:02:46+08:00>2022-01-14</time>"), "2022-01-14 13:02:46"),
        (PAGE.format('<div class="time">01月14日 13:02</div>'), "2022-01-14 13:02:00"),
        (PAGE.format('<div class="infos"><div class="item">01-15 00:02</div></div>'), "2022-01-15 00:02:00"),
        (PAGE.format('<div class="time">03月14日 13:02</div>'), None),
    ],
)
def test_the_frame_completes_a_time(page: str, time: str | None) -> None:
    (article,) = read(page, URL)[1]
    assert article.time == time
    assert (article.title, "时" in (article.text or "")) == ("云杉科技开工三条产线", False)


@pytest.mark.parametrize(("at", "part"), [(0, (1, 3)), (2, (3, 3))])
def test_a_pager_that_a_script_writes(at: int, part: tuple[int, int]) -> None:
    (article,) = read(
        PAGE.format("").replace("一。", f'一。<script>createPageHTML(3, {at},"x","html");</script>'), URL
    )[1]
    assert article.part == part


CHANGED = '<time itemprop="dateModified" datetime="2022-01-15T09:00:00+08:00">昨天</time>'


@pytest.mark.parametrize(
    ("stamp", "time"),
    [
        (CHANGED + '<time itemprop="datePublished" datetime="2022-01-14T13:02:46+08:00">前天</time>', True),
        ('<abbr title="2022-01-14 13:02:46">8小时前</abbr>', True),
        ('<span data-time="1642136566">刚刚</span>', True),
        ('<input type="hidden" id="pubtime" value="2022-01-14 13:02:46">', True),
        ('<input type="hidden" id="now" value="2022-03-01 13:02:46">', False),
    ],
)
def test_what_elements_say_to_machines(stamp: str, time: bool) -> None:
    (article,) = read(PAGE.format(stamp), URL)[1]
    assert article.time == ("2022-01-14 13:02:46" if time else None)


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ('<meta property="article:modified_time" content="2022-01-15T09:00:00+08:00">', False),
        ('<meta content="2022-01-14T13:02:46+08:00" property="article:published_time">', True),
        ('<meta name=pubdate content="2022-01-14 13:02:46">', True),
        ('<meta name="DC.date.issued" content="2022-01-14T05:02:46Z">', True),
        ('<meta property="bytedance:published_time" content="2022-01-14T13:02:46+08:00">', True),
        ('<meta name="publish-date" content="2022-01-14 13:02:46">', True),
        ('<script type="application/ld+json">{"pubDate":"2022-01-14T13:02:46"}</script>', True),
        ('<meta name="pubdate" content="2019-01-14 13:02:46">', False),
    ],
)
def test_what_the_head_says_to_machines(said: str, time: bool) -> None:
    (article,) = read(PAGE.format("").replace("</head>", f"{said}</head>"), URL)[1]
    assert article.time == ("2022-01-14 13:02:46" if time else None)
