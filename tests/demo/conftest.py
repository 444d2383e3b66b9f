"""A world around the sample site, and a plain client that goes through its proxy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crawler.demo import Client, World, sample_site


@pytest.fixture
def world() -> Iterator[World]:
    with World(sample_site()) as running:
        yield running


@pytest.fixture
def client(world: World) -> Client:
    return Client(world)
