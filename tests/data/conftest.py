"""Articles of every kind, read from a small archive."""

import pytest
from data.samples import POST, post, stored

from crawler.data.article import ArchivedArticle
from crawler.items import Security


@pytest.fixture
def articles(tmp_path_factory: pytest.TempPathFactory) -> list[ArchivedArticle]:
    odd = post(2, title='=1+1 "引号", 逗号', body="<p>\t一\n</p><p>二</p>", tag="@甲 报新闻")
    flash = post(
        3, kind="emnews", category="emnews", tag="东财滚动新闻", digest="摘 &lt;要&gt;", body="", origin="none"
    )
    listed = {POST.code: Security("116.00700", "list", "腾讯控股")}
    return list(stored(tmp_path_factory.mktemp("archive"), POST, odd, flash, listed=listed).articles())
