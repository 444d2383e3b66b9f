"""A look at a page with Chromium: everything that it did, and what stands in its document."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from jekyll.chromedriver import Chromium

SITE = "http://finews.withounder.com"

DOCUMENT = """
const dangerous = ['script', 'iframe', 'frame', 'object', 'embed', 'form', 'base', 'meta', 'link', 'style', 'svg', 'math', 'template',
  'input', 'button', 'textarea', 'select', 'noscript', 'xmp', 'plaintext', 'portal', 'applet', 'audio', 'video', 'dialog', 'title'];
const look = (doc) => {
  const faults = [];
  const own = [...doc.head.children].filter(e => !(e.matches('title, meta[name], meta[property], meta[charset], link[rel=canonical], '
    + 'script[type="application/ld+json"]'))).map(e => 'head: ' + e.outerHTML.slice(0, 200));
  const section = doc.querySelector('body > div.wrapper > section');
  if (!section) return ['no section in its place'];
  for (const e of doc.body.querySelectorAll('*')) {
    if (dangerous.includes(e.localName)) faults.push('element: ' + e.outerHTML.slice(0, 200));
    for (const a of e.attributes) {
      const value = a.value.replace(/[\\u0000-\\u0020]/g, '').toLowerCase();
      if (/^on|^srcdoc$|^ping$|^formaction$/i.test(a.name)) faults.push('attribute: ' + a.name + '=' + a.value);
      if (/^(java|vb|live)script:|^data:(?!image\\/(png|gif|jpe?g|webp|bmp))/.test(value)) faults.push('address: ' + a.value);
    }
    if (['fixed', 'absolute', 'sticky'].includes(e.style?.position)) faults.push('laid over: ' + e.outerHTML.slice(0, 200));
  }
  if (doc.querySelectorAll('body > div.wrapper > footer').length !== 1) faults.push('the layout\\'s footer is not in its place');
  if (doc.querySelectorAll('body > div.wrapper > header').length !== 1) faults.push('the layout\\'s header is not in its place');
  if (doc.querySelectorAll('section > h1').length < 1) faults.push('no title');
  const last = section.lastElementChild;
  if (!last || last.localName !== 'small') faults.push('the tags are not last: ' + section.innerHTML.slice(-300));
  return own.concat(faults);
};
"""
"""Defines ``look(document)``: what in a built page must not be there, as the browser's own parser sees it."""

_PAGE = (
    DOCUMENT
    + """
const links = [...document.querySelectorAll('section a[href]')].map(a => {
  const box = a.getBoundingClientRect();
  a.scrollIntoView();
  const after = a.getBoundingClientRect();
  const top = document.elementFromPoint(after.left + after.width / 2, after.top + after.height / 2);
  return [a.getAttribute('href'), a.href, box.width > 0 && box.height > 0 && (top === a || a.contains(top))];
});
const pictures = [...document.querySelectorAll('section img')].map(i => [i.getAttribute('src'), i.complete ? i.naturalWidth : -1]);
return {url: location.href, text: document.querySelector('section')?.innerText ?? '', title: document.querySelector('section h1')?.innerText,
  faults: look(document), links, pictures};
"""
)


@dataclass(frozen=True)
class Look:
    """What one page did and showed."""

    dialogs: list[str]
    requests: list[str]
    """Addresses that the page asked for, itself included."""
    navigations: list[str]
    """Where the window went after the page was opened, or meant to."""
    errors: list[str]
    """Errors in the console but those of pictures that did not load."""
    unloaded: list[str]
    """The console's lines of what did not load."""
    document: dict[str, Any]
    """``url``, ``title``, ``text``, ``faults``, ``links`` (href, resolved, can be clicked), ``pictures`` (src, width)."""

    @property
    def hosts(self) -> set[str]:
        """The hosts asked."""
        return {urlsplit(url).hostname or url[:100] for url in self.requests if not url.startswith("data:")}


def look(chromium: Chromium, url: str) -> Look:
    """Open the page and watch it."""
    chromium.open(url)
    document = chromium.run(_PAGE)
    events, console = chromium.events(), chromium.console()
    requests = [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]
    dialogs = [e["params"]["message"] for e in events if e["method"] == "Page.javascriptDialogOpening"]
    went = [e["params"]["frame"]["url"] for e in events if e["method"] == "Page.frameNavigated"]
    meant = [
        e["params"]["url"]
        for e in events
        if e["method"] in ("Page.frameScheduledNavigation", "Page.frameRequestedNavigation", "Page.windowOpen")
    ]
    severe = [line for line in console if line["level"] == "SEVERE"]
    return Look(
        dialogs,
        requests,
        [to for to in [*went, *meant] if unquote(to) != url],
        [line["message"] for line in severe if line["source"] != "network"],
        [line["message"] for line in severe if line["source"] == "network"],
        document,
    )
