"""What every page of the site has around its content: the layout and the seo tag (jekyll-seo-tag 2.8)."""

import html
import json
import re
from dataclasses import dataclass

from crawler.patterns import compiled
from crawler.sites import SITE_HOST

SITE_TITLE = "金融消息"
BASE = f"https://{SITE_HOST}"

_LAYOUT = """<!DOCTYPE html>
<html lang="zh-CN">
  <head>
    <meta charset="UTF-8">
    <meta http-equiv="X-UA-Compatible" content="IE=edge">
    <meta name="viewport" content="width=device-width, initial-scale=1">

{seo}

<link type="application/atom+xml" rel="alternate" href="{base}/feed.xml" title="{title}" />
    <link rel="stylesheet" href="/assets/css/style.css?v=">
  </head>
  <body>
    <div class="wrapper">
      <header>
        <h1><a href="{base}/">{title}</a></h1>
        <p></p>
      </header>
      <section>

      {content}

      </section>
      <footer>
        <p><small>Hosted on GitHub Pages &mdash; Theme by <a href="https://github.com/orderedlist">orderedlist</a></small></p>
      </footer>
    </div>
  </body>
</html>
"""
_ENTITY = compiled(r"&amp;(#\d+;|#[xX][0-9a-fA-F]+;|[a-zA-Z][a-zA-Z0-9]*;)")


def escape_once(text: str) -> str:
    """Liquid's `escape_once`: entities that are there already stay."""
    return _ENTITY.sub(r"&\1", html.escape(text).replace("&#x27;", "&#39;"))


def strip_html(markup: str) -> str:
    """Tags and comments out, blanks folded."""
    # Ruby's blanks are the ASCII ones: U+3000 stays.
    return re.sub(r"[ \t\r\n\f\v]+", " ", re.sub(r"<!--.*?-->|<[^>]*>", "", markup, flags=re.DOTALL)).strip(" ")


@dataclass(frozen=True, slots=True)
class Seo:
    """What the seo tag says of a page; `headline` and `description` are escaped, `published` is an ISO time or ""."""

    path: str
    headline: str = SITE_TITLE
    description: str = ""
    published: str = ""

    def render(self) -> str:
        """Return the block of elements in the page's head."""
        url = BASE + self.path
        title = self.headline if self.headline == SITE_TITLE else f"{self.headline} | {SITE_TITLE}"
        lines = [
            "<!-- Begin Jekyll SEO tag v2.8.0 -->",
            f"<title>{title}</title>",
            '<meta name="generator" content="Jekyll v4.3.1" />',
            f'<meta property="og:title" content="{self.headline}" />',
            '<meta property="og:locale" content="zh_CN" />',
        ]
        if self.description:
            lines.append(f'<meta name="description" content="{self.description}" />')
            lines.append(f'<meta property="og:description" content="{self.description}" />')
        lines += [
            f'<link rel="canonical" href="{url}" />',
            f'<meta property="og:url" content="{url}" />',
            f'<meta property="og:site_name" content="{SITE_TITLE}" />',
            f'<meta property="og:type" content="{"article" if self.published else "website"}" />',
        ]
        if self.published:
            lines.append(f'<meta property="article:published_time" content="{self.published}" />')
        lines += [
            '<meta name="twitter:card" content="summary" />',
            f'<meta property="twitter:title" content="{self.headline}" />',
            '<script type="application/ld+json">',
            f"{json.dumps(self._linked_data(url), ensure_ascii=False, separators=(',', ':'))}</script>",
            "<!-- End Jekyll SEO tag -->",
        ]
        return "\n".join(lines)

    def _linked_data(self, url: str) -> dict[str, object]:
        data: dict[str, object] = {"@context": "https://schema.org"}
        if not self.published:
            if self.path == "/":
                return data | {"@type": "WebSite", "headline": self.headline, "name": self.headline, "url": url}
            return data | {"@type": "WebPage", "headline": self.headline, "url": url}
        data |= {"@type": "BlogPosting", "dateModified": self.published, "datePublished": self.published}
        if self.description:
            data["description"] = self.description
        page = {"@type": "WebPage", "@id": url}
        return data | {"headline": self.headline, "mainEntityOfPage": page, "url": url}


def layout(seo: Seo, content: str) -> str:
    """Put a page together."""
    return _LAYOUT.format(seo=seo.render(), base=BASE, title=SITE_TITLE, content=content)


def seo_text(markup: str) -> str:
    """Return markup as text fit for an attribute."""
    return escape_once(strip_html(markup))
