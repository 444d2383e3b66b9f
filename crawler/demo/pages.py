"""The finews site's pages as Jekyll renders them: home, posts, lists and feed (domain-facts 11)."""

import html
from collections.abc import Sequence

from crawler.demo.articles import DemoArticle, quoted
from crawler.demo.kramdown import excerpt, render_blocks, render_post, smart
from crawler.demo.layout import BASE, SITE_TITLE, Seo, layout, seo_text, strip_html
from crawler.demo.site import Site
from crawler.sites import EMNEWS

HOME_POSTS_PER_TAG = 5
FEED_POSTS = 10


def _item(article: DemoArticle) -> str:
    return f'<li><a href="{article.path}">{article.title}</a></li>'


def home(site: Site) -> str:
    """For every tag its newest posts; no links to list pages."""
    parts = [f'<h1 id="{SITE_TITLE}">{SITE_TITLE}</h1>']
    for tag, articles in site.tags.items():
        items = "".join(f"    \n      {render_blocks(_item(article))}\n" for article in articles[:HOME_POSTS_PER_TAG])
        parts.append(f'<h2 id="{tag}">{tag}</h2>\n<ul>\n{items}    \n  </ul>')
    return layout(Seo("/"), "\n\n".join(parts) + "\n\n")


def post(article: DemoArticle) -> str:
    """Render a post's page. The title in `h1` is not escaped, as on the real site."""
    seo = Seo(
        article.path, seo_text(smart(article.title)), seo_text(excerpt(article)), f"{article.date.isoformat()}+08:00"
    )
    tags = "</em> - <em>".join(article.tags)
    return layout(
        seo,
        f"<small>(GMT+8, Asia/Shanghai, CST) {article.date:%Y-%m-%d %H:%M:%S}</small>\n<h1>{article.title}</h1>\n\n"
        f"{render_post(article)}\n\n<small>tags: <em>{tags}</em></small>\n",
    )


def rolling(site: Site, most: int) -> str:
    """Render the rolling list: its newest posts, and where there are more, a link to all of them."""
    articles = site.in_category(EMNEWS)
    more = f'<p><a href="../achieves/{EMNEWS}/">此页仅展示最近{most}条，全部见此处</a></p>\n'
    return listing(f"/{EMNEWS}/", articles[:most], site.list_titles[EMNEWS], more if len(articles) > most else "")


def listing(path: str, articles: Sequence[DemoArticle], title: str, more: str = "") -> str:
    """Render a list page: all posts of a category under the first tag of the newest; `title` is the stub's."""
    tag = articles[0].tags[0] if articles else ""
    items = "".join(f"\n  {_item(article)}\n" for article in articles)
    seo = Seo(quoted(path), seo_text(title))
    return layout(seo, f'\n<h2 id="{tag}">{tag}</h2>\n<ul>\n{items}\n</ul>\n{more}')


def _entry(article: DemoArticle) -> str:
    url, when = BASE + article.path, f"{article.date.isoformat()}+08:00"
    title = html.escape(seo_text(smart(article.title)))
    words = "".join(f'<category term="{html.escape(word)}" />' for word in [*article.categories, *article.tags])
    return (
        f'<entry><title type="html">{title}</title>'
        f'<link href="{url}" rel="alternate" type="text/html" title="{title}" />'
        f"<published>{when}</published><updated>{when}</updated><id>{url.removesuffix('.html')}</id>"
        f'<content type="html" xml:base="{url}"><![CDATA[{render_post(article).strip()}]]></content>'
        f"<author><name></name></author>{words}"
        f'<summary type="html"><![CDATA[{strip_html(excerpt(article))}]]></summary></entry>'
    )


def feed(site: Site) -> str:
    """feed.xml: the newest posts with their full HTML."""
    entries = "".join(_entry(site.whole(head)) for head in site.newest[:FEED_POSTS])
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">'
        '<generator uri="https://jekyllrb.com/" version="4.3.1">Jekyll</generator>'
        f'<link href="{BASE}/feed.xml" rel="self" type="application/atom+xml" />'
        f'<link href="{BASE}/" rel="alternate" type="text/html" hreflang="zh-CN" />'
        f"<updated>{site.built.isoformat()}+08:00</updated><id>{BASE}/feed.xml</id>"
        f'<title type="html">{SITE_TITLE}</title>{entries}</feed>'
    )


def not_found(path: str) -> str:
    """Render the 404 page."""
    return layout(
        Seo(quoted(path)),
        "<h1>404</h1>\n\n<p><strong>Page not found :(</strong></p>\n\n<p>The requested page could not be found.</p>\n",
    )
