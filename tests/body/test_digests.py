"""Digests: harmless ones stay as they are."""

from crawler.body import clean_digest


def test_harmless_digests_stay() -> None:
    for text in ("据消息，5月24日。（上海证券报）", "a\nb", "【甲】[乙] 1<2 `c` #d", "a & b"):
        assert clean_digest(text) == text
