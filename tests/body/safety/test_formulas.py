"""Formulas become a text that says the same, once."""

from edit_rows import Rows, check, each

from crawler.body.safety import formulas

ROWS: Rows = {
    "formulas": [
        ("<math> <mi>R</mi><mo>=</mo>\n<mi>k</mi></math>", "R=k"), ('<math alttext="R&lt;k"><mi>x</mi></math>', "R&lt;k"),
        ('<math><mi>x</mi><annotation encoding="application/x-tex">\\frac{a}{b}</annotation></math>', "\\frac{a}{b}"),
        ('<script type="math/tex">a<b&c</script>', "a&lt;b&amp;c"), ("<script>a</script>", "<script>a</script>"),
        ('<span class="katex-mathml"><math><mi>x</mi></math></span>', '<span class="katex-mathml">x</span>'),
        ('<span class="katex-mathml"><math><mi>x</mi></math></span><span class="katex-html">x</span>', '<span class="katex-mathml">x</span>'),
        ('<span class="katex-mathml"><math></math></span><span class="katex-html">x</span>', '<span class="katex-mathml"></span><span class="katex-html">x</span>'),
        ('<nobr>x2</nobr><b class="MJX_Assistive"><math><msup><mi>x</mi><mn>2</mn></msup></math></b>', '<b class="MJX_Assistive">x^2</b>'),
        ("<mjx-math>&nbsp;</mjx-math><mjx-assistive-mml><math><mi>x</mi></math></mjx-assistive-mml>", "<mjx-math>&nbsp;</mjx-math><mjx-assistive-mml>x</mjx-assistive-mml>"),
        ('<div class="MathJax_SVG"><svg/><span class="MJX_Assistive"><math><mi>x</mi></math></span></div><script type=math/tex>y</script>', '<div class="MathJax_SVG"><svg/><span class="MJX_Assistive"></span></div>y'),
        ('<i class="MathJax"><nobr>x</nobr><b class="MJX_Assistive"><math><mi>x</mi></math></b></i><script type="math/tex">y</script>', "y"),
        ('<b class="MathJax"><b></b></b><script type="math/mml"><math><mi>x</mi></math></script>', '<b class="MathJax"><b></b></b>x'),
        ('<b class="MathJax">x</b>，<math><mi>x</mi></math>', '<b class="MathJax">x</b>，x'),
        ("<math><mi>R</mi><mo>=</mo><mfrac><mi>x</mi><mrow><mi>y</mi><mo>+</mo><mn>1</mn></mrow></mfrac><mi>z</mi></math>", "R=(x/(y+1))z"),
        ("<math><msup><mi>x</mi> <mn>2</mn></msup><msubsup><mi>y</mi><mi>i</mi><mfrac><mn>1</mn><mn>2</mn></mfrac></msubsup></math>", "x^2y_i^(1/2)"),
        ("<math><msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt><mroot><mi>x</mi><mn>3</mn></mroot><mspace/></math>", "√(x+1)3√x"),
        ("<math><semantics><mi>x</mi><annotation-xml><apply><ci>y</ci></apply></annotation-xml></semantics></math>", "x"),
        ("<math><mfrac><mi>x</mi></mfrac><mfrac><mi>a</mi><mi>b</math>", "xab"), ("<math><mfrac><mi/><mi>b</mi></mfrac></math>", "b"),
    ],
}  # fmt: skip


@each(formulas, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)
