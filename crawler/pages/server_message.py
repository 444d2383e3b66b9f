"""What a server says in place of an article (系统繁忙，请稍后再试): known by the words that all of it is made of."""

import re

from crawler.pages.eastmoney.media_names import SEPARATOR
from crawler.pages.eastmoney.prose import pieces, plain
from crawler.patterns import compiled

_LONGEST_MARKUP, _LONGEST = 1600, 200
_SHARE = 0.8
"""The part of its Chinese letters, at least, that are of the words below; news of servers have names in them."""
_WHAT = "(?:系统|服务器?|网络|网站|接口|页面|网页|数据库?|程序|请求|参数|连接|会话|内容)"
_WRONG = (
    r"(?:(?:发生|出现)?(?:了|未知|内部){0,3}(?:错误|异常|出错|故障)|(?:正|太)?繁?忙|超时|失败|不可用|开小差|压力过大|受限|(?:已|已经)?(?:过期|失效)"
    r"|(?:正在|升级|系统){0,3}维护|升级中|被(?:阻断|拦截|拒绝))"
)
_SAYS = compiled(
    rf"{_WHAT}(?:访问|连接|加载|调用|处理|当前|暂时|目前|正在|存在|已|了){{0,3}}{_WRONG}"
    r"|(?:访问|操作|请求|点击)(?:太|过于?|得){0,2}(?:频繁|快)"
    r"|(?:稍后|稍候|片刻|一会儿?|分钟后|小时后|休息一下)[后再重]{0,2}(?:试|访问|尝试|刷新|来)|加载(?:更多)?(?:失败|中)|(?:正在|重新)(?:加载|跳转)"
    r"|登[录陆](?:以)?后[^，。！？,]{0,4}(?:看|阅读|访问|继续)|(?:请先|重新)登[录陆]"
    r"|(?:下载|打开)[^，。！？,]{0,12}(?:看|阅读)全文|(?:输入|完成)[^，。！？,]{0,6}验证|滑块|浏览器版本[过太]低|(?:开启|启用)javascript"
    r"|(?:没有|无)权限?[^，。！？,]{0,4}(?:访问|查看|浏览|阅读)|(?:限制|禁止|拒绝|不支持)访问|访问受限|访问[^，。！？,]{0,6}(?:阻断|拦截|拒绝|限制|禁止)"
    r"|请求[^，。！？,]{0,12}拦截|排队[^。！？]{0,12}等待|非法请求",
    re.IGNORECASE,
)
"""What is wrong, or what is to be done about it: a message says one of these."""
_ASKS = compiled("请|您|抱歉|对不起|稍后|稍候|点击")
_SHORT = 10
"""Letters of a message that does not speak to its reader: 参数错误."""
_REPORTED = compiled(
    "回应|记者|网友|旅客|乘客|投资者|表示|致歉|电，|称[，：:“]|股份|公司|银行|已(?:经|全部|全面|陆续)?(?:修复|恢复)"
)
"""Somebody else speaks, or is spoken to, or it is over."""
WORDS = """
温馨 提示 系统 服务器 服务 网络 网站 网关 本站 屏幕 接口 页面 网页 该页 这一页 上一页 首页 数据库 数据 程序 参数 连接
会话 内容 浏览器 缓存 环境 地址 按钮 此处 机制 爬虫 威胁 行为 编号 代码 追踪 事件 时间 问题 版本 信息 资讯 公告 体验
繁忙 忙 超时 失败 异常 错误 出错 故障 不可用 不支持 开小差 过期 失效 维护 升级 抢修 修复 恢复 正常 阻断 拦截 拒绝 限制
禁止 频繁 过于 过低 太快 未知 内部 暂停 暂时 无法 没有 无权 权限 受限 请求 请 您好 您 尊敬 用户 用 我们 亲 抱歉 对不起
很 不便 谅解 敬请 理解 支持 感谢 谢谢 合作 歉意 深表 深感 带来 造成 给 为了 为 由于 因此 稍后 稍候 稍等 片刻 一会儿 过
再 试 尝试 重新 重试 刷新 返回 点击 更换 清除 检查 设置 加载 登录 登陆 注册 免费 立即 查看 看看 看 阅读 全文 全部 访问
浏览 继续 提供 耐心 等待 等候 排队 人数 较多 过多 更多 更好 了解 享受 专属 同步 收藏 评论 自选股 客服 热线 电话 联系
咨询 疑问 帮助 拨打 管理员 技术 工程师 人员 客户经理 反馈 误判 发送 相应 开通 会员 验证码 验证 滑块 完成 输入 下方
以下 按住 拖动 安全 防护 保护 保证 确保 账号 账户 帐号 存在 可能 检测 启用 开启 操作 长时间 反应 休息 一下 如果 如有
如需 如 仍然 认为 或者 或 并 将 该 此 其他 以后 之后 才能 需要 需 可以 可 即可 已被 已 当前 目前 正在 正 预计 期间
尽快 紧急 进行 发生 出现 记录 调用 处理 最新 不要 分钟 小时 后 与 和 的 在 是 了 被 中 内 有 对 会 到 来 先 压力过大
几分钟 所在 地区 暂不 哎呀 下载 打开 客户端 跳转 本 非法
"""
_KNOWN = compiled("|".join(sorted(WORDS.split(), key=len, reverse=True)))
_HAN, _LATIN = compiled("[\u3400-\u9fff]"), compiled(r"(?<!\w)[A-Za-z]{3,}(?!\w)", re.ASCII)
_NO_NAMES = compiled(
    "app|vip|url|http|error|code|msg|message|chrome|firefox|edge|safari|javascript|cookies?|nginx|wifi", re.IGNORECASE
)
"""Latin words that servers say; any other counts as the name of somebody."""
_ENGLISH = compiled(
    r"\b(?:service (?:temporarily )?unavailable|bad gateway|gateway time-?out|internal server error|too many requests"
    r"|access (?:is |was |has been )?denied|(?:request|connection) time(?:d )?-?out|try again later|forbidden"
    r"|permission to access|captcha|enable javascript|checking your browser"
    r"|(?:you|your ip) (?:have|has) been blocked)\b",
    re.IGNORECASE,
)
_ENGLISH_WORDS = """
a able about access accessed accessing account address administrator after again allow an and any are as at automated
automatic automatically bad be because been before being believe blocked bot browser but by cache can cannot captcha
check checking click client cloudflare code com complete connection contact content continue cookies could ddos denied
detected did disabled do does doesn don down due email enable enabled encountered error exceeded few for forbidden
found from gateway go has have help here hold home host html http https human id if in incident inconvenience internal
ip is isn it its javascript just later limit limited link load loading log maintenance make manager many may message
method minutes moment moments more my navigate need network nginx no not now number of on or our overloaded owner page
performance permission permissions please policy press problem problems process protection proxy ray reach received
redirect redirected reference refresh reload request requested requests required reset resource response restricted
retry return review robot robots safety seconds secure security see seems server service session several shortly sign
site solve some sorry status supported sure suspicious system t technical temporarily temporary than thank thanks that
the then there this time timed timeout to too traffic troubleshooting try turn unable unauthorized unavailable
understanding unexpected unusual up upgrade upstream url us use used user using verification verify via view visit
visiting waf wait was we web webmaster website went were while why will with www you your
"""
_IN_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_ADDRESS = compiled(r"(?:https?:)?//\S++|[\w.-]++@[\w.-]++|(?<!\w)[\w-]++(?:\.[\w-]++){1,6}+(?!\w)", re.ASCII)
_NO_VALUE = compiled(r"undefined|null|none|nan|\[object object\]|\{\{[^{}]{0,60}\}\}|\$\{[^{}]{0,60}\}", re.IGNORECASE)
"""What a script writes that was given nothing, and the place where it would have written."""
_ENGLISH_WORD = compiled("[a-z]+", re.IGNORECASE)
_LONGEST_IN_ENGLISH = 500


def server_message(markup: str) -> str:
    """Give the words, where the whole text is such a message; "" where it is an article."""
    if len(markup) > _LONGEST_MARKUP or "em_media" in markup:
        return ""
    text = " ".join(plain(markup).split())
    if not _HAN.search(text):
        return _in_english(" ".join(pieces(markup).replace(SEPARATOR, " ").split()))
    if len(text) > _LONGEST:
        return ""
    letters = len(_HAN.findall(text))
    letters += sum(len(word) for word in _LATIN.findall(text) if not _NO_NAMES.fullmatch(word))
    if not _SAYS.search(text) or _REPORTED.search(text):
        return ""
    if letters > _SHORT and not _ASKS.search(text):
        return ""
    return text if sum(map(len, _KNOWN.findall(text))) >= _SHARE * letters else ""


def _in_english(text: str) -> str:
    if _NO_VALUE.fullmatch(text):
        return text
    if len(text) > _LONGEST_IN_ENGLISH or not _ENGLISH.search(text):
        return ""
    words = _ENGLISH_WORD.findall(_ADDRESS.sub(" ", text))
    known = sum(len(word) for word in words if word.lower() in _IN_ENGLISH)
    return text if known >= _SHARE * sum(map(len, words)) else ""
