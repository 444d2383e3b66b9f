"""The share hosts: the page a share link opens, and the article JSON beside it (domain-facts 2.1 and 3)."""

import html

from crawler.demo.messages import Request, Response, html_response, json_response, text_response
from crawler.demo.site import Site

# Invented: only the address of the page is known, and that it shows the article by script.
_SHELL = """<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>资讯分享</title>
</head>
<body>
<div id="app" data-infocode="{code}"><div id="newsTitle"></div><div id="newsContent"></div></div>
<script src="/html_News/js/NewsShare.js"></script>
</body>
</html>
"""
_SCRIPT = """var el = document.getElementById("app");
fetch("/NewsData/GetNewsText.do?id=" + el.getAttribute("data-infocode"))
  .then(function (r) { return r.json(); })
  .then(function (d) { document.getElementById("newsContent").innerHTML = d.content || d.text; });
"""


def _article_json(site: Site, code: str) -> Response:
    article = site.article(code)
    if article is None:
        # What the real service says of an unknown id is not known; an object without bodies is the mildest reading.
        return json_response({"Code": code, "Text": None})
    return json_response(
        {
            "Code": article.info_code,
            "Hits": sum(map(int, article.code[-4:])),
            "IfStore": False,
            "text": article.text,
            "content": article.content,
        }
    )


def share(site: Site, request: Request) -> Response:
    """Answer for a share host; paths and parameter names are case-insensitive."""
    path = request.path.lower()
    if path == "/html_news/newsshare.html":
        return html_response(_SHELL.format(code=html.escape(request.query.get("infocode", ""))))
    if path == "/html_news/js/newsshare.js":
        return Response(200, _SCRIPT.encode(), "application/javascript; charset=utf-8")
    if path == "/newsdata/getnewstext.do":
        return _article_json(site, request.query.get("id", ""))
    return text_response("Not Found\n", 404)
