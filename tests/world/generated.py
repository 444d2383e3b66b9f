"""Big sites made by rule: any number of articles, the same for the same seed, bodies made when asked for."""

import random
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from world.sites import Site

from crawler.demo.articles import DemoArticle
from crawler.demo.securities import INVENTED, SECURITIES
from crawler.demo.stock_links import kline_block, link_stocks
from crawler.sites import EMNEWS, share_link

_START = datetime(2022, 1, 10, 6, 0)
# Syllables for media names whose slugs are their plain readings.
_SYLLABLES = {"东": "dong", "海": "hai", "山": "shan", "南": "nan", "新": "xin", "北": "bei", "江": "jiang"}
_SUBJECTS = tuple(security.name for security in INVENTED)
_VERBS = ("披露", "预告", "更新", "说明", "公布", "回应")
_OBJECTS = ("产能安排", "新厂区建设进度", "年度回购方案", "吞吐数据", "研发人员变动", "原料采购合同", "门店调整计划")
_CLAUSES = (
    "产线在本月上旬完成联调",
    "首批货物已从码头装船",
    "管理层称订单排到明年春天",
    "合同金额未对外公布",
    "机构调研记录显示库存处于低位",
    "新设备的单耗比旧线低一成",
    "当地主管部门已受理备案材料",
    "投资者问到分红安排时公司未作答",
    "业绩说明会定于下周三下午举行",
    "分析人士提醒注意原料价格的起落",
)


def _medium(number: int) -> tuple[str, str]:
    """Return slug and name of the n-th medium: three syllables and 日报."""
    base = len(_SYLLABLES)
    picked = [list(_SYLLABLES)[number // base**power % base] for power in (2, 1, 0)]
    return "".join(_SYLLABLES[word] for word in picked) + "ribao", "".join(picked) + "日报"


def _head(number: int, articles: int, categories: int, seed: int) -> DemoArticle:
    rng = random.Random(f"{seed} head {number}")
    step = min(600, max(1, 5 * 86400 // max(1, articles)))
    date = _START + timedelta(seconds=number * step)
    title = f"{rng.choice(_SUBJECTS)}{rng.choice(_VERBS)}{rng.choice(_OBJECTS)}（{number + 1}）"
    news_id = f"{date:%Y%m%d}{2200000000 + number}"
    which = number % categories
    if which == 0:
        link = f"http://finance.eastmoney.com/news/1350,{news_id}.html"
        return DemoArticle(news_id, title, date, EMNEWS, "东财滚动新闻", link, _sentence(rng))
    slug, name = _medium(which)
    return DemoArticle(f"NW{news_id}", title, date, slug, f"{name}新闻", share_link(f"NW{news_id}"))


def _sentence(rng: random.Random) -> str:
    return f"{rng.choice(_SUBJECTS)}方面，{'，'.join(rng.sample(_CLAUSES, 3))}。"


def _sentences(rng: random.Random) -> str:
    return "".join(_sentence(rng) for _ in range(rng.randint(1, 4)))


def _with_bodies(seed: int, head: DemoArticle) -> DemoArticle:
    rng = random.Random(f"{seed} body {head.code}")
    chosen = rng.sample(SECURITIES, rng.choice((0, 1, 1, 2)))
    pictures = [kline_block(security, rng.random() < 0.7) for security in chosen]
    paragraphs = [f"<p>{_sentences(rng)}</p>" for _ in range(rng.randint(2, 7))]
    medium = "东方财富" if head.digest is not None else head.tag.removesuffix("新闻")
    source = f'<p class="em_media">（文章来源：{medium}）</p>'
    text = "".join(pictures) + rng.choice(("", "", "\r\n ")).join(paragraphs) + source
    return replace(head, text=text, content=link_stocks(text))


def generated_site(articles: int = 2000, categories: int = 50, seed: int = 1) -> Site:
    """Make a site of `articles` posts spread evenly over `categories` (the first is emnews) and at most five days."""
    heads = (_head(number, articles, categories, seed) for number in range(articles))
    return Site(heads, fill=partial(_with_bodies, seed))
