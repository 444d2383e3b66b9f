"""Formulas as KaTeX set them say in a row what their places said."""

from edit_rows import Rows, check, each

from crawler.body.rules import set_formulas


def _pile(*lines: str, down: bool = False) -> str:
    """Lines one above the other as KaTeX sets them, the lowest first."""
    spans = "".join(f'<span style="top:-3em"><span class="pstrut"></span>{line}</span>' for line in lines)
    below = (
        '<span class="vlist-s">\u200b</span></span><span class="vlist-r"><span class="vlist"></span>' if down else ""
    )
    return f'<span class="vlist-t{" vlist-t2" * down}"><span class="vlist-r"><span class="vlist">{spans}</span>{below}</span></span>'


def _script(base: str, *scripts: str, down: bool = False) -> str:
    return f'<span class="mord"><span class="mord">{base}</span><span class="msupsub">{_pile(*scripts, down=down)}</span></span>'


ROWS: Rows = {
    "set-formulas": [
        (f'<span class="katex"><span class="katex-html"><span class="base">{formula}</span></span></span>', f'<span class="katex">{said}</span>')
        for formula, said in (
            (_script("x", "2"), "x^2"), (_script("x", "i", down=True), "x_i"), (_script("x", "i", "n+1", down=True), "x_i^(n+1)"), (_script("x", _script("y", "2")), "x^(y^2)"),
            (f'<span class="mfrac">{_pile("b", "", "1+a", down=True)}</span>', "((1+a)/b)"), (f'<span class="mord sqrt">{_pile("x")}</span>=y', "√x=y"),
            (f'<span class="mop op-limits">{_pile("i=1", "∑", "n", down=True)}</span>x', "∑_(i=1)^nx"), (f'<span class="mop op-limits">{_pile("max", "n")}</span>', "max^n"), ("a<b>&lt;</b>c", "a&lt;c"),
        )
    ] + [(kept, kept) for kept in ('<span class="katex">x</span>', '<p class="katex-html">x</p>', '<span class="katex-html">x')],
}  # fmt: skip


@each(set_formulas, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)
