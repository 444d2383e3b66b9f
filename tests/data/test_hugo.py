"""A real Hugo builds the exported folder: every article a page of its title, time, tags and text, and nothing in it acts."""

import html
import re
import subprocess
from dataclasses import replace
from pathlib import Path

from data.samples import POST, post, stored
from jekyll.jekyll_build import program
from search.archives import drawn, put, shown

from crawler.data.article import ArchivedArticle
from crawler.data.forms import note_of
from crawler.data.target import put_folder

LAYOUT = '{{ .Title }}\n{{ .Date.Format "2006-01-02T15:04:05-07:00" }}\n{{ delimit .Params.tags " " }}\n{{ .Content }}'
ODD = (
    post(2, title='{{< x >}} "引号"：# & \\', body="<p>{{< ref x >}} {{% y %}} {{ .Title }} {{&lt; z &gt;}}</p><h2>---</h2>"),
    post(3, title="+++", tag="@甲 报新闻", body="<p>+++</p><p># 一 &lt;b&gt; &amp;amp;</p><p>[x](y) **z** `{{% w %}}`</p>"),
)  # fmt: skip


def built(articles: list[ArchivedArticle], folder: Path) -> dict[str, list[str]]:
    """The lines of each article's page, by code."""
    for name in ("content", "layouts/_default"):
        (folder / name).mkdir(parents=True)
    (folder / "config.toml").write_text(
        'baseURL = "http://x/"\ndisableKinds = ["home", "section", "taxonomy", "term"]\n'
    )
    (folder / "layouts" / "_default" / "single.html").write_text(LAYOUT)
    put_folder(str(folder / "content" / "posts"), articles, note_of("hugo"))
    done = subprocess.run(
        [program("hugo"), "--source", str(folder)], capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    pages = (folder / "public" / "posts").glob("*/index.html")
    return {path.parent.name[11:].upper(): path.read_text("utf-8").split("\n", 3) for path in pages}


def test_every_article_is_a_page(tmp_path: Path) -> None:
    articles = list(stored(tmp_path / "out", POST, *ODD).articles())
    pages = built(articles, tmp_path / "hugo")
    assert pages.keys() == {one.code for one in articles}
    for one in articles:
        title, time, tags, content = pages[one.code]
        assert html.unescape(title) == one.title
        assert html.unescape(time) == one.published.isoformat()
        assert tags == one.medium.replace(" ", "-").strip("@-")
        assert text_of(content) == bare(one.text)
    assert 'src="https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050' in pages[POST.code][3]


def test_texts_of_all_signs_are_shown_as_they_are(tmp_path: Path) -> None:
    posts = [replace(one, body=one.body.replace('<a href="x">', "")) for one in drawn(3, 60) if one.kind == "media"]
    put(tmp_path / "out", *posts)
    pages = built(list(stored(tmp_path / "out").articles()), tmp_path / "hugo")
    for one in posts:
        assert text_of(pages[one.code][3]) == bare(shown(one)[1]), one.body


def text_of(page: str) -> str:
    return bare(html.unescape(re.sub("<[^<>]*>", "", page)))


def bare(text: str) -> str:
    """Without white space, and with the quotes and dashes that Markdown makes typographic."""
    for typographic, plain in {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "--", "—": "---", "…": "..."}.items():
        text = text.replace(typographic, plain)
    return "".join(text.split())
