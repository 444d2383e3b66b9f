"""Styles: what articles are made of stays as it is spelled, what could leave its place goes."""

import pytest

from crawler.body import clean, is_safe, profile
from crawler.body.styles import dangerous_style

USUAL = (
    "text-align:center;", "border:#d1d1d1 1px solid;padding:3px;margin:5px 0;", "display:none;height:1px;overflow:hidden;", "text-indent: 2em",
    "text-indent:-2em;margin-left:2em", "font-family:宋体,SimSun;font-size:14px;line-height:1.75", "FONT-SIZE: 12pt; COLOR: #333", "color:rgb(51, 51, 51)",
    "font-family:&quot;微软雅黑&quot;, Arial;letter-spacing:0.5px", "font-family:\\5b8b\\4f53", "font: bold 16px/1.5 'PingFang SC'", "width:100%;max-width:552px",
    "mso-ascii-font-family:Calibri;mso-char-indent-count:2.0000", "white-space: pre-wrap !important", "position:relative", "position: static;top:auto", "zoom:1",
    "outline:0;box-shadow:none;transform:none", "margin:0 auto;padding:0;", "-webkit-text-size-adjust:100%", "background:#fff", "border-left:3px solid red", ";;", "",
    "overflow-x:auto;height:300px", "line-height:24px;font-size:2em", "line-height:150%", "line-height:normal", "vertical-align:-3px", "margin-left:-0.5pt", "background-color:rgba(0,0,0,.5)", "display:flex;justify-content:center",
)  # fmt: skip
WRONG = (
    "top:-1000px", "left:-500px", "inset:0 0 0 0.1px", "translate:0 -2000px", "scale:40", "rotate:45deg", "transform:scale(9)", "zoom:50", "outline:9999px solid",
    "box-shadow:0 0 0 99vmax red", "text-shadow:0 -999px red", "filter:blur(9px)", "offset-path:path('M0 0')", "margin-top:calc(0px - 9999px)", "margin:-3px",
    "margin-top:-1px", "width:5000px", "width:9e9px", "height:30px", "height:0", "max-height:1px", "padding:40000px", "font-size:900px", "text-indent:-9999px",
    "line-height:9999px", "border:3000px solid red", "width:var(--x)", "--x:1px", "width:min(9px,9px)", "width:attr(x px)", "color:env(x)", "position:absolute",
    "position:fixed", "position:sticky", "position/**/:fixed", "po\\73ition:fixed", "z-index:9", "background:url(//a/b)", "background-image:image-set('a' 1x)",
    "animation:x 1s", "transition:all 9s", "clip-path:inset(0)", "content:'x'", "width:expression(1)", "behavior:url(x)", "behavior:0", "hjavascripteight:0", "-moz-binding:url(x)", "-moz-binding:none", "*zoom:1", "color",
    "perspective:1px", "float:none;mask:url(x)", "all:revert", "anchor-name:--a", "position-anchor:--a", "view-transition-name:x", "width:300vw", "width:12Q9px",
    "word-spacing:-9px", "direction:rtl", "font-family:'x", "font-family:x(", "height:9px;overflow:visible", "color:red/*", "letter-spacing:-90px", "line-height:0", "line-height:1px", "line-height:.1", "line-height:40%", "font-size:99px", "line-height:99",
    "font:99px/1 x", "width:99999999999999px", "padding:0.00000000000001px", "border:#djavascript 1px solid",
)  # fmt: skip


@pytest.mark.parametrize("style", USUAL)
def test_usual_styles_stay(style: str) -> None:
    body = f'<p style="{style}">甲</p>'
    assert clean(body, profile("source")).body == body
    assert is_safe(body)


@pytest.mark.parametrize("style", WRONG)
def test_what_could_leave_its_place_goes_and_the_rest_stays(style: str) -> None:
    assert dangerous_style(style)
    assert not is_safe(f'<p style="{style}">甲</p>')
    body = clean(f'<p style="color:red;{style};text-align:center">甲</p>', profile("source")).body
    assert is_safe(body)
    assert body.startswith('<p style="color:red;')
    assert "text-align:center" in body
    assert f";{style};" not in body


def test_a_height_that_content_cannot_run_over_stays() -> None:
    for tag, style in (("img", "height:20px"), ("td", "height:20px"), ("p", "height:20px;overflow:hidden")):
        assert not dangerous_style(style, tag)
    touching = '<p style="-webkit-overflow-scrolling:touch;overflow:auto;height:9px">甲</p>'
    assert clean(touching, profile("source")).body == '<p style="overflow:auto;height:9px">甲</p>'


@pytest.mark.parametrize("address", [
    "ms-msdt:/id PCWDiagnostic", "search-ms:query=x", "intent:#Intent;end", "ms-word:ofe|u|http://a/b.doc", "ftp://a/b", "sms:1", "file:///c:/x", "MS-MSDT:x",
    "m&#115;-msdt:x", "ms-msdt&colon;x", "\tms-msdt:x", "weixin://dl", "javascript:x", "about:blank", "blob:http://a/b", "chrome://x", "web+x:y", "steam:x", "git+ssh://a",
])  # fmt: skip
def test_links_of_other_schemes_are_not_published(address: str) -> None:
    assert clean(f'<p><a href="{address}">链接</a></p>', profile("source")).body == "<p><a>链接</a></p>"


@pytest.mark.parametrize("address", [
    "http://a/", "HTTPS://a/b:c", "//a/b", "/a:b", "a/b:c", "#x:y", "?q=a:b", "mailto:a@b.cn", "tel:10086", "", "中文", "./a:b",
])  # fmt: skip
def test_links_of_the_web_stay(address: str) -> None:
    body = f'<p><a href="{address}">链接</a></p>'
    assert clean(body, profile("source")).body == body


@pytest.mark.parametrize("rel", ["opener", "noopener OPENER", "external\nopener"])
def test_no_page_is_given_a_hold_of_the_post(rel: str) -> None:
    body = clean(f'<p><a target="_blank" rel="{rel}" href="http://a/">链接</a></p>', profile("source")).body
    assert body == '<p><a target="_blank" href="http://a/">链接</a></p>'
    kept = '<p><a rel="noopener nofollow">链接</a></p>'
    assert clean(kept, profile("source")).body == kept
