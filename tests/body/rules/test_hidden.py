"""What is not displayed: fillers go, texts and pictures come to light."""

from edit_rows import Rows, check, each

from crawler.body.rules import hidden

ROWS: Rows = {
    "hidden": [('<p style="display:none">x</p>y', "y"), ('<p style="display:block">x</p>', '<p style="display:block">x</p>'),
               ('<div class="share" style="display:none">分享给朋友们看看。</div>', ""), ("<p hidden>合同终止。</p>", "<p>合同终止。</p>"),
               *[(f'<div class="{name}" hidden>{inner}</div>', f'<div class="{name}">{inner}</div>') for name in ("shareholders", "share-table", "recommendation", "comment-box")
                 for inner in ("<table><tr><td>9</td></tr></table>", "<p>股东户数为三万。</p>")],
               ('<div class="share-box" hidden><img src="//a/qr.png">扫码分享给朋友。</div>', ""), ('<ul class="recommend" hidden><li><a href="//a/1">又一篇。</a></li></ul>', ""),
               ('<p hidden><video src="//a/1"></video></p>', '<p><video src="//a/1"></video></p>'), ("<p hidden>赞12</p>", ""), ("<p hidden>已停。</p>", "<p>已停。</p>"),
               ('<p style="display:none;color:red">甲乙丙丁戊</p>', '<p style="color:red">甲乙丙丁戊</p>'), ('<p hidden><img src="//a/b.jpg"></p>', '<p><img src="//a/b.jpg"></p>'),
               ('<p><img style="opacity: 0;width:9px" src="//a/b.jpg"></p>', '<p><img style="width:9px" src="//a/b.jpg"></p>'),
               ('<li style="visibility:hidden"><img src="//a/b.jpg">图</li>', '<li><img src="//a/b.jpg">图</li>'), ('<p style="opacity:0.0">&nbsp;</p>', ""),
               *[(kept, kept) for kept in ('<p style="opacity:0">甲乙丙丁戊</p>', '<p style="opacity:0.5"><img src="//a/b.jpg"></p>', '<p style="visibility:visible">甲</p>')],
               ('<div style="height: 300px;overflow-y:hidden;color:red">甲乙</div>', '<div style="overflow-y:hidden;color:red">甲乙</div>'), ('<p style="HEIGHT:0;OVERFLOW:hidden">甲乙丙丁戊</p>', '<p style="OVERFLOW:hidden">甲乙丙丁戊</p>'),
               *[(f'<p style="max-height:{closed};overflow:hidden">{inner}</p>', "") for closed in ("0", "1px", "0.0em") for inner in ("<br>", "展开全文", "赞12")],
               ('<p style="height:.5em;overflow:hidden">展开全文</p>', '<p style="overflow:hidden">展开全文</p>'), ('<p style="display:none;max-height:9px;overflow:hidden">甲乙丙丁戊</p>', '<p style="overflow:hidden">甲乙丙丁戊</p>'),
               ('<p style="overflow:hidden;white-space:nowrap;text-overflow:ellipsis">甲</p>', '<p style="overflow:hidden;text-overflow:ellipsis">甲</p>'),
               *[(kept, kept) for kept in ('<p style="height:100%;overflow:hidden">甲</p>', '<p style="max-height:none;overflow:hidden">甲</p>', '<td style="height:9px;overflow:hidden">甲</td>', '<p style="white-space:nowrap;overflow:hidden">甲</p>',
                                           '<p style="max-height:9px;overflow:auto">甲</p>', '<p style="min-height:9px;overflow:hidden">甲</p>')],
               ('<tr><td style="display:none">9.8%</td><th hidden></th><td>1</td></tr>', "<tr><td>9.8%</td><th></th><td>1</td></tr>"),
               *[(f"<p>订单排到年底，产线已经投产。</p>{copy}", "<p>订单排到年底，产线已经投产。</p>") for copy in ("<p hidden>订单排到年底，<b>产线</b>已经投产。</p>", '<div style="display:none"><p>订单排到年底，\n产线已经投产。</p></div>')],
               ('<div>第一段，订单已经排到年底。</div><div style="display:none"><p>第一段，订单已经排到年底。</p><p>第二段，产线已经投产。</p></div>', "<div>第一段，订单已经排到年底。</div><div><p>第二段，产线已经投产。</p></div>"),
               ("<table><tr><td>归属于母公司股东的净利润</td><td>12</td></tr></table><table hidden><tr><td>归属于母公司股东的净利润</td><td>12</td></tr></table>", "<table><tr><td>归属于母公司股东的净利润</td><td>12</td></tr></table>"),
               ("<table><tr><td>归属于母公司股东的净利润</td><td>12</td></tr></table><table hidden><tr><td>归属于母公司股东的净利润</td><td>13</td></tr></table>", "<table><tr><td>归属于母公司股东的净利润</td><td>12</td></tr></table><table><tr><td>归属于母公司股东的净利润</td><td>13</td></tr></table>"),
               ("<p hidden>订单排到年底，产线已经投产。</p><p hidden>订单排到年底，产线已经投产。</p>", "<p>订单排到年底，产线已经投产。</p><p>订单排到年底，产线已经投产。</p>"),
               ('<p>订单排到年底，产线已经投产。</p><p hidden>订单排到年底，产线已经投产。<img src="//a/b.jpg"></p>', '<p>订单排到年底，产线已经投产。</p><p>订单排到年底，产线已经投产。<img src="//a/b.jpg"></p>'),
               *[(f"<p hidden>{said}</p>", "") for said in ("下载APP", "关注我们", "关注某某日报公众号，查看更多", "收藏(12)", "评论 3 条", "打开东方财富APP阅读全文", "打开某某客户端", "展开剩余70%", "分享到朋友圈")],
               *[(f"<p hidden>{said}</p>", f"<p>{said}</p>") for said in ("下载量达到三千万次，同比增长四成", "关注三季报的投资者认为毛利率会回升", "收藏级白酒拍出三百万元", "评论区留言超过十万条", "打开局面的是新任总经理", "阅读习惯改变，纸媒收入下降", "分享会上他说出了计划", "广告收入增长15%")],
               ('<p style="display:none">转载请注明出处！</p>', ""), ('<p style="display:none">转载合同须保留五年。双方同意。</p>', "<p>转载合同须保留五年。双方同意。</p>"),
               ('<li style="display: none;"><img src="https://a.cn/2.jpg"></li>', '<li><img src="https://a.cn/2.jpg"></li>'),
               ('<p style="display:none"><img src="//a.cn/blank.gif"></p>', ""), ('<p style="display:none">展开全文</p>', ""),
               ('<div class="tab" style="display:none;"><table><tr><td>上期数据</td></tr></table></div>', '<div class="tab"><table><tr><td>上期数据</td></tr></table></div>'),
               ('<div style="a:b;DISPLAY : none;c:d"><table><tr><td>1</td></tr></table></div>', '<div style="a:b;c:d"><table><tr><td>1</td></tr></table></div>')],
}  # fmt: skip


@each(hidden, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)
