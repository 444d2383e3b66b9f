"""Article pages of East Money, era by era, with one and the same article on them."""

ID = "202201142248170578"
URL = f"https://finance.eastmoney.com/a/{ID}.html"
BODY = "\n<!--文章主体-->\n<p>　　中国联通&amp;联通<img src=\"http://x/GetPic.aspx?nid=1.600050&timespan=1\" alt='a'></p><BR>"
ARTICLE = BODY.removeprefix("\n<!--文章主体-->")
MEDIA = '<p class="em_media">（文章来源：上海<span id="bk_90.BK0473">证券</span>报）</p>'
CURRENT = f"""<!DOCTYPE html><html><head><title>联通推进 A&amp;B：5G _ 东方财富网</title></head><body>
<div class="title">联通推进 A&amp;B：5G</div><div class="infos"><div class=" item">2022年01月14日 13:02</div>
<div class="item">来源：<a href="#">人民邮电报</a></div><div class="item">作者：张三</div></div>
<div class="contentwrap"><div class="txtinfos" id="ContentBody" style="margin-top:0;">{BODY}{MEDIA}</div></div>
<div class="zwothers"><p>x</p></div></body></html>"""
DESKTOP_2018 = f"""<html><body><div class="newsContent"><h1>联通推进 A&amp;B：5G</h1><div class="time">2022年01月14日 13:02</div>
<div class="b-review">摘要</div><div class="Body" id="ContentBody">{BODY}{MEDIA}</div></div></body></html>"""
ANNOUNCED = f"""<html><head><title>联通推进 A&amp;B：5G _ 财经 _ 东方财富网</title></head><body><div><span>2022-01-14 13:02:00</span>
<!--文章主体-->{BODY}{MEDIA}<div class="zwothers">x</div></div></body></html>"""
OLD_WAP = f"""<html><body><div class="atitle">联通推进 A&amp;B：5G</div><div class="time">2022/01/14 13:02:00</div>
<article id="zwtext">{BODY}{MEDIA}</article></body></html>"""
NEW_WAP = f"""<html><head><title>联通推进 A&amp;B：5G_手机东方财富网</title></head><body><p>2022年01月14日 13:02</p>
<div class="article"><div class="txtinfos">{BODY}{MEDIA}</div></div></body></html>"""
