"""East Money's lists: its columns, the news of one security, the rolling list, and the address of each page of them."""

from difflib import get_close_matches
from typing import Final, NamedTuple

LIST_HOST = "np-listapi.eastmoney.com"
ROLLING_HOST, ROLLING_SCRIPT_HOST = "np-weblist.eastmoney.com", "newsapi.eastmoney.com"
"""Of columns and securities; of the rolling list today, and as it was (domain-facts 4.2, 4.3, 13.2 to 13.4)."""
ROLLING: Final = "7x24"
"""The rolling list, which is asked for like a column."""
PAGE_SIZE, SCRIPT_SIZE = 200, 50
"""Items that are asked for at once: the most that are known to be given."""
MOST_ITEMS = 5000
"""So deep a security's list goes, and so many hits a list tells of at most."""


class Column(NamedTuple):
    """A column of East Money's: the number that its list service knows, the names, and where its static pages are."""

    number: int
    slug: str
    """Names its static list pages."""
    name: str
    """As the site words it."""
    host: str


_FINANCE = (
    (344, "ccjdd", "财经导读"), (345, "cywjh", "要闻精华"), (349, "cssgs", "沪深公司"), (350, "cgnjj", "国内经济"),
    (351, "cgjjj", "国际经济"), (352, "chgyj", "宏观研究"), (353, "czqyw", "证券聚焦"), (355, "ccjxw", "产经资讯"),
    (363, "czsdc", "纵深调查"), (365, "crdsm", "热点扫描"), (371, "cjjsp", "经济时评"), (372, "ccyts", "产业透视"),
    (373, "csygc", "商业观察"), (374, "cgspl", "股市评论"),
)  # fmt: skip
_STOCK = (
    (407, "cdpfx", "大盘分析"), (408, "cbkjj", "板块聚焦"), (415, "cggdj", "热门股追踪"), (421, "chyyj", "行业研究"),
    (423, "czldt", "主力动态"), (436, "cmgyw", "美股聚焦"), (437, "czggng", "中概股公司"), (440, "cmgpj", "欧美公司"),
    (448, "cxgyw", "新股聚焦"), (449, "cxgcl", "新股策略"), (450, "cxgpl", "新股评论"), (627, "czrzdt", "再融资动态"),
    (628, "czrzgsyw", "再融资公司聚焦"), (830, "cqzdd", "期指导读"), (1207, "czpnc", "财经早餐"),
)  # fmt: skip
_OTHERS = (
    (532, "cggyw", "港股聚焦", "hk"), (535, "cgsbd", "港股公司", "hk"), (583, "clczx", "理财资讯", "money"),
    (670, "csyzx", "商业资讯", "biz"), (683, "ccyyj", "创业研究", "enterprise"),
    (1138, "ccfgc", "财富观察", "enterprise"), (781, "cozsc", "欧洲市场", "global"),
    (782, "cytsc", "亚太市场", "global"),
)  # fmt: skip
COLUMNS: Final = tuple(
    Column(number, slug, name, f"{host}.eastmoney.com")
    for number, slug, name, host in (
        *((*one, "finance") for one in _FINANCE), *((*one, "stock") for one in _STOCK), *_OTHERS
    )
)  # fmt: skip
"""Domain-facts 4.2 has the slugs, 13.2 the names."""
HOSTS: Final = (LIST_HOST, ROLLING_HOST, ROLLING_SCRIPT_HOST, *dict.fromkeys(column.host for column in COLUMNS))
_NAMES: Final = {str(name): column for column in COLUMNS for name in (column.number, column.slug, column.name)}


def named(name: str) -> Column | None:
    """The column of this slug, number or Chinese name; None for ``ROLLING``. Raises ValueError with the nearest names.

    >>> named("350") == named("国内经济") == named("CGNJJ")
    True
    """
    spelled = name.strip().lower().replace("×", "x")
    if spelled == ROLLING:
        return None
    if spelled not in _NAMES:
        near = get_close_matches(spelled, (*_NAMES, ROLLING), 3, cutoff=0.3) or [ROLLING]
        meant = dict.fromkeys(f"{_NAMES[one].slug} ({_NAMES[one].name})" if one in _NAMES else one for one in near)
        raise ValueError(f"column={name[:80]}: there is no such column: did you mean {', '.join(meant)}?")
    return _NAMES[spelled]


def column_url(column: Column, page: int = 1, size: int = PAGE_SIZE) -> str:
    """A page of a column, the newest first: without ``req_trace`` there is an error, of whatever value."""
    return (
        f"https://{LIST_HOST}/comm/web/getNewsByColumns?client=web&biz=web_news_col&column={column.number}&order=2"
        f"&needInteractData=0&page_index={page}&page_size={size}&req_trace=1"
        "&fields=code,showTime,title,mediaName,summary,image,url,uniqueUrl,Np_dst"
    )


def static_url(column: Column, page: int = 1) -> str:
    """A static list page of a column, of some twenty items."""
    return f"https://{column.host}/a/{column.slug}{f'_{page}' if page > 1 else ''}.html"


def security_url(secid: str, page: int = 1, size: int = PAGE_SIZE) -> str:
    """A page of what is listed of one security (``1.600519``), the newest first."""
    return (
        f"https://{LIST_HOST}/comm/web/getListInfo?client=web&type=1&mTypeAndCode={secid}"
        f"&pageSize={size}&pageIndex={page}&req_trace=1"
    )


def rolling_url(cursor: str = "", size: int = PAGE_SIZE) -> str:
    """A page of the rolling list from ``cursor`` (its ``sortEnd``) on, "" for the newest; it must be there."""
    return (
        f"https://{ROLLING_HOST}/comm/web/getFastNewsList?client=web&biz=web_724&fastColumn=102"
        f"&sortEnd={cursor}&pageSize={size}&req_trace=1"
    )


def rolling_script_url(page: int = 1, size: int = SCRIPT_SIZE) -> str:
    """A page of the rolling list as a script's variable, which needs no cursor."""
    return f"https://{ROLLING_SCRIPT_HOST}/kuaixun/v1/getlist_102_ajaxResult_{size}_{page}_.html"
