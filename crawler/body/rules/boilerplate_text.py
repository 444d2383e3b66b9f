"""Paragraphs of their own that name the editor, or advertise: the same words in a sentence are the text's."""

from crawler.body.rule import ParagraphRule
from crawler.patterns import compiled

_END = r"[\s。！!>》）)]*"
_BEFORE, _NOW = r"(?:.{0,4}东方财富看资讯行情[，,])?", r"(?:[，,！!]?(?:APP内免费看|立即体验|更快))?"
_CHOOSE = r"(?:[，,！!]\s*选[^，。！]{0,4}证券(?:一站式开户)?(?:交易)?(?:[，,][^，。！]{0,6}APP搞定)?)?"
_SHARE = r"(?:[，,]?(?:使用)?“扫一扫”(?:即可)?)?(?:[，,]?(?:即可)?(?:将网页)?分享(?:[至到给][^，。]{0,6})?)?[，,]?"
"""What a slogan says besides: where its sentence goes on in other words, that is somebody's about it."""
_SCAN = r"(?:长按|扫描|识别|扫一扫|长按识别)(?:下方|下面|上方|图中)?"
_MORE_OF = r"(?:更多[^，。！？]{0,8}[，,]?)?请?"
_FOLLOW = r"关注(?:我们|(?:我们的)?(?:微信)?公众号)"
"""A code or a link that the article's picture shows, for the medium's own readers."""
_APP, _TO_READ = (
    "[^，。！？]{0,6}(?:APP|App|app|客户端)",
    "[，,]?(?:查看|阅读|浏览)(?:更多|全文|原文)(?:精彩)?(?:内容|资讯)?",
)
_MARKED = r"[☆★●■◆▲※]?\s*"
_OPEN = r"[（(【\[☆★●■◆▲※]?\s*"

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
        ("<p>a</p><p>更多内容请长按识别二维码关注我们</p><p>↑点击上方蓝字关注公众号</p>", "<p>a</p>"),
        (
            "<p>打开微信，点击“扫一扫”，乘客即可过闸。</p><p>打开微信</p>",
            "<p>打开微信，点击“扫一扫”，乘客即可过闸。</p>",
        ),
        ("<p>a</p><p>下载某某APP，查看更多</p><p>打开App阅读全文</p>", "<p>a</p>"),
        ("<p>a</p><p>（点击下载某某APP，查看更多精彩资讯）</p>", "<p>a</p>"),
        ("<p>a</p><p>海量资讯、精准解读，尽在新浪财经APP</p>", "<p>a</p>"),
        ("<p>a</p><p>炒股就看金麒麟分析师研报，权威，专业，助您挖掘潜力主题机会！</p>", "<p>a</p>"),
        ("<p>a</p><p>24小时滚动播报最新的财经资讯和视频，更多粉丝福利扫描二维码关注</p>", "<p>a</p>"),
        ("<p>开户即送现金的券商被罚</p><p>请打开微信</p>", "<p>开户即送现金的券商被罚</p>"),
    ),
    tuple(
        pattern + _END
        for pattern in (
            rf"在?东方财富看资讯行情{_NOW}{_CHOOSE}",
            rf"{_BEFORE}选?东方财富证券一站式开户(?:交易)?",
            rf"(?:名单上新[，,])?主力资金加仓名单实时更新{_NOW}",
            rf"(?:.{{0,6}}[，,！!])?全新妙想投研助理{_NOW}",
            rf"(?:请?打开微信，)?点击.{{0,6}}“发现”页?{_SHARE}",
            rf"(?:请?打开微信，)?点击.{{0,6}}“扫一扫”(?:分享)?{_SHARE}",
            rf"(?:请?打开微信，)?扫.{{0,6}}“发现”页?{_SHARE}",
            rf"(?:请?打开微信，)?扫.{{0,6}}“扫一扫”(?:分享)?{_SHARE}",
            r"炒股第一步，先开个?股票账户",
            rf"想炒股，先开户{_CHOOSE}",
            r"(?:[^，。]{0,4}(?:权益|礼包|好礼|福利|红包){1,2}[，,！!])?开户即送(?:好礼|礼包|福利|红包)?",
            r"请?打开微信[，,]?",
            r"(?:东方财富[，,]?)?专业金融数据(?:服务)?(?:平台)?",
            rf"{_MORE_OF}{_SCAN}二维码[^，。！？]{{0,4}}{_FOLLOW}",
            rf"{_MORE_OF}[↑△▲]?\s*点击[^，。！？]{{0,4}}蓝字[^，。！？]{{0,4}}{_FOLLOW}",
            rf"{_OPEN}(?:请|点击|扫码){{0,2}}下载{_APP}{_TO_READ}",
            rf"{_OPEN}(?:请|点击|扫码){{0,2}}打开{_APP}{_TO_READ}",
            r"海量资讯、精准解读，尽在新浪财经APP",
            r"炒股就看金麒麟分析师研报(?:，(?:权威|专业|及时|全面|助您挖掘潜力主题机会)){0,6}",
            r"24小时滚动播报最新的财经资讯和视频，更多粉丝福利扫描二维码关注[\s（(]{0,2}(?:sinafinance)?",
        )
    ),
)
_SIGN = r"\s*(?:[：:/／|｜丨]|[·•—–-]{1,2})"
"""Stands between what somebody did and the name, in any print."""
_HAN = r"[\u4e00-\u9fff]"
_COMPOUND = "欧阳|司马|上官|诸葛|皇甫|令狐|慕容|尉迟|长孙|司徒|夏侯|端木|公孙|东方|独孤|南宫|西门|轩辕|申屠|呼延"
_ID = r"[A-Za-z0-9_.\-]"
_NAME = (
    rf"(?:(?:{_COMPOUND}){_HAN}{{1,2}}|{_HAN}{{1,3}}{_ID}{{0,12}}|{_ID}{{2,16}}|{_HAN}{{1,5}}·{_HAN}{{1,6}})"
    rf"(?!{_HAN}|{_ID})"
)
"""A person, by a name or a number: of more characters it is a phrase, as often as not (从严把关)."""
_SURNAMES = (
    "王李张刘杨黄赵吴徐孙朱胡郭林罗郑梁谢宋唐韩冯邓曹彭曾肖袁潘蒋蔡杜叶苏魏吕沈姚卢姜崔钟谭汪范廖贾夏韦"
    "邹孟熊秦邱尹薛闫段雷侯陶黎贺顾郝龚邵严覃戴莫孔汤葛邢齐乔庞颜倪庄聂章鲁岳翟殷詹申耿焦俞柳甘祝尚舒阮柯纪梅凌毕裴霍"
    "翁骆靳欧柴蒙鲍喻祁蒲滕屈饶牟穆卓吉缪麦褚娄窦岑宫冷晏席卫柏瞿臧闵邬卞姬栾刁巫寇郎甄佘"
)
_OF_FAMILY = rf"(?:某{{1,3}}|[甲乙丙丁]|(?:{_COMPOUND}){_HAN}{{1,2}}|[{_SURNAMES}]{_HAN}{{0,2}})(?!{_HAN})"
"""A name that begins with a surname, of those that begin few other words."""
_KIND = "(?:责任|值班|本期|本文|文字|图文|新媒体|见习|实习|运营|视觉|版面|执行|每经)?"
_ROLE = (
    rf"{_HAN}{{0,4}}(?:编辑|责编|美编|主编|编委|记者|作者|校对|审校|审核|编审|监制|统筹|审|签发|策划|制图|排版|版式"
    "|设计|视觉|摄影|撰文|来源|文|图)"
)
_BESIDE = rf"(?:[\s、，,/／&|｜丨：:；;·•—–-（()）\[\]]{{1,4}}(?:{_ROLE}(?!{_HAN})|{_NAME}))"
_END_OF_CREDITS, _STOP = r"\s*[）)】\]]?\s*", r"\s*[。；;]"
_NAMES, _PEOPLE = r"(?P<names>.*)", r"(?P<people>.*)"
_WHO = (
    ("names", compiled(rf"\s*(?:{_NAME}{_BESIDE}{{0,15}}+|{_OF_FAMILY}{_BESIDE}{{0,15}}+{_STOP}){_END_OF_CREDITS}")),
    ("people", compiled(rf"\s*{_OF_FAMILY}{_BESIDE}{{0,15}}+{_END_OF_CREDITS}(?:{_STOP})?")),
)
"""What stands behind the sign: names, of which the first has to be a person's where the word before it means more."""
_FIRST = rf"(?:[作记]者|撰文|采写|主编|文|图|本文来源|来源){_SIGN}[^。！？：:]{{0,30}}"
"""Who else made it, named before the editor."""
_CALLED = r"(?:[^。\v（）()【】\[\]]|[（(【\[][^。（）()【】\[\]]{0,40}[）)】\]]){1,80}?"
"""A title in brackets: behind their end the article may begin."""
_ASKED = rf"[>》→☞👉▶►\s]{{0,3}}{_OPEN}(?:请?点[击此]此处|请?点[击此]这里|请?点[击此]|戳这里)?(?:展开)?[“\"]?"
_THERE = r"(?:链接)?[^。\w]{0,6}"
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
        ("<p>a</p><p>责任编辑 某某</p>", "<p>a</p>"),
        ("<p>a</p><p>某报记者 某某 编辑 某某 校对 某某</p>", "<p>a</p>"),
        ("<p>a</p><p>原标题《重磅：某某》</p>", "<p>a</p>"),
        ("<p>a</p><p>（原题为：重磅）</p>", "<p>a</p>"),
        ("<p>a</p><p>（原标题：《重磅》某某（二））</p><p>（原标题 重磅）</p><p>（原文标题：重磅）</p>", "<p>a</p>"),
        ("<p>（原标题：重磅）正文在此。</p><p>（原标题：重磅）</p>", "<p>（原标题：重磅）正文在此。</p>"),
        ("<p>原标题：重磅<br />正文在此。</p><p>编辑：某某<br>校对：某某</p>", "<p>原标题：重磅<br />正文在此。</p>"),
        ("<p>a</p><p><a href='https://x.example/'>点击查看全文&gt;&gt;</a></p>", "<p>a</p>"),
        ("<p>a</p><p>【点此阅读全文】</p><p>展开全文</p>", "<p>a</p>"),
        ("<p>a</p><p>阅读原文…</p>", "<p>a</p>"),
        ("<p>a</p><p>点击下方“阅读原文”，查看更多</p>", "<p>a</p>"),
        ("<p>a</p><p>&gt;&gt;点击这里查看原文</p>", "<p>a</p>"),
        (
            "<p>a</p><p>审校：某某</p><p>监制｜某某、某某</p><p>编审/某某</p><p>统筹：某某</p><p>美编：某某</p>",
            "<p>a</p>",
        ),
        ("<p>a</p><p>责编 某某</p><p>原标题 重磅</p><p>原文标题：重磅</p>", "<p>a</p>"),
        ("<p>a</p><p>作者 王某 编辑 李某</p><p>（作者 王某；责编 李某）</p>", "<p>a</p>"),
        ("<p>a</p><p>编辑—李某；校对—王某。</p><p>→点击“查看全文”</p><p>查看更多&gt;&gt;</p>", "<p>a</p>"),
        ("<p>编辑：好的。</p><p>责编 某某</p>", "<p>编辑：好的。</p>"),
        ("<p>a</p><p>校对 王某</p><p>原标题“重磅：某某”</p>", "<p>a</p>"),
        ("<p>审核：从严把关</p><p>编辑：某某</p>", "<p>审核：从严把关</p>"),
        ("<p>统筹：某某安排了三条产线</p><p>审校：某某</p>", "<p>统筹：某某安排了三条产线</p>"),
        ("<p>记者：请谈谈展望</p><p>（作者：某某）</p>", "<p>记者：请谈谈展望</p>"),
        ("<p>作者：我们的编辑很忙。</p><p>编辑：某某</p>", "<p>作者：我们的编辑很忙。</p>"),
        ('<p>a</p><p class="res-edit">某某</p>', "<p>a</p>"),
    ),
    (
        rf"{_OPEN}{_KIND}编辑{_SIGN}{_NAMES}",
        rf"{_OPEN}责编{_SIGN}{_NAMES}",
        rf"{_OPEN}校对{_SIGN}{_NAMES}",
        rf"{_OPEN}审核{_SIGN}{_PEOPLE}",
        rf"{_OPEN}审校{_SIGN}{_PEOPLE}",
        rf"{_OPEN}编审{_SIGN}{_PEOPLE}",
        rf"{_OPEN}监制{_SIGN}{_PEOPLE}",
        rf"{_OPEN}统筹{_SIGN}{_PEOPLE}",
        rf"{_OPEN}美编{_SIGN}{_PEOPLE}",
        rf"{_OPEN}{_FIRST}编辑{_SIGN}{_NAMES}",
        rf"{_OPEN}{_FIRST}责编{_SIGN}{_NAMES}",
        rf"{_OPEN}{_FIRST}校对{_SIGN}{_NAMES}",
        rf"{_OPEN}{_KIND}编辑\s+{_PEOPLE}",
        rf"{_OPEN}责编\s+{_PEOPLE}",
        rf"{_OPEN}校对\s+{_PEOPLE}",
        rf"{_OPEN}{_HAN}{{0,8}}记者[\s|｜丨：:]{{1,3}}{_HAN}{{2,4}}\s+{_KIND}编辑[\s|｜丨：:]{{1,3}}{_PEOPLE}",
        rf"{_OPEN}(?:本文)?原标题为?\s*《(?:[^。《》]|《[^。《》]{{0,40}}》){{0,80}}》\s*[）)】\]]?{_END}",
        rf"{_OPEN}(?:本文)?原标题\s*“[^。“”]{{0,80}}”\s*[）)】\]]?{_END}",
        rf"[（(【\[]\s*(?:本文)?原题为?\s*[：:《“]{_CALLED}[）)】\]]{_END}",
        rf"[（(【\[]\s*作者{_SIGN}{_NAMES}",
        rf"[（(【\[]\s*原标题\s*[）)】\]][：:]?[^。\v]{{0,80}}?{_END}",
        rf"{_MARKED}(?:本文)?原标题\s+[^。\v，,]{{2,60}}{_END}",
        rf"{_MARKED}原文标题{_SIGN}[^。\v]{{0,80}}?[）)】\]]?{_END}",
        rf"[（(【\[]\s*(?:本文)?原标题\s+{_CALLED}[）)】\]]{_END}",
        rf"[（(【\[]\s*(?:本文)?原标题为?{_SIGN}{_CALLED}[）)】\]]{_END}",
        rf"[（(【\[]\s*原文标题{_SIGN}{_CALLED}[）)】\]]{_END}",
        rf"{_OPEN}作者\s+{_HAN}{{2,4}}\s+{_KIND}编辑\s+{_PEOPLE}",
        rf"[（(【\[]\s*作者\s+{_PEOPLE}",
        rf"{_MARKED}(?:本文)?原标题为?{_SIGN}[^。\v]{{0,80}}?[）)】\]]?{_END}",
        rf"{_ASKED}查看全文{_THERE}",
        rf"{_ASKED}阅读全文{_THERE}",
        rf"{_ASKED}阅读原文{_THERE}",
        rf"{_ASKED}展开全文{_THERE}",
        rf"{_ASKED}查看原文{_THERE}",
        rf"{_ASKED}查看更多{_THERE}",
        rf"{_OPEN}请?点击[^，。！？]{{0,4}}[“\"]阅读原文[”\"](?:[，,]?(?:查看|了解|获取)[^。，]{{0,8}})?[）)】\]]?{_END}",
    ),
    "res-edit",
    breaks="\v",
    parts=_WHO,
)
