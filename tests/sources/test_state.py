"""What answers tell of their source, whom origins are asked for, and the table."""

from datetime import datetime, timedelta, timezone

import pytest

from crawler import columns, origins
from crawler.items import Article
from crawler.sites import Sites
from crawler.sources.state import ITEMS, SITE, Asked, SourceState, bodies, is_enough, lists, state_of, table, unread

ID = "202201142248170578"
HOME = Article(
    code=f"NW{ID}", origin="list", url=f"https://finews.withounder.com/jia/2022/01/14/NW{ID}.html", title="题"
)  # fmt: skip
ITEM = Article(code="202202012248170579", origin="list", url="https://x/", title="题", time="2022-02-01 09:00:01")
LIST, BODY = Asked("cgnjj 国内经济", "list-api", "u"), Asked("wap", "article-page", "u", is_list=False)


def test_each_column_and_list_is_asked_for_little() -> None:
    sources = [*lists()]
    assert len({source.name for source in sources}) == len(sources) == len({source.url for source in sources})
    assert {source.name for source in sources} >= {SITE, "7x24", "cgnjj 国内经济", columns.ROLLING_SCRIPT_HOST}
    assert len(sources) == len(columns.COLUMNS) + 4
    sizes = [source.url for source in sources if source.name != SITE]
    assert all(f"ize={ITEMS}" in url or f"_{ITEMS}_" in url for url in sizes)


@pytest.mark.parametrize(
    ("named", "number", "page"),
    [([HOME, ITEM], ID, HOME.url), ([ITEM], ITEM.code, ""), ([], ID, "")],
    ids=["of the site", "of other lists", "of none"],
)
def test_each_origin_is_asked_for_one_article(named: list[Article], number: str, page: str) -> None:
    known = Sites(share_host="a.example", share_hosts=("a.example", "b.example"))
    found = {source.name: source for source in bodies(named, known)}
    assert [*found] == ["a.example", "b.example", *origins.ORIGINS[1:]]
    assert all(number in source.url for name, source in found.items() if name != "finews-page")
    assert found["finews-page"].url == page


def test_the_newest_is_told_by_its_time_else_by_its_day() -> None:
    assert state_of(LIST, [ITEM, HOME]).newest == "2022-02-01 09:00:01"
    assert state_of(LIST, [HOME, Article(code="notice", origin="list")]) == SourceState(
        LIST.name, "u", "live", newest="2022-01-14"
    )
    assert state_of(
        BODY, [Article(code=ID, origin="wap", text="<p>正文</p>", time="2022-01-14 13:02:00")]
    ) == SourceState("wap", "u", "live", newest="2022-01-14 13:02:00")


@pytest.mark.parametrize(
    ("source", "articles", "reason"),
    [(LIST, [], "empty"), (LIST, [Article(code="notice", origin="list")], "empty"),
     (BODY, [Article(code=ID, origin="wap", text="<p> </p>")], "no body")],
)  # fmt: skip
def test_200_and_empty_is_dead(source: Asked, articles: list[Article], reason: str) -> None:
    state = state_of(source, articles)
    assert (state.state, state.reason, state.newest) == ("dead", reason, None)


@pytest.mark.parametrize(
    ("error", "state", "reason"),
    [
        ("empty list", "dead", "empty"),
        ("not an article: the end of a list, or a security without news", "dead", "empty"),
        ("empty page", "dead", "empty"),
        ("reply without data: req_trace不能为空", "dead", "empty"),
        ("error reply: no such article", "dead", "empty"),
        ("cut short", "dead", "cut short"),
        ("blocked: JSON says code 403", "blocked", "blocked: JSON says code 403"),
    ],
)
def test_what_cannot_be_read(error: str, state: str, reason: str) -> None:
    found = unread(LIST, error)
    assert (found.state, found.reason) == (state, reason)


@pytest.mark.parametrize(
    ("live", "enough"),
    [
        ({SITE, "b.example"}, True),
        ({SITE, "a.example"}, True),
        ({SITE, "wap", "7x24"}, False),
        ({"a.example", "b.example"}, False),
    ],
)
def test_the_site_and_one_share_host_are_needed(live: set[str], enough: bool) -> None:
    names = (SITE, "a.example", "b.example", "wap", "7x24")
    states = [SourceState(name, "", "live" if name in live else "blocked") for name in names]
    assert is_enough(states, Sites(share_host="a.example", share_hosts=("b.example",))) == enough


def test_the_table_tells_ages_and_keeps_its_columns() -> None:
    beijing = datetime.now(timezone(timedelta(hours=8)))
    states = [
        SourceState("cgnjj 国内经济", "", "live", newest=str(beijing - timedelta(minutes=12, seconds=5))[:19]),
        SourceState("7x24", "", "live", newest=str(beijing - timedelta(hours=30))[:19]),
        SourceState("finews", "", "live", newest=str(beijing - timedelta(days=3))[:10]),
        SourceState("wap", "", "dead", "x" * 300),
        SourceState("odd", "", "live", newest="2022-99-99"),
    ]
    ahead = {
        "": timedelta(minutes=4, seconds=30),
        "h": timedelta(hours=30, seconds=30),
        "d": timedelta(days=3, seconds=30),
    }
    states += [SourceState(f"ahead {one}", "", "live", newest=str(beijing + time)[:19]) for one, time in ahead.items()]
    states.append(SourceState("ahead of days", "", "live", newest=str(beijing + timedelta(days=2))[:10]))
    head, *lines = table(states)
    ages = [line.split("  ")[-1].strip() for line in (*lines[:3], *lines[5:])]
    assert ages == ["12 min", "30 h", "3 d", "in 4 min", "in 30 h", "in 3 d", "in 2 d"]
    assert lines[3].endswith("  " + "x" * 100)
    place = head.index("state")
    assert [lines[0][place - 4 :][:4], lines[1][place:][:4], lines[3][place:][:4]] == ["live", "live", "dead"]
