"""Pages like East Money's and the site's own, of any size; all text is made up, each page a little different."""

import json
import random
from datetime import datetime

from crawler.demo import pages as site_pages
from crawler.demo.articles import DemoArticle
from crawler.items import Page
from crawler.sites import SITE_HOST, share_link

CHARS = "市场公司经济增长数据显示同比环比上涨下跌资金行业政策银行证券投资者机构产业技术消费新能源汽车芯片出口需求供给"


def _sentence(rng: random.Random, length: int = 40) -> str:
    return (
        "".join(rng.choice(CHARS) for _ in range(length))
        + "，"
        + "".join(rng.choice(CHARS) for _ in range(length))
        + "。"
    )


def body(rng: random.Random, size: int = 20_000) -> str:
    """Article HTML of about ``size`` bytes, in the shape of the source's: paragraphs, a K line, pictures, stock links."""
    pieces = [
        '<!-- EM_StockImg_Start --><p style="text-align:center;"><a href="http://quote.eastmoney.com/unify/r/1.600050" '
        'data-code="600050|1|1" data-code2="600050|1|2|" class="EmImageRemark" target="_blank"><img '
        'src="https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050&imageType=k&'
        'token=28dfeb41d35cc81d84b4664d7c23c49f&at=1" border="0" alt="K图 600050_0" data-code="K 600050|1|1" '
        'data-code2="K 600050|1|2|" style="border:#d1d1d1 1px solid;" width="578" height="276" /></a></p>'
        "<!-- EM_StockImg_End -->"
    ]
    length = len(pieces[0])
    while length < size - 200:
        text = "".join(_sentence(rng) for _ in range(rng.randint(1, 3)))
        kind = rng.random()
        if kind < 0.1:
            text = f"<strong>{text}</strong>"
        piece = f"<p>{text}</p>"
        if kind > 0.9:
            piece = f'<center><img src="https://dfscdn.dfcfw.com/download/D{rng.randint(10**19, 10**20)}_w800h555.jpg" alt="Image" width="552" style="border:#d1d1d1 1px solid;padding:3px;margin:5px 0;" /></center>'
        pieces.append(piece)
        length += len(piece.encode())
    return "".join(pieces) + '<p class="em_media">（文章来源：测试财经）</p>'


def page(seed: int, size: int = 112_000, text: int = 20_000) -> Page:
    """A desktop article page of today's era: head, navigation, article of ``text`` bytes, side columns, scripts."""
    rng = random.Random(seed)
    code = f"2022011422481{seed:05d}"
    article = body(rng, text)
    title = _sentence(rng, 12)
    head = (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}_东方财富网</title>'
        f'<meta name="description" content="{_sentence(rng)}"><link rel="canonical" '
        f'href="http://finance.eastmoney.com/a/{code}.html"></head><body>'
    )
    middle = (
        f'<div class="main"><div class="contentwrap"><div class="title">{title}</div><h1>{title}</h1><div class="infos">'
        '<div class=" item">2022年01月14日 13:02</div><div class="item">来源：测试财经</div></div>'
        f'<div id="ContentBody" class="txtinfos"><!--文章主体-->{article}<div class="zwothers"></div></div></div></div>'
    )
    tail = "<script>window._page={a:1};</script></body></html>"
    links, used = [], len((head + middle + tail).encode())
    while used < size:
        link = f'<li class="item"><a href="http://finance.eastmoney.com/a/{rng.randint(10**17, 10**18)}.html" title="x" target="_blank">{_sentence(rng, 8)}</a><span class="time">{rng.randint(0, 23):02d}:00</span></li>'
        links.append(link)
        used += len(link.encode())
    half = len(links) // 2
    text = (
        head + '<ul class="nav">' + "".join(links[:half]) + "</ul>" + middle
        + '<ul class="side">' + "".join(links[half:]) + "</ul>" + tail
    )  # fmt: skip
    return Page(url=f"http://finance.eastmoney.com/a/{code}.html", body=text.encode(), encoding="utf-8")


_STOCK = 'href="http://quote.eastmoney.com/unify/r/1.600160" class="{}" data-code="1,600160"'


def _busy_paragraph(rng: random.Random) -> str:
    kind, text = rng.random(), "".join(_sentence(rng, 20) for _ in range(rng.randint(1, 3)))
    name = "".join(rng.choice(CHARS) for _ in range(4))
    if kind < 0.1:
        return f'<center><img src="https://dfscdn.dfcfw.com/download/D{rng.randint(10**19, 10**20)}_w800h555.jpg" alt="Image" width="552" style="border:#d1d1d1 1px solid;padding:3px;margin:5px 0;" /></center>\n'
    if kind < 0.35:
        link = (
            f'<span id="stock_1.600160"><a {_STOCK.format("keytip")}>{name}</a></span><span id="quote_1.600160"></span>'
        )
        return f"<p>　　{text}{link}{text}</p>\n"
    if kind < 0.5:
        return f'<p>　　{text}<span web="1" {_STOCK.format("em_stock_key_common")}>{name}</span>{text}</p>\n'
    return f"<p>　　{text}</p>\n"


def busy_page(seed: int, size: int = 112_000) -> Page:
    """The same page with as much to clean as the site's own: pairs, fillers, stock names, quotes, blanks, scripts."""
    rng = random.Random(seed)
    found = page(seed, size)
    text = found.body.decode()
    start = text.index("<!--文章主体-->") + len("<!--文章主体-->")
    end = text.index('<p class="em_media">')
    picture = text[start : text.index("<!-- EM_StockImg_End -->")] + "<!-- EM_StockImg_End -->"
    pieces = ['\n<p style="display:none;height:1px;overflow:hidden;"><br /></p>', picture]
    used, wanted = len("".join(pieces).encode()), len(text[start:end].encode())
    while used < wanted:
        pieces.append(_busy_paragraph(rng))
        used += len(pieces[-1].encode())
    head = (
        '<!--[if lt IE 9]><script src="//a/b.js"></script><![endif]--><style>.a{b:c}</style>'
        '<script>if (a<b && c>d) { document.write("<div class=x></div>"); }</script></head><body>'
    )
    text = text[:start] + "".join(pieces) + text[end:]
    text = text.replace("</head><body>", head, 1).replace("</li><li", "</li>\n<li")
    return Page(url=found.url, body=text.encode(), encoding="utf-8")


def pair(seed: int, text: int) -> tuple[Page, Page]:
    """A post page of the site and the share host's JSON, each with the article of ``text`` bytes."""
    rng = random.Random(seed)
    shown = body(rng, text)
    code = f"NW2022011422481{seed:05d}"
    article = DemoArticle(
        code=code, title=_sentence(rng, 12), date=datetime.fromisoformat("2022-01-14T13:02:46"), category="ceshicaijing",
        tag="测试财经新闻", link=share_link(code), text=shown, content=shown.replace("公司", '<span id="stock_1.600160">公司</span>'),
    )  # fmt: skip
    reply = json.dumps({"text": article.text, "content": article.content}, ensure_ascii=False)
    return (
        Page(url=f"https://{SITE_HOST}{article.path}", body=site_pages.post(article).encode(), encoding="utf-8"),
        Page(url=f"http://finews.zning.xyz/NewsData/GetNewsText.do?id={code}", body=reply.encode(), encoding="utf-8"),
    )
