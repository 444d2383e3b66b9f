"""Posts by the thousand that nobody means ill with: titles of any Unicode, odd categories, bodies of every furniture."""

import random
import string
from collections.abc import Iterator

from jekyll.post_case import Case, post

from crawler.demo.securities import SECURITIES
from crawler.demo.stock_links import kline_block, link_stocks

CATEGORIES = (
    ("renminyoudianbao", "人民邮电报"), ("TechWeb", "TechWeb"), ("Techweb", "Techweb"), ("36ke", "36氪"),
    ("21shijijingjibaodao  nancailicaitong", "21世纪经济报道  南财理财通"), ("Career In touxingPEVC", "Career In 投行PEVC"),
    ("anxinguojizhengquan(xianggang)", "安信国际证券(香港)"), ("《caijing》zazhi", "《财经》杂志"), ("A|Bcaijing", "A|B财经"),
    ("2022", "2022"), ("20_22", "20_22"), ("1,000", "1,000"), ("0x1F", "0x1F"), ("1e3", "1e3"), ("0.5", "0.5"),
    ("2022-01-14", "2022-01-14"), ("yes", "yes"), ("NO", "NO"), ("off", "off"), ("y", "y"), ("null", "null"), ("true", "true"),
    ("a: b", "a: b"), ("a:b", "a:b"), ("@x", "@x"), ("!x", "!x"), ("%x", "%x"),
    ("'x'", "'x'"), ("x", '"x"'), ("x,y", "x,y"), ("- x", "- x"), ("x #y", "x #y"), ("=", "="), ("6G·julebu", "6G·俱乐部"),
    ("x_y_z", "x_y_z"), ("100%", "100%"), ("a.b", "a.b"), ("😀", "😀"), ("ａ（ｂ）", "ａ（ｂ）"),
)  # fmt: skip
TITLES = (
    '他说"好"', "“好”‘好’", "a\\", "\\", "\\n \\x41 \\", '"', '\\"', "'", "{{ site.title }}", "{{", "}}", "{% raw %}", "{% foo", "{%",
    "---", "--- a", "...", "a: b", ": a", "# a", "a # b", "- a", "[a]", "{a: b}", "*a*", "&a", "!a", "|", ">", "%a", "@a", "`a`", "~",
    "null", "yes", "2022", "2022-01-14", "x" * 300, "涨" * 300, "😀" * 75, "A&B", "A&amp;B", "&lt;b&gt;", "1<2", "<600050>", "a<b>c", "两  空",
    "制表\t符", "上\n下", "上\r\n下", "é à ü ß", "עברית", "العربية", "한국어", "ไทย", "👨‍👩‍👧", "\u200b\u200e零宽", "\ufeff头", "𠮷野家", "{: a}", "{::a /}",
    "$$x$$", "a_b_c", "**a**", "[a](b)", "![a](b)", "a -- b --- c", "{{ '{{' }}", "{%- comment -%}",
)  # fmt: skip
MARKS = (
    "*星* **双星**", "_线_ __双线__", "# 井号", "1. 甲", "- 乙", "+ 丙", "> 引", "[甲](乙)", "![图](乙)", "[甲][乙]", "[甲]: 乙", "`码`", "```", "~~~", "~~删~~",
    "|甲|乙|", "$$x$$", "\\*", "甲 -- 乙 --- 丙", "甲...", '"甲"', "'甲'", "{{ 变量 }}", "{{", "}}", "{% 标签 %}", "{% raw %}", "{%", "{:toc}", "{: .类}",
    "{::comment}", '{::options a="b" /}', "{:/}", "*[甲]: 乙", "[^1]", "[^1]: 注", "^", "---", "===", "***", "a\\", "3 &gt; 2 &lt; 4", "A&B", "A&amp;B",
    "&ldquo;增长&rdquo;", "1 < 2", "x<y。", "（P<0.05）", "就<征求意见稿>", "收入<成本", "a<b，c>d", "若a<b and c>d", "<GDP>", "甲</乙>", "单\u3000个", "双\u3000\u3000个", "不&nbsp;断", "（2.5%）", "😀", "#话题#", "a_b_c", "http://a.example/?a=1&b=2", "*未闭", "_未闭",
)  # fmt: skip
WORDS = "公司 今日 公告 称 净利润 同比 增长 产能 订单 合同 指数 上涨 回落 投资者 市场 板块 部门 会议 总结 年度".split()
_IMAGE = (
    '<center><img src="https://dfscdn.dfcfw.com/download/D{0}_w800h555.jpg" width="552" orginial_src="https://dfscdn.dfcfw.com/download/D{0}_o.jpg"'
    ' style="border:#d1d1d1 1px solid;padding:3px;margin:5px 0;" /></center>'
)


def made(count: int, first: int = 0, seed: int = 1) -> Iterator[Case]:
    """``count`` posts, the same for the same seed; numbers begin at ``first``."""
    rng = random.Random(seed)
    for index in range(count):
        profile = rng.choice(("standard", "source"))
        category, medium = CATEGORIES[index % len(CATEGORIES)]
        title = TITLES[index % len(TITLES)] if index < 2 * len(TITLES) else _title(rng)
        body, shows = _body(rng, medium, profile)
        if index % 5 == 4:
            made = post(first + index, title, link_stocks(body) if rng.random() < 0.5 else body, digest=_digest(rng))
        else:
            made = post(first + index, title, body, category, f"{medium}新闻")
        yield Case(f"made {made.kind}: {index}", made, profile, shows=shows)


def _title(rng: random.Random) -> str:
    ranges = (
        (0x20, 0x7E),
        (0xA1, 0x24F),
        (0x370, 0x5FF),
        (0x2010, 0x2BFF),
        (0x3001, 0x30FF),
        (0x4E00, 0x9FFF),
        (0xFF01, 0xFF5E),
        (0x1F300, 0x1F6FF),
    )
    text = "".join(chr(rng.randint(*rng.choice(ranges))) for _ in range(rng.choice((3, 12, 30, 60))))
    sign = rng.choice(("", '"', "\\", "{{", "{%", "---", "😀", ": ", "\u2028", "\x85", "\x00", "\ud800", "\ufffe"))
    return f"{_words(rng)}{sign}{text}"


def _words(rng: random.Random) -> str:
    return "".join(rng.choices(WORDS, k=rng.randint(2, 9)))


def _digest(rng: random.Random) -> str:
    return (
        f"【{_words(rng)}】"
        + rng.choice((_words(rng), f'他说"{_words(rng)}"', f"A&B {_words(rng)}--……", "（财联社）"))
        + "。"
    )


def _body(rng: random.Random, medium: str, profile: str) -> tuple[str, tuple[str, ...]]:
    """A body, and the text in it that has to show."""
    between = rng.choice(("", "", "", "\n", "\r\n ", "\r\n\r\n", " "))
    blocks = [
        kline_block(s, rng.random() < 0.6, rng.choice(("", "br", "blank")))
        for s in rng.sample(SECURITIES, rng.choice((0, 1, 1, 2)))
    ]
    shows = []
    for _ in range(rng.randint(1, 6)):
        words = f"{rng.choice(MARKS)}{_words(rng)}{rng.choice(MARKS)}" if rng.random() < 0.6 else _words(rng) + "。"
        blocks.append(_block(rng, words, profile))
        shows.append(words)
    return between.join([*blocks, f'<p class="em_media">（文章来源：{medium}）</p>']), tuple(shows)


def _block(rng: random.Random, words: str, profile: str) -> str:
    """A block of any sort around the words."""
    sorts = [
        f"<p>{words}</p>", f"<p>\u3000\u3000{words}<br /></p>", f'<p style="text-align:center;"><strong>{words}</strong></p>',
        f"<p><font color='#ff0000'>{words}</font></p>", f"<p>\n{words}\n</p>", f"<blockquote><p>{words}</p></blockquote>",
        f'<table border="1" width="100%"><tbody><tr><td>甲</td><td>{words}</td></tr></tbody></table>', f"<h2>{words}</h2>",
        f"<table><tr><td><p><b>{words}</b></p></td></tr></table>", f"<ul><li>{words}</li><li>二</li></ul>", f"<ol>\n<li>{words}</li>\n</ol>",
        f'<p>{words}<a href="http://a.example/?x=1&timespan=2" target="_blank">更多</a></p>', f"<div><p>{words}</p></div>",
        _IMAGE.format(rng.randint(1, 9)) + f'<p style="text-align:center;">{words}</p>', f"<p>{words}</p><p></p><p><br/></p>",
        f"<CENTER><P>{words}</P></CENTER>", f"{words}<p>后</p>", f"<table border=1 width=100%><tr><td colspan=2>{words}</td></tr></table>", f"<p>{words}</p><!-- {''.join(rng.choices(string.ascii_letters, k=4))} -->",
    ]  # fmt: skip
    if profile == "standard":  # which gives stray text a paragraph; kramdown reads it as Markdown otherwise
        sorts += [f"<b>粗</b>{words}<br />", f"<span>{words}</span>"]
    return rng.choice(sorts)
