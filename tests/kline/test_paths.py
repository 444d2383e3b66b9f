"""Where pictures are stored, and from how deep a post points to them; no place outside."""

from datetime import date

import pytest
from kline.references import KEY, PATH

from crawler.kline.paths import BadPath, PictureKey, depth, picture_path, stored_path


@pytest.mark.parametrize(
    ("category", "folders"),
    [
        ("renminyoudianbao", 4),
        ("21shijijingjibaodao  nancailicaitong", 5),
        ("Career In touxingPEVC", 6),
        ("JT jt", 4),
        ("a/b c", 6),
        ("a/../b", 5),
        (" lead ", 4),
        ("a\u3000b", 4),
        ("", 3),
    ],
)
def test_how_deep_jekyll_puts_a_post(category: str, folders: int) -> None:
    """Each of these was built with Jekyll 4.3."""
    assert depth(category) == folders


@pytest.mark.parametrize(
    ("key", "ext", "path"),
    [
        (KEY, "png", PATH),
        (PictureKey("116.02338", "kline", "W"), "svg", "assets/kline/116.02338/2022-01-14-W.svg"),
        (PictureKey("106.NIO", "intraday", "M1"), "gif", "assets/kline/106.NIO/2022-01-14-intraday-M1.gif"),
    ],
)
def test_places(key: PictureKey, ext: str, path: str) -> None:
    assert picture_path(key, date(2022, 1, 14), ext) == path
    assert stored_path("../../../" + path) == path


@pytest.mark.parametrize(
    "secid",
    ["../1.600050", "1.%2f", "1./x", "1." + "6" * 300, "", "1.", "1.６", "1.a\n", "a.b", "1.600050/..", "1.a\0"],
)
def test_places_outside_are_refused(secid: str) -> None:
    with pytest.raises(BadPath, match="cannot name a folder"):
        picture_path(KEY._replace(secid=secid), date(2022, 1, 14), "png")
    assert stored_path(f"assets/kline/{secid}/2022-01-14.png") is None


def test_other_bad_places() -> None:
    with pytest.raises(BadPath):
        picture_path(KEY, date(2022, 1, 14), "png/x")
    for key in (KEY._replace(period="../x"), KEY._replace(kind="a/b")):
        with pytest.raises(BadPath):
            picture_path(key, date(2022, 1, 14), "png")
    assert stored_path("/assets/kline/1.600050/2022-01-14.png") is None
    assert stored_path("../../x/assets/kline/1.600050/2022-01-14.png") is None
