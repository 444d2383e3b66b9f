"""What a server says in place of an article is none; news of servers, and short articles, are."""

import json

import pytest

from crawler import pages
from crawler.items import Page
from crawler.pages.server_message import server_message

ID = "202201142248170578"
EASTMONEY = f"https://finance.eastmoney.com/a/{ID}.html"
SHARE = f"http://finews.zning.xyz/NewsData/GetNewsText.do?id=NW{ID}"
MESSAGE = "系统繁忙，请稍后再试。如有疑问请联系客服热线95357，或访问东方财富网首页了解更多信息，给您带来不便敬请谅解。"

MESSAGES = [
    MESSAGE, "系统繁忙，请稍后再试", "<p>尊敬的用户：您好！</p><p>由于当前访问人数过多，服务器繁忙，系统正在为您排队，请您稍后刷新页面重试，感谢您的理解与支持！</p>",
    "您的访问过于频繁，为了您的账号安全，请完成下方的滑块验证后继续访问。如果您认为这是误判，请联系客服并提供您的IP地址和访问时间。",
    "请先登录后再查看全文，登录东方财富账号可同步您的自选股、评论与收藏，没有账号？立即免费注册，享受更多专属服务。",
    "网络连接超时，请检查您的网络设置后重新加载页面。如果问题仍然存在，请清除浏览器缓存或更换浏览器后再次尝试访问本页面。",
    "内部服务器错误，请与系统管理员联系。错误代码：500，追踪编号：7d1e9a4b，时间：2022-01-14 13:02:46", "会话已过期，请重新登录", "参数错误",
    "温馨提示：系统繁忙，请稍后再试", "您好：系统繁忙，请稍后再试", "服务异常：请稍后重试", "msg：系统异常", "登录超时：请重新登录", "尊敬的用户：系统升级维护，请稍后再试", "当前浏览器版本过低，请升级到最新版本的Chrome、Firefox或Edge浏览器后再访问本网站。", '{"code":-1,"msg":"系统异常"}', "请下载APP查看全文",
    "Error 503 Service Unavailable. The server is temporarily unable to service your request. Please try again later.", "数据加载中，请稍候……",
    "<h1>Access Denied</h1><p>You don't have permission to access \"http://finance.eastmoney.com/a/1.html\" on this server.</p>Reference #18.2f1c",
    "<title>403 Forbidden</title><center>403 Forbidden</center><hr>nginx",
    "<p>Checking your browser before accessing a.cn.</p><p>This process is automatic. Please allow up to 5 seconds…</p>by Cloudflare<br>Ray ID: 6d1a",
    "<p>undefined</p>", "null", "<div>{{ content }}</div>", "[object Object]", "${news.body}",
    "Too Many Requests", "Sorry, you have been blocked", "Please enable JavaScript and cookies to continue",
]  # fmt: skip
ARTICLES = [
    "", "<p>正文</p>", "停牌", "更正：前文标题有误，敬请谅解。", "服务器龙头股午后拉升，浪潮信息涨停", "全文见附件",
    "财联社1月14日电，多名网友反映某银行App今日上午无法登录，提示“系统繁忙，请稍后再试”。该行客服回应称，系统正在抢修。",
    "12306回应网站无法访问：系统升级维护，预计今日恢复，请旅客稍后再试。", "中国电信：网络故障已恢复，对用户造成的不便深表歉意。",
    "金山云：网络异常已修复，服务恢复正常", "GitHub服务暂时不可用", "西部数据：数据中心网络服务故障，正在恢复中", "教育部：考生请登录网站查看成绩，系统访问频繁时请稍后再试。",
    "支付宝：系统故障已修复，给您带来的不便，敬请谅解", "接口异常已恢复", "个税App崩了？系统繁忙，请稍后再试", "深交所：因系统升级，本周六将暂停互动易网站服务，敬请谅解。",
    f'<p>{MESSAGE}</p><p class="em_media">（文章来源：证券时报）</p>', f"<p>{MESSAGE}</p>" * 4,
    "<p>Access denied: how banks lost the keys. Regulators told lenders on Friday that a third of customers could not log in.</p>",
    "<p>null and void</p>", "<p>{{x}}公司称</p>", '<p><img src="a.jpg"></p>',
    "<p>Forbidden fruit: growers in Chile see record exports</p>", "<p>Shares of the captcha maker fell 12 percent after the ruling.</p>",
    "<p>Service unavailable for 3 hours at Deutsche Bank branches, staff and unions say</p>",
]  # fmt: skip


@pytest.mark.parametrize("words", MESSAGES)
def test_a_message_is_known(words: str) -> None:
    assert server_message(words)


@pytest.mark.parametrize("words", ARTICLES)
def test_an_article_is_none(words: str) -> None:
    assert not server_message(words)


@pytest.mark.parametrize(
    ("url", "body"),
    [
        (EASTMONEY, f'<h1>青禾股份新产线投产</h1><div id="ContentBody"><p>{MESSAGE}</p></div>'),
        (SHARE, json.dumps({"text": f"<p>{MESSAGE}</p>"})),
        (SHARE, json.dumps({"text": "", "content": MESSAGE})),
    ],
)
def test_it_is_no_article_on_any_kind_of_page(url: str, body: str) -> None:
    with pytest.raises(pages.Unreadable, match="in place of the article, a server's message: 系统繁忙，请稍后再试"):
        pages.read(Page(url=url, body=body.encode()))
