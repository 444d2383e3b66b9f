"""Notes of Obsidian and pages of Hugo: their front matter, and bodies as Markdown in which nothing acts."""

import re
from datetime import datetime
from pathlib import Path

import frontmatter
import pytest

from crawler.data.article import ArchivedArticle
from crawler.data.forms import note_of
from crawler.data.forms.notes import joined, markdown
from crawler.data.target import put_folder

KEYS = {"obsidian": ["title", "published", "source", "tags"], "hugo": ["title", "date", "categories", "tags"]}


@pytest.mark.parametrize("form", KEYS)
def test_notes_have_the_front_matter_of_their_tool(form: str, articles: list[ArchivedArticle], tmp_path: Path) -> None:
    put_folder(str(tmp_path / "notes"), articles, note_of(form))
    files = sorted((tmp_path / "notes").glob("*.md"))
    assert [path.name for path in files] == [f"{one.published:%Y-%m-%d}-{one.code}.md" for one in articles]
    for path, article in zip(files, articles, strict=True):
        note = frontmatter.loads(path.read_text("utf-8"))
        assert list(note.metadata) == KEYS[form]
        assert note["title"] == article.title
        assert datetime.fromisoformat(note[KEYS[form][1]]) == article.published
        assert isinstance(note["tags"], list)
        assert not any(re.search(r"\s", tag) for tag in note["tags"])
    assert "一\xa0段" in files[2].read_text("utf-8")
    assert "> 摘 \\<要\\>" in files[1].read_text("utf-8")


@pytest.mark.parametrize(("markup", "text"), [
    ("<p>一</p><p>二<strong>粗</strong></p>", "一\n\n二**粗**"),
    ("<p># 1 &lt;script&gt; *</p>", "\\# 1 \\<script\\> \\*"),
    ("<p>&#123;{&lt; x &gt;}} 涨$5到$6 %%x%%</p>", "{&#123;\\< x \\>}} 涨\\$5到\\$6 %&#37;x%&#37;"),
    ('<img src="/a b(1).png" alt="x"/><a href="http://h/(x">y</a>', "![x](/a%20b%281%29.png)[y](http://h/%28x)"),
    ("<script>x</script><!-- c --><p>.html</p>", ".html"),
])  # fmt: skip
def test_bodies_as_markdown(markup: str, text: str) -> None:
    assert markdown(markup) == text


@pytest.mark.parametrize("tag", ["b", "div", "li"])
def test_what_lies_deep_keeps_its_text_and_its_pictures(tag: str) -> None:
    text = markdown(f"<p>前</p>{f'<{tag}>' * 5_000}中文<br>后<img src='http://x/1.png'>{f'</{tag}>' * 5_000}<p>末</p>")
    assert re.findall(r"[前中文后末]|1\.png", text) == ["前", "中", "文", "后", "1.png", "末"]


@pytest.mark.parametrize(("markup", "text"), [
    ("文<strong>标题：</strong>文<b>“引”</b>文<i>（</i>文", "文**标题**：文“**引**”文（文"),
    ("<b>一<i>二</i>。</b><em> 三</em>四", "**一二**。 三四"),
    ('<b><span>一</span><!-- c --></b><b><a href="/x">二</a></b><b> <br/>三</b>', "**一**[二](/x)   \n**三**"),
    ("<b>一</b><b>二</b><b><p>三</p><p>四</p></b>", "**一二**\n\n三\n\n四"),
    ("<strong><p>一。</p></strong><b>。</b>二", "**一**。\n\n。二"),
    ("<del>一</del><s>二</s>三", "~~一二~~三"),
    ("<b></b><b> </b>一", "一"),
    ("<b>*</b>一<b>#二</b>", "\\*一#**二**"),
])  # fmt: skip
def test_emphasis_as_markdown(markup: str, text: str) -> None:
    assert markdown(markup) == text


def test_emphasis_side_by_side_is_one() -> None:
    assert joined("**一****二**~~三~~~~四~~") == "**一二**~~三四~~"
