"""The judge sees what browsers run, and nothing else."""

from crawler.body import is_safe
from crawler.body.judge import is_harmless


def test_the_judge_sees_what_browsers_run() -> None:
    for body in (
        "<svg onload=x>",
        "<a href='javascript:x'>y</a>",
        "<p style='position:fixed'>x</p>",
        "<a href='weixin://x'>y</a>",
        "<math><style><img onerror=x>",
    ):
        assert not is_harmless(body)
        assert not is_safe(body)
    for body in (
        "<p web=1 data-x='y' orginial_src='z'>x</p>",
        "<o:p></o:p>",
        "<a href='mailto:x@y.cn'>y</a>",
        "<td>x",
        "1 < 2 & 3",
    ):
        assert is_harmless(body)
