"""Which lists are read and which posts are wanted, by category and by day."""

import pytest

from crawler.spiders.scope import OLDER, OTHER_CATEGORY, Scope

HOME = "http://finews.withounder.com"
POST = f"{HOME}/renminyoudianbao/2022/01/14/NW202201142248170578.html"


@pytest.mark.parametrize(
    ("category", "since", "url", "reason"),
    [
        ("", "", POST, None),
        ("renminyoudianbao", "", POST, None),
        (" other, RenminYoudianbao ,", "", POST, None),
        ("other", "", POST, OTHER_CATEGORY),
        ("", "2022-01-14", POST, None),
        ("", "2022-01-15", POST, OLDER),
        ("other", "2022-01-15", POST, OTHER_CATEGORY),
        ("IT Home", "", f"{HOME}/it/home/2022/01/14/NW202201142248170578.html", None),
        ("other", "2022-01-15", f"{HOME}/about.html", None),
        ("emnews", "", f"{HOME}/emnews/2022/01/14/202201142248170578.html", None),
    ],
)
def test_posts(category: str, since: str, url: str, reason: str | None) -> None:
    assert Scope(category, since).reason_against(url) == reason


@pytest.mark.parametrize(
    ("category", "path", "wanted"),
    [
        ("", "/category/x.html", True),
        ("x", "/category/X.html", True),
        ("x", "/category/y.html", False),
        ("x", "/", True),
        ("x", "", True),
        ("it home", "/category/IT%20Home.html", True),
        ("emnews", "/emnews/", True),
        ("x", "/emnews/", False),
    ],
)
def test_lists(category: str, path: str, wanted: bool) -> None:
    assert Scope(category).has_list(HOME + path) is wanted


@pytest.mark.parametrize("since", ["gestern", "2022-02-30", "2022-1-1", "14.01.2022"])
def test_days_that_do_not_exist(since: str) -> None:
    with pytest.raises(ValueError, match="is not a day"):
        Scope(since=since)
