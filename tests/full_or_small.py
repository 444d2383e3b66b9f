"""How big the tests are: small for every day, full under FINEWS_TORTURE=full (as `make torture` sets it, for all of them)."""

import os
from typing import TypeVar

T = TypeVar("T")

FULL = os.environ.get("FINEWS_TORTURE") == "full"


def size(everyday: T, full: T) -> T:
    """The one that is wanted."""
    return full if FULL else everyday
