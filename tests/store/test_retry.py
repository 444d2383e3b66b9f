"""What is asked for again, and when: soon at first, then ever later, in the end not."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from store.samples import POST

from crawler.items import Post
from crawler.store.engine import now
from crawler.store.retry import RETRY_GAPS, lacks, next_try


def test_the_next_try_is_ever_later_and_in_the_end_there_is_none() -> None:
    assert list(RETRY_GAPS) == sorted(RETRY_GAPS)
    for attempts, gap in enumerate(RETRY_GAPS):
        changes = next_try({"attempts": attempts})
        assert changes["attempts"] == attempts + 1
        assert abs(datetime.fromisoformat(changes["next_try"]) - now() - gap) < timedelta(minutes=1)
    assert next_try({"attempts": len(RETRY_GAPS)})["next_try"] is None


SITE, ITEM = ("finews-page", (0, 0, 7, "a"), ("title", "time")), ("list", (0, 0, 7, "a"), ("title", "time"))


@pytest.mark.parametrize(
    ("post", "more"),
    [
        (replace(POST, sources=(SITE,)), False),
        (replace(POST, origin="wap"), True),
        (replace(POST, origin="article-api"), False),
        (replace(POST, pictures_missing=1), True),
        (replace(POST, notes=("medium_unknown",)), True),
        (replace(POST, origin="none", body="", sources=(ITEM,)), True),
    ],
)
def test_a_later_run_may_have_more(post: Post, more: bool) -> None:
    assert lacks(post, {"wap"}) is more
