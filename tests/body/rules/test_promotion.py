"""Advertisements go, with the paragraphs that hold nothing else."""

from edit_rows import Rows, check, each

from crawler.body.rules import promotion

ROWS: Rows = {
    "promotion": [('<p><a href="//acttg.eastmoney.com/x">y</a></p>z', "z"), ('<a class="toplink">x</a>y', "y"), ('<ins class="adsbygoogle" style="display:block"></ins>y', "y"),
                  *[(f'a<div class="x ad_context{n}">b</div>', "a") for n in ("", 1, 2, 3, 4)], ('a<div id="em_xuangu">b</div>', "a"),
                  ('<p>a，<a href="//acttg.eastmoney.com/x">b</a>c</p>', "<p>a，bc</p>"), ('<p>a，<a class="toplink">b</a></p>', "<p>a，</p>"), ('<p>a<a class="toplink">b</a>c</p>', "<p>ac</p>"),
                  ('<p>a</p><p> <b class="toplink">x</b><i class="toplink">y</i></p>', "<p>a</p>"), ('<p><img src="x"><b class="toplink">y</b></p>', '<p><img src="x"></p>'),
                  *[(f'<p>据<a href="//acttg.eastmoney.com/x">某某证券</a>{rest}</p>', f"<p>据某某证券{rest}</p>") for rest in ("统计，一二", "、某某基金统计", "。")],
                  ('<p>一。<a href="//acttg.eastmoney.com/x">立即开户</a>二</p>', "<p>一。二</p>"), ('<p>一<a href="//acttg.eastmoney.com/x">立即开户</a></p>', "<p>一</p>"),
                  ('<div class="em_xuangu"><p>选股！立即体验。开户有礼。</p></div>a', "a"),
                  *[(kept, kept) for kept in ('<div class="toplink"><p>a</p><p class="em_media">b</p></div>', '<div class="em_xuangu"><p>一。二。</p><p>三。四。</p></div>', '<div class="ad_context5">a</div>', '<a href="//acttg.eastmoney.com.a.cn/">a</a>', '<p href="//acttg.eastmoney.com/">a</p>', '<a class="toplink">a')]],
}  # fmt: skip


@each(promotion, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)
