"""The round trip of posts by the ten thousand."""

import pytest
from full_or_small import size
from random_posts import check_round_trip, random_posts


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", range(4, 8))
def test_round_trip_of_many_random_posts(seed: int) -> None:
    for post in random_posts(seed, size(2_500, 25_000)):
        check_round_trip(post)
