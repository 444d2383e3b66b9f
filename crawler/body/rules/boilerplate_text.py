"""Paragraphs of their own that name the editor, disclaim, or advertise: the same words in a sentence are the text's."""

from crawler.body.rule import ParagraphRule

_END = r"[\s。！!>》）)]*"
_BEFORE, _MORE = r"(?:.{0,20}[，,！!])?", r"(?:[，,！!>].{0,40})?"
"""What a slogan says besides stands apart from it: where its sentence goes on, that is somebody's about it."""
_OPEN = r"[（(【\[]?\s*"

SLOGANS = ParagraphRule(
    "slogans",
    "paragraphs of slogans",
    (
        ("<p>a</p><p>东方财富看资讯行情，更快</p>", "<p>a</p>"),
        ("<p>a</p><p>选东方财富证券一站式开户交易</p>", "<p>a</p>"),
        ("<p>a</p><p>主力资金加仓名单实时更新，APP内免费看</p>", "<p>a</p>"),
        ("<p>a</p><p>全新妙想投研助理，立即体验</p>", "<p>a</p>"),
        ("<p>a</p><p>打开微信，点击底部的“发现”</p>", "<p>a</p>"),
        ("<p>a</p><p>点击右上角“扫一扫”</p>", "<p>a</p>"),
        ("<p>a</p><p>扫码后进“发现”页</p>", "<p>a</p>"),
        ("<p>使用“扫一扫”即可</p><p>扫码用“扫一扫”分享</p>", "<p>使用“扫一扫”即可</p>"),
        ("<p>a</p><p>炒股第一步，先开个股票账户</p>", "<p>a</p>"),
        ("<p>a</p><p>想炒股，先开户！选某证券&gt;&gt;</p>", "<p>a</p>"),
        ("<p>a</p><p>四大权益礼包，开户即送</p>", "<p>a</p>"),
        ("<p>a</p><p>请打开微信，</p>", "<p>a</p>"),
        ("<p>a</p><p>东方财富，专业金融数据平台</p>", "<p>a</p>"),
        ("<p>开户即送现金的券商被罚</p><p>请打开微信</p>", "<p>开户即送现金的券商被罚</p>"),
    ),
    tuple(
        pattern + _END
        for pattern in (
            rf"在?东方财富看资讯行情{_MORE}",
            rf"{_BEFORE}选?东方财富证券一站式开户(?:交易)?",
            rf"{_BEFORE}主力资金加仓名单实时更新{_MORE}",
            r"(?:.{0,6}[，,！!])?全新妙想投研助理(?:[，,！!].{0,10})?",
            rf"(?:请?打开微信，)?点击.{{0,6}}“发现”页?{_MORE}",
            rf"(?:请?打开微信，)?点击.{{0,6}}“扫一扫”(?:分享)?{_MORE}",
            rf"(?:请?打开微信，)?扫.{{0,6}}“发现”页?{_MORE}",
            rf"(?:请?打开微信，)?扫.{{0,6}}“扫一扫”(?:分享)?{_MORE}",
            r"炒股第一步，先开个?股票账户",
            rf"想炒股，先开户{_MORE}",
            rf"{_BEFORE}开户即送[^，,。]{{0,6}}",
            r"请?打开微信[，,]?",
            r"(?:东方财富[，,]?)?专业金融数据(?:服务)?(?:平台)?",
        )
    ),
)
_SIGN = r"\s*[：:/／|｜丨]"
"""Stands between what somebody did and the name, in any print."""
_FIRST = rf"(?:[作记]者|主编|文|图){_SIGN}[^。！？：:]{{0,30}}"
"""Who else made it, named before the editor."""
_NAMES = r"[^。！？]{0,60}?[）)】\]]?\s*"
EDITOR = ParagraphRule(
    "editor",
    "paragraphs naming who edited the article, what it was called elsewhere, or where to read all of it",
    (
        ("<p>a</p><p>（责任编辑：某某）</p>", "<p>a</p>"),
        ("<p>a</p><p>原标题：重磅！某某？</p>", "<p>a</p>"),
        ("<p>a</p><p>（作者：某某 责任编辑：某某）</p>", "<p>a</p>"),
        ("<p>a</p><p>（文/某某 责编/某某）</p>", "<p>a</p>"),
        ("<p>a</p><p>主编｜某某　校对｜某某</p>", "<p>a</p>"),
        ("<p>a</p><p>（作者：某某）</p>", "<p>a</p>"),
        ("<p>a</p><p>【原标题】重磅！某某？</p>", "<p>a</p>"),
        ("<p>a</p><p>编辑：某某　校对：某某</p>", "<p>a</p>"),
        ("<p>a</p><p>【责编丨某某】</p>", "<p>a</p>"),
        ("<p>a</p><p>校对｜某某</p>", "<p>a</p>"),
        ("<p>a</p><p>审核/某某</p>", "<p>a</p>"),
        ("<p>a</p><p><a href='https://x.example/'>点击查看全文&gt;&gt;</a></p>", "<p>a</p>"),
        ("<p>a</p><p>【点此阅读全文】</p><p>展开全文</p>", "<p>a</p>"),
        ("<p>a</p><p>阅读原文…</p>", "<p>a</p>"),
        ("<p>记者：请谈谈展望</p><p>（作者：某某）</p>", "<p>记者：请谈谈展望</p>"),
        ("<p>作者：我们的编辑很忙。</p><p>编辑：某某</p>", "<p>作者：我们的编辑很忙。</p>"),
        ('<p>a</p><p class="res-edit">某某</p>', "<p>a</p>"),
    ),
    (
        rf"{_OPEN}(?:责任|值班|本期|文字|图文)?编辑{_SIGN}{_NAMES}",
        rf"{_OPEN}责编{_SIGN}{_NAMES}",
        rf"{_OPEN}校对{_SIGN}{_NAMES}",
        rf"{_OPEN}审核{_SIGN}{_NAMES}",
        rf"{_OPEN}{_FIRST}编辑{_SIGN}{_NAMES}",
        rf"{_OPEN}{_FIRST}责编{_SIGN}{_NAMES}",
        rf"{_OPEN}{_FIRST}校对{_SIGN}{_NAMES}",
        rf"[（(【\[]\s*作者{_SIGN}[^。！？]{{0,40}}[）)】\]]\s*",
        rf"[（(【\[]\s*原标题\s*[）)】\]][：:]?[^。]{{0,80}}?{_END}",
        rf"{_OPEN}(?:本文)?原标题{_SIGN}[^。]{{0,80}}?[）)】\]]?{_END}",
        rf"{_OPEN}(?:请?点[击此]|点击此处|戳这里)?查看全文[^。]{{0,6}}{_END}",
        rf"{_OPEN}(?:请?点[击此]|点击此处|戳这里)?阅读全文[^。]{{0,6}}{_END}",
        rf"{_OPEN}(?:请?点[击此]|点击此处|戳这里)?阅读原文[^。]{{0,6}}{_END}",
        rf"{_OPEN}(?:请?点[击此]|点击此处|戳这里)?展开全文[^。]{{0,6}}{_END}",
    ),
    "res-edit",
)
DISCLAIMER = ParagraphRule(
    "disclaimer",
    "paragraphs of disclaimers: what an article's subject declares is the article's",
    (
        ("<p>a</p><p>郑重声明：东方财富发布此内容旨在传播更多信息，与本站立场无关。</p>", "<p>a</p>"),
        ("<p>a</p><p>（免责声明：仅供参考，风险自担。）</p>", "<p>a</p>"),
        ("<p>a</p><p>公司提示：以上内容仅供参考，不构成投资建议。</p>", "<p>a</p>"),
        ("<p>a</p><p>东方财富网发布此内容旨在传播</p>", "<p>a</p>"),
        ("<p>a</p><p>据此操作，风险自担。</p>", "<p>a</p>"),
        ("<p>a</p><p>以上信息仅供参考，投资者据此操作，风险自负。</p>", "<p>a</p>"),
        ("<p>a</p><p>风险自担！</p>", "<p>a</p>"),
        ("<p>a</p><p>免责声明：本文仅代表作者个人观点，与本网无关。</p>", "<p>a</p>"),
        ("<p>郑重声明：有人冒用本公司名义集资。</p><p>风险自担！</p>", "<p>郑重声明：有人冒用本公司名义集资。</p>"),
        (
            "<p>东方财富发布此内容旨在传播更多信息，这句话被法院认定为格式条款，需赔偿原告三百万元。</p><p>风险自担！</p>",
            "<p>东方财富发布此内容旨在传播更多信息，这句话被法院认定为格式条款，需赔偿原告三百万元。</p>",
        ),
        (
            "<p>公司提示：产能数字为初步测算，以年报为准，仅供参考。</p><p>风险自担！</p>",
            "<p>公司提示：产能数字为初步测算，以年报为准，仅供参考。</p>",
        ),
    ),
    (
        rf"{_OPEN}郑重声明\s*[：:].*",
        rf"{_OPEN}.{{0,2}}声明\s*[：:].*",
        rf"{_OPEN}公司提示\s*[：:].*",
        rf"{_OPEN}东方财富.?发布此内容.*",
        rf"{_OPEN}.{{0,60}}仅供参考.{{0,60}}",
        rf"{_OPEN}.{{0,60}}据此操作.{{0,20}}",
        rf"{_OPEN}风险自担.{{0,3}}",
    ),
    vocabulary=(
        r"据此(?:操作|投资|入市)|风险自[担负]|[责后]果自负",
        "仅供(?:读者|投资者)?参考",
        r"不构成.{0,10}(?:建议|依据|邀约|操作)",
        r"(?:东方财富|本[站网平]).{0,6}(?:发布|转载|刊登)",
        "旨在传播",
        r"(?:与|不代表)本?[站网平].{0,6}(?:立场|观点)|与本[站网平].{0,3}无关",
        r"(?:本文|文章|文中|内容).{0,6}代表(?:作者|其)?(?:本人|个人|作者).{0,4}(?:观点|立场|意见)",
        r"(?:不|未).{0,4}(?:保证|证实).{0,30}(?:真实|准确|完整)",
        r"投资(?:者)?[有须需][风谨]|入市[有须需][风谨]",
    ),
)
"""``vocabulary``: two of these make a disclaimer, or one in a paragraph that says hardly more; half of it is in clauses
with one."""
