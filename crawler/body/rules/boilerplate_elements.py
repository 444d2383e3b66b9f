"""Elements and comments that stand in a body but are not the article: quote placeholders, comments."""

import re
from collections.abc import Iterator

from crawler.body.document import Document
from crawler.body.rule import CommentRule, TagRule
from crawler.markup import Edit, Token
from crawler.patterns import compiled

_FIGURES = r"(?:[-+0-9.,:%()|/\s，：（）↑↓▲▼]|&nbsp;|行情|专区|股吧|诊股|停牌|退市|未上市)*+"
_IN_QUOTE = rf"{_FIGURES}(?:<(?P<inner>a|b|em|font|i|span)(?:\s[^<>]*+)?>{_FIGURES}</(?P=inner)>{_FIGURES})*+"
_QUOTE = compiled(
    rf"""<span\ id=(["']?)(?:bk)?quote_[^"'<>\s]*+\1\s*+>
    {_FIGURES}(?:<(?P<outer>a|b|em|font|i|span)(?:\s[^<>]*+)?>{_IN_QUOTE}</(?P=outer)>{_FIGURES})*+</span\s*+>""",
    re.IGNORECASE | re.VERBOSE,
)


def _quote(document: Document, tag: Token) -> Iterator[Edit]:
    if match := _QUOTE.match(document.source, tag.start):
        yield Edit(match.start(), match.end())


QUOTES = TagRule(
    "quotes",
    "placeholders of stock quotes, which a script of the source fills with figures and links",
    (
        ('<p>a<span id="quote_1"></span><span id="bkquote_2"></span></p>', "<p>a</p>"),
        (
            '<p>险<span id="bkquote_4">(<a href="//q.cn/1">行情</a> <a href="//q.cn/2">专区</a>)</span>制</p>',
            "<p>险制</p>",
        ),
    ),
    _quote,
    ("id",),
    frozenset({"span"}),
)
COMMENTS = CommentRule(
    "comments",
    "comments other than the EM_StockImg pair round a stock picture",
    (("<!--a--><p>a</p><!-- EM_StockImg_Start -->", "<p>a</p><!-- EM_StockImg_Start -->"),),
    compiled(r"<!--\s*+EM_StockImg_(?:Start|End)\s*+-->", re.IGNORECASE),
)
