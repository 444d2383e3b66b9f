"""Saved pages of Chinese news sites that are not East Money's, hundreds of them, made by rule."""

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

_NAMES = ("中国联通", "贵州茅台", "东方财富", "宁德时代", "东方财富证券")
_VERBS = ("发布业绩预告", "股价涨停", "获北向资金增持", "回应市场传闻", "新浪财经独家对话")
_PROSE = "当日，{name}盘中一度上涨百分之三。据东方财富网数据显示，主力资金净流入两亿元（文章来源：{site}）。"
Page = tuple[str, str]


def _prose(rng: random.Random, site: str) -> str:
    count = rng.randint(2, 6)
    return "".join(f"<p>　　{_PROSE.format(name=rng.choice(_NAMES), site=site)}</p>" for _ in range(count))


def _title(rng: random.Random) -> str:
    return rng.choice(_NAMES) + rng.choice(_VERBS)


def _links(rng: random.Random) -> str:
    """What such pages link to: East Money's pages and pictures, an article of it, a share link."""
    code = f"20220114{rng.randrange(10**9, 10**10)}"
    return rng.choice((
        '<a href="https://www.eastmoney.com/">东方财富</a>',
        f'<a href="https://finance.eastmoney.com/a/{code}.html">原文</a>',
        '<img src="https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050&imageType=k" alt="K图 600050_0">',
        f'<a href="http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW{code}">分享</a>',
        '<a href="https://quote.eastmoney.com/sh600050.html">行情</a>',
    ))  # fmt: skip


def _sina(rng: random.Random) -> Page:
    url = f"https://finance.sina.com.cn/stock/2022-01-14/doc-ikyamrmz{rng.randrange(10**7)}.shtml"
    return "shtml", (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{_title(rng)}_新浪财经_新浪网</title><meta property="og:url" content="{url}">'
        f'</head><body><h1 class="main-title">{_title(rng)}</h1><div class="date-source"><span class="date">2022年01月14日 13:02</span>'
        f'<span class="source">东方财富网</span></div><div class="article" id="artibody">{_prose(rng, "新浪财经")}{_links(rng)}</div></body></html>'
    )


def _netease(rng: random.Random) -> Page:
    url = f"https://www.163.com/money/article/GT{rng.randrange(10**9)}002580S6.html"
    return "html", (
        f'<html><head><title>{_title(rng)}_网易订阅</title><link rel="canonical" href="{url}"></head><body>'
        f'<div class="post_main"><h1 class="post_title">{_title(rng)}</h1><div class="post_info">2022-01-14 13:02:46　来源: 东方财富</div>'
        f'<div class="post_body">{_prose(rng, "网易")}{_links(rng)}</div></div></body></html>'
    )


def _qq(rng: random.Random) -> Page:
    return "html", (
        f'<html><head><title>{_title(rng)}_腾讯新闻</title><meta name="apub:time" content="2022-01-14 13:02:46"></head><body>'
        f'<div class="LEFT"><h1>{_title(rng)}</h1><div class="content-article">{_prose(rng, "腾讯")}{_links(rng)}</div></div></body></html>'
    )


def _sohu(rng: random.Random) -> Page:
    return "html", (
        f'<html><head><title>{_title(rng)}_东方财富_搜狐</title><link rel="canonical" href="https://www.sohu.com/a/{rng.randrange(10**9)}_120{rng.randrange(999)}">'
        f'</head><body><div class="text-title"><h1>{_title(rng)}</h1></div><article class="article" id="mp-editor">{_prose(rng, "搜狐")}{_links(rng)}</article></body></html>'
    )


def _people(rng: random.Random) -> Page:
    url = f"http://finance.people.com.cn/n1/2022/0114/c1004-{rng.randrange(10**8)}.html"
    return "html", (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=GB2312"><title>{_title(rng)}--人民网</title><meta property="og:url" content="{url}">'
        f'</head><body><h1>{_title(rng)}</h1><div class="channel">2022年01月14日13:02 | 来源：人民邮电报</div><div class="rm_txt_con">{_prose(rng, "人民网")}</div></body></html>'
    )


def _containers(rng: random.Random) -> Page:
    """Another site that has a body under a name that East Money has, too."""
    mark = rng.choice(
        (
            'id="ContentBody"',
            'class="Body"',
            'class="txtinfos"',
            'class="newsContent"',
            'id="zw_body"',
            'class="content"',
        )
    )
    url = f"https://news.example.com.cn/{rng.randrange(10**6)}.html"
    return "html", (
        f'<html><head><title>{_title(rng)}_东方财富网转载</title><link rel="canonical" href="{url}"></head><body><h1>{_title(rng)}</h1>'
        f'<div class="time">2022-01-14 13:02:46</div><div {mark}><!--文章主体-->{_prose(rng, "某网")}<p class="em_media">（文章来源：某网）</p></div>{_links(rng)}</body></html>'
    )


def _nameless(rng: random.Random) -> Page:
    """A page that does not tell where it is from, and names East Money in its title."""
    return "html", (
        f'<html><head><title>{_title(rng)}：东方财富网</title></head><body><h1>{_title(rng)}</h1><div id="main">{_prose(rng, "某网")}{_links(rng)}</div></body></html>'
    )


def _blog(rng: random.Random) -> Page:
    """Jekyll: posts at /2022/01/14/x.html, in a section."""
    slug = rng.choice(
        ("hello-world", f"stock-{rng.randrange(10**6)}", f"20220114{rng.randrange(10**4)}", "dongfangcaifu")
    )
    items = "".join(
        f'<li><a href="/finance/2022/01/{day:02}/{slug}-{day}.html">{_title(rng)}</a></li>' for day in range(1, 6)
    )
    if rng.random() < 0.5:
        return (
            "html",
            f"<html><head><title>博客</title></head><body><section><h1>博客</h1><ul>{items}</ul></section>{_links(rng)}</body></html>",
        )
    return "html", (
        f'<html><head><title>{_title(rng)} | 我的博客</title><link rel="canonical" href="https://blog.example.io/2022/01/14/{slug}.html">'
        f'<meta property="article:published_time" content="2022-01-14T13:02:46+08:00"></head><body><section><h1>{_title(rng)}</h1>'
        f'<small>2022-01-14</small>{_prose(rng, "博客")}{_links(rng)}<p><a href="/">返回首页</a></p></section></body></html>'
    )


def _wordpress(rng: random.Random) -> Page:
    return "html", (
        f'<html><head><title>{_title(rng)}</title><link rel="canonical" href="https://wp.example.cn/2022/01/14/{rng.randrange(10**5)}.html"></head><body>'
        f'<article class="post-{rng.randrange(999)}"><h1 class="entry-title">{_title(rng)}</h1><section class="entry-content">{_prose(rng, "博客")}{_links(rng)}</section></article></body></html>'
    )


def _api(rng: random.Random) -> Page:
    number, title, text = rng.randrange(10**6), _title(rng), _PROSE.format(name="x", site="y")
    reply: object = rng.choice((
        {"code": 0, "data": {"id": number, "title": title, "content": text}},
        {"code": 200, "message": "ok", "data": {"list": [{"title": title, "url": "https://www.cls.cn/detail/1", "ctime": 1642136566}]}},
        {"result": {"status": {"code": 0}, "data": {"feed": {"list": [{"id": number, "rich_text": text}]}}}},
        {"items": [{"title": title, "summary": text, "link": "https://finance.eastmoney.com/"}]},
        {"id": number, "title": title, "body": text, "author": "x"},
        {"text": title, "user": {"name": "x"}},
        {"content": text, "id": number},
        {"articles": [{"newsid": number, "title": title}]},
        {"news": [{"title": title, "image": "https://x.example/1.jpg"}]},
        {"news": {"body": text, "title": title}},
        {"data": {"list": [{"title": title, "showtime": "2022-01-14 13:02:46", "url": "https://www.cls.cn/detail/1"}]}},
        {"records": [{"id": number, "title": title, "medianame": "x", "datetime": "2022-01-14 13:02:46"}]},
        {"newsid": str(number), "body": "", "title": title},
        [{"title": title}],
    ))  # fmt: skip
    text = json.dumps(reply, ensure_ascii=rng.random() < 0.5)
    return ("jsonp", f"callback({text});") if rng.random() < 0.2 else ("json", text)


def _markdown(rng: random.Random) -> Page:
    layout = rng.choice(("layout: post\n", "layout: post\nauthor: me\n", "", "layout: page\n"))
    kind = rng.choice(
        ("categories: finance\ntags: [东方财富, 股票]\n", "tags:\n  - 股票\n", "categories: [a, b]\n", "")
    )
    title, front = _title(rng), rng.random() < 0.9
    head = f"---\n{layout}title: {title}\ndate: 2022-01-14 13:02:46 +0800\n{kind}---\n" if front else f"# {title}\n"
    return "md", f"{head}\n{_PROSE.format(name='它', site='博客')}\n\n[东方财富](https://www.eastmoney.com/)\n"


_MAKERS: tuple[Callable[[random.Random], Page], ...] = (
    _sina, _netease, _qq, _sohu, _people, _containers, _nameless, _blog, _wordpress, _api, _api, _markdown, _markdown,
)  # fmt: skip


def _names(rng: random.Random, number: int, ending: str) -> str:
    """Plain names, names of blog posts, paths of a mirror, and names that hold as many digits as a code has."""
    return rng.choice((
        f"{number}.{ending}",
        f"2022-01-14-post-{number}.{ending}",
        f"www.example.com/2022/01/14/{number}.{ending}",
        f"www.sohu.com/a/{number}_12{number}.{ending}",
        f"保存的网页 {number} - 东方财富.{ending}",
    ))  # fmt: skip


def save(folder: Path, count: int, seed: int = 1) -> Iterator[Path]:
    """Write so many pages below the folder."""
    rng = random.Random(seed)
    for number in range(count):
        ending, text = _MAKERS[number % len(_MAKERS)](rng)
        path = folder / _names(rng, number, ending)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("gb18030" if "charset=GB2312" in text else "utf-8"))
        yield path
