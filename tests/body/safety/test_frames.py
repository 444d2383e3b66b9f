"""The page that a frame holds in itself takes its place, closed in itself."""

import base64

import pytest

from crawler.body.safety.frames import framed

PAGE = "<p>框里的一段话。</p>"


def _encoded(page: str, encoding: str) -> str:
    return base64.b64encode(page.encode(encoding)).decode()


@pytest.mark.parametrize(
    ("held", "page"),
    [
        ({"srcdoc": "&lt;p&gt;框里的一段话。"}, PAGE),
        ({"srcdoc": PAGE, "src": "https://a.cn/"}, PAGE),
        ({"srcdoc": "<p>甲<!-- 乙 --!>丙<b>丁</p>"}, "<p>甲丙<b>丁</b></p>"),
        ({"srcdoc": "<p>若a<b，则止"}, "<p>若a&lt;b，则止</p>"),
        ({"srcdoc": "<p>甲</p><textarea/><p>乙</p>"}, "<p>甲</p><textarea></textarea><p>乙</p>"),
        ({"src": " DATA:text/html;charset=utf-8,<p>%E6%A1%86里的一段话。</p>"}, PAGE),
        ({"src": f"data:text/html;charset=utf-8;BASE64,{_encoded(PAGE, 'utf-8')}"}, PAGE),
        ({"src": f"data:text/html;base64,{_encoded(PAGE, 'gbk')}"}, PAGE),
    ],
)
def test_a_page_in_a_frame_is_shown(held: dict[str, str], page: str) -> None:
    assert framed(held) == page


@pytest.mark.parametrize(
    "held",
    [
        {},
        {"src": "https://a.cn/"},
        {"src": "data:image/png;base64,iVBORw0KGgo="},
        {"src": "data:text/html;base64,x"},
        {"src": "data:text/html,"},
        {"srcdoc": "<script>x</script>"},
        {"srcdoc": " <p>&nbsp;</p>"},
    ],
)
def test_a_frame_that_shows_nothing_has_no_page(held: dict[str, str]) -> None:
    assert framed(held) is None
